"""One process decodes: bounded in memory and time, replaced when it fails, gone with its parent."""

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hostile_pictures as hostile
import pytest
from hostile import encoded, noise
from PIL import Image

from dispatch.errors import Refused
from dispatch.store.pictures import decoder as decoders
from dispatch.store.pictures.decoder import Decoder
from dispatch.store.pictures.headers import Header, read_header, refuse_costly

GOOD = encoded(hostile.plain(60), "JPEG")
SLOW = hostile.scans(3400, 90)  # the most that the header lets through: some two seconds


@pytest.fixture
def decoder():
    made = Decoder(memory_mib=224, most_megapixels=50)
    yield made
    made.stop()


@pytest.fixture
def hasty(decoder):
    """A decoder that waits for a third of what the slow picture takes here and now."""
    pid_of(decoder)
    begun = time.monotonic()
    decoder.decode(SLOW)
    taken = time.monotonic() - begun
    made = Decoder(memory_mib=224, most_megapixels=50, deadline_s=taken / 3)
    yield made
    made.stop()


def pid_of(decoder: Decoder) -> int:
    decoder.decode(GOOD)
    return decoder.pid


def refusal(decoder: Decoder, sent: bytes, sender: str = "") -> str:
    with pytest.raises(Refused) as refused:
        decoder.decode(sent, sender)
    return refused.value.code


def meanwhile(decoder: Decoder, sent: bytes, *signals: int) -> str:
    """What becomes of a picture whose decoder, stopped, gets these signals when it is asked."""
    pid = pid_of(decoder)
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(refusal, decoder, sent)
        time.sleep(0.2)
        for each in signals:
            os.kill(pid, each)
        return asked.result()


def test_a_picture_is_decoded_elsewhere(decoder):
    pid = pid_of(decoder)
    assert pid != os.getpid()
    assert pid_of(decoder) == pid, "and the next one in the same process"
    limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
    bound = int(re.search(r"Max address space +(\d+)", limits)[1]) / hostile.MIB
    assert 224 < bound < 400, "the kernel holds the bound"
    assert re.search(r"Max file size +0 ", limits), "it can write no file"


def test_it_knows_none_of_our_secrets(decoder, monkeypatch):
    monkeypatch.setenv("DISPATCH_SEAL_KEY", "secret-of-the-city")
    known = Path(f"/proc/{pid_of(decoder)}/environ").read_bytes()
    assert b"secret-of-the-city" not in known


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("WEBP", "RGB", {"lossless": True, "method": 0}),
        ("WEBP", "RGBA", {"lossless": True, "method": 0}),
        ("PNG", "RGB", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "L", {}),
        ("PNG", "P", {}),
        ("JPEG", "RGB", {}),
        ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
        ("JPEG", "RGB", {"progressive": True, "subsampling": 2}),
        ("HEIF", "RGB", {"enc_params": {"preset": "ultrafast"}}),
    ],
)
def test_what_the_header_lets_through_fits_into_the_memory(kind, mode, options):
    """At the bound that a refusal tells, and with the least memory that may be set."""
    decoder = Decoder(memory_mib=128, most_megapixels=50)
    cost = read_header(encoded(hostile.plain(64, mode), kind, **options)).bytes_a_pixel
    with pytest.raises(Refused) as refused:
        refuse_costly(Header(kind, 10**9, cost), most_megapixels=50, memory_mib=128)
    side = int((refused.value.params["max_megapixels"] * 1_000_000) ** 0.5) // 64 * 64
    redrawn = decoder.decode(encoded(hostile.plain(side, mode), kind, **options))
    decoder.stop()
    assert redrawn.width == min(side, 1600)


def test_memory_is_given_back(decoder):
    small = hostile.memory_mib(pid_of(decoder))
    large = encoded(hostile.plain(2990), "WEBP", lossless=True, method=0)
    for _ in range(3):
        decoder.decode(large)
    assert hostile.memory_mib(pid_of(decoder)) < small + 10


def test_what_takes_more_memory_than_its_header_says_is_refused(decoder):
    assert refusal(decoder, hostile.talkative(2000)) in {"photo_unreadable", "photo_too_complex"}
    decoder.decode(GOOD)


def test_a_picture_that_takes_too_long_is_refused_for_good(hasty, monkeypatch):
    monkeypatch.setattr(decoders, "_OWN_FAULT", 0.01)  # the tests share their processors
    assert refusal(hasty, SLOW) == "photo_too_complex"
    hasty.decode(GOOD)


def test_a_picture_that_found_no_processor_is_asked_for_again(hasty):
    assert meanwhile(hasty, GOOD) == "photos_busy"
    hasty.decode(GOOD)


def test_a_decoder_that_somebody_killed_asks_for_the_picture_again(decoder):
    assert meanwhile(decoder, GOOD, signal.SIGKILL) == "photos_busy"
    decoder.decode(GOOD)


def test_a_picture_that_brings_the_decoder_down_is_refused_for_good(decoder):
    assert meanwhile(decoder, GOOD, signal.SIGSEGV, signal.SIGCONT) == "photo_unreadable"
    decoder.decode(GOOD)


def test_one_that_died_while_nobody_asked_is_replaced_unseen(decoder):
    pid = pid_of(decoder)
    os.kill(pid, signal.SIGKILL)
    assert hostile.ends_within(5, pid)
    assert pid_of(decoder) != pid


def test_without_a_process_pictures_wait_on_the_phone(decoder, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert refusal(decoder, GOOD) == "photos_busy"
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refusal(decoder, GOOD) == "photos_busy"
    monkeypatch.undo()
    decoder.decode(GOOD)


def test_who_waits_too_long_for_a_turn_is_asked_to_come_again(decoder, monkeypatch):
    monkeypatch.setattr(decoders, "PATIENCE_S", 0.1)
    pid = pid_of(decoder)
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(decoder.decode, GOOD)
        time.sleep(0.1)
        assert pool.submit(refusal, decoder, GOOD, "other").result() == "photos_busy"
        assert not first.done(), "it waited for the one before it"
        os.kill(pid, signal.SIGCONT)
        first.result()


def test_who_sends_much_keeps_others_waiting_for_one_picture(decoder):
    os.kill(pid_of(decoder), signal.SIGSTOP)
    done: list[str] = []

    def send(sender: str) -> None:
        decoder.decode(GOOD, sender)
        done.append(sender)

    with ThreadPoolExecutor(9) as pool:
        for sender in ["much"] * 8 + ["one photo"]:
            pool.submit(send, sender)
            time.sleep(0.02)
        os.kill(decoder.pid, signal.SIGCONT)
    assert len(done) == 9
    assert done.index("one photo") < 4, "in the order of coming it would be the ninth"


def test_pictures_of_many_threads_take_turns(decoder):
    sent = [encoded(noise(40 + number)) for number in range(24)]
    with ThreadPoolExecutor(24) as pool:
        redrawn = pool.map(decoder.decode, sent, map(str, range(24)))
        widths = [each.width for each in redrawn]
    assert widths == [40 + number for number in range(24)]


def test_after_the_end_nothing_is_left_and_nothing_starts(decoder):
    pid = pid_of(decoder)
    decoder.stop()
    assert not hostile.is_running(pid)
    assert refusal(decoder, GOOD) == "photos_busy"
    assert {thread.name for thread in threading.enumerate()}.isdisjoint({"decoder_0"})


def test_the_end_does_not_wait_for_a_picture(decoder):
    os.kill(pid_of(decoder), signal.SIGSTOP)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(refusal, decoder, GOOD) for _ in range(2)]
        time.sleep(0.2)
        began = time.monotonic()
        decoder.stop()
        assert time.monotonic() - began < 3, "it had five seconds"
        assert [each.result() for each in asked] == ["photos_busy"] * 2


PARENT = """
import sys
from dispatch.store.pictures.decoder import Decoder
from dispatch.store.pictures.headers import Header, read_header, refuse_costly
decoder = Decoder(memory_mib=224, most_megapixels=50)
decoder.decode(sys.stdin.buffer.read())
print(decoder.pid, flush=True)
input_never_comes = __import__("threading").Event().wait()
"""


def test_it_ends_with_a_parent_that_was_killed_whatever_it_does():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    parent.stdin.write(GOOD)
    parent.stdin.close()
    pid = int(parent.stdout.readline())
    os.kill(pid, signal.SIGSTOP)  # it cannot notice anything by itself
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert hostile.ends_within(5, pid)


def test_heic_is_converted_upright_and_bare(decoder):
    seen = Image.new("RGB", (400, 600), "blue")
    seen.paste("red", (0, 300, 400, 600))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRET-PHONE"
    sent = hostile.heic(seen.transpose(Image.Transpose.ROTATE_90), exif=exif.tobytes())
    assert b"SECRET" in sent
    redrawn = decoder.decode(sent)
    assert b"SECRET" not in redrawn.body + redrawn.thumb
    photo = Image.open(io.BytesIO(redrawn.body))
    assert photo.format == "JPEG"
    assert photo.size == (400, 600)
    assert photo.getpixel((200, 50))[2] > 200, "the sky is above"
    assert photo.getpixel((200, 550))[0] > 200


def test_a_damaged_heic_is_refused(decoder):
    sent = hostile.heic(noise(200))
    assert refusal(decoder, sent[: len(sent) // 2]) == "photo_unreadable"


def test_where_heic_cannot_be_opened_it_is_refused_by_name(decoder, monkeypatch, tmp_path):
    (tmp_path / "pillow_heif.py").write_text("raise ImportError('not on this platform')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert refusal(decoder, hostile.heic(hostile.plain(64))) == "photo_heic"
    decoder.decode(GOOD)
