"""Where a request ends: found however its bytes arrive, or left to the parser."""

from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http import get_parser
from hypothesis import given
from hypothesis import strategies as st

from dispatch.connections.framing import ArrivingRequest

HEAD = b"POST /api/v1/session HTTP/1.1\r\nHost: shaodao.example\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\nHost: shaodao.example\r\n\r\n"


def fed(*pieces: bytes, max_head=16_384, max_body=100_000):
    """The framing after these pieces, what the parser gets, and what is left for the next one."""
    request, kept, after = ArrivingRequest(max_head, max_body), b"", b""
    for piece in pieces:
        more, after = request.feed(piece)
        kept += more
    return request, kept, after


def chunked(parts, trailer=b""):
    chunks = b"".join(b"%x;name=value\r\n%b\r\n" % (len(part), part) for part in parts)
    return HEAD + b"Transfer-Encoding: Chunked\r\n\r\n" + chunks + b"0\r\n" + trailer + b"\r\n"


def long(body):
    return HEAD + b"content-length: %d \r\n\r\n" % len(body) + body


bodies = st.binary(max_size=300)
requests = bodies.map(long) | st.builds(
    chunked,
    st.lists(st.binary(min_size=1, max_size=60), max_size=5),
    st.sampled_from([b"", b"Digest: x\r\n", b"A: 1\r\nB: 2\r\n"]),
)


@given(requests, st.data())
def test_a_request_ends_at_the_same_byte_however_it_arrives(request, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(request)), max_size=6)))
    pieces = [request[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    framing, kept, after = fed(*pieces[:-1], pieces[-1] + NEXT)
    assert (kept, after) == (request, NEXT)
    assert framing.is_whole
    assert not framing.is_torn


@given(requests, st.integers(1, 400))
def test_what_is_cut_off_is_never_whole(request, missing):
    assert not fed(request[: -min(missing, len(request))])[0].is_whole


@given(st.lists(st.binary(min_size=1, max_size=60), max_size=5))
def test_the_parser_reads_from_it_what_was_sent(parts):
    for request in (chunked(parts), long(b"".join(parts))):
        pieces = iter([fed(request)[1]])
        source = SimpleNamespace(recv=lambda _size, pieces=pieces: next(pieces, b""))
        parsed = next(get_parser(Config(), source, ("127.0.0.1", 1)))
        assert parsed.body.read() == b"".join(parts)


@pytest.mark.parametrize(
    "fields",
    [
        b"Content-Length: 3\r\nContent-Length: 3\r\n",
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: -3\r\n",
        b"Content-Length: +3\r\n",
        b"Content-Length: 0x3\r\n",
        b"Content-Length: 3, 3\r\n",
        b"Content-Length:\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: identity\r\n",
    ],
)
def test_who_contradicts_himself_is_left_to_the_parser_and_cut_off(fields):
    framing, kept, _ = fed(HEAD + fields + b"\r\n" + b"abc")
    assert framing.is_torn
    assert framing.is_whole
    assert kept.startswith(HEAD)


@pytest.mark.parametrize(
    "chunks",
    [
        *(b"g\r\n", b"-1\r\n", b"0x2\r\n", b"\r\n", b"2\nab\r\n", b"2 \n"),
        *(b"f" * 16 + b"\r\n", b"1" * 9000, b"0\r\nTrailer\n"),
    ],
)
def test_bad_chunks_are_left_to_the_parser_and_cut_off(chunks):
    assert fed(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)[0].is_torn


def test_a_head_may_be_as_long_as_the_limit_and_no_longer():
    head = HEAD + b"Cookie: "
    fits = head + b"x" * (1000 - len(head) - 4) + b"\r\n\r\n"
    assert not fed(fits, max_head=1000)[0].is_torn
    assert fed(fits[:-4] + b"x\r\n\r\n", max_head=1000)[0].is_torn
    framing, kept, _ = fed(head, b"x" * 1000, max_head=1000)
    assert framing.is_torn
    assert len(kept) == len(head) + 1000


def test_of_a_body_that_is_too_long_the_application_gets_enough_to_refuse_it():
    framing, kept, _ = fed(HEAD + b"Content-Length: 5000\r\n\r\n", b"x" * 1000, b"x", max_body=1000)
    assert framing.is_torn
    assert kept.endswith(b"x" * 1001)
    assert not fed(HEAD + b"Content-Length: 5000\r\n\r\n", b"x" * 1000, max_body=1000)[0].is_whole


def test_who_asks_for_leave_to_send_is_answered_here_and_once():
    head = HEAD + b"Content-Length: 2\r\nExpect: 100-Continue\r\nX-Last: 1\r\n\r\n"
    waiting, kept, _ = fed(head)
    assert waiting.wants_continue
    assert b"xpect" not in kept
    assert kept.endswith(b"Content-Length: 2\r\nX-Last: 1\r\n\r\n")
    at_once, kept, _ = fed(head + b"ab")
    assert not at_once.wants_continue
    assert b"Expect: 100-Continue" in kept


def test_line_ends_before_a_request_are_no_request():
    framing, kept, _ = fed(b"\r\n\r\n")
    assert not framing.has_begun
    assert fed(b"\r\n", b"\r\n" + NEXT)[1] == NEXT
    assert kept == b""


def test_an_upgrade_is_seen():
    assert fed(HEAD + b"Upgrade: websocket\r\n\r\n")[0].upgrades
    assert not fed(NEXT)[0].upgrades
