"""Photos of hostile hands and of slow phones cost no other photo anything."""

import os
import signal

import hostile_pictures as hostile
import photo_flood
import pytest
from hostile import encoded, noise

pytestmark = pytest.mark.long
HONEST = encoded(noise(700), "JPEG")


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    with photo_flood.city(tmp_path_factory.mktemp("flood") / "data") as made:
        yield made


def decoders(city) -> list[int]:
    """The processes below the worker."""
    (worker,) = hostile.below(city.server.process.pid)[:1]
    return hostile.below(worker)


def test_48_webp_of_49_megapixels_at_once_take_no_memory_to_speak_of(city):
    kinds = [hostile.says_it_is(7000, b"VP8L"), encoded(hostile.plain(7000), "WEBP", method=0)]
    photos = [copy for kind in kinds for copy in photo_flood.copies(kind, 24)]
    with city.measured() as memory:
        answers = city.send_at_once(photos)
    assert {answer.code for answer in answers} == {"photo_too_many_pixels"}
    assert memory.most - memory.before < 100
    assert memory.after - memory.before < 50


def test_pictures_as_dear_as_may_be_are_decoded_one_at_a_time(city):
    photos = photo_flood.copies(encoded(hostile.plain(2990), "WEBP", method=0), 8)
    with city.measured() as memory:
        answers = city.send_at_once(photos)
    assert {answer.status for answer in answers} <= {201, 503}
    assert 201 in {answer.status for answer in answers}
    assert memory.most - memory.before < 200 / 1.048576, "200 MB in MiB"
    assert memory.after - memory.before < 50, "and they are given back"


def test_scans_without_end_harm_no_other_photo(city):
    city.report()
    scans = photo_flood.copies(hostile.scans(16, 240_504), 31)
    with city.measured() as memory:
        answers = city.send_at_once([HONEST, *scans])
    assert memory.after - memory.before < 50, "nor do their bytes stay"
    assert answers[0].status == 201
    assert {answer.code for answer in answers[1:]} == {"photo_too_complex"}


def test_phones_that_dawdle_keep_no_other_photo_waiting(city):
    with city.dawdling(1, lines=40, length=15_000_000), city.dawdling(2, 20, 800_000):
        answers = [city.sends(0, HONEST + bytes([number])) for number in range(5)]
    assert {answer.status for answer in answers} == {201}
    assert max(answer.seconds for answer in answers) < 10


def test_a_killed_decoder_is_no_failure_of_the_server(city):
    (decoder,) = decoders(city)
    os.kill(decoder, signal.SIGKILL)
    assert city.sends(0, HONEST + b"after").status == 201
    (another,) = decoders(city)
    assert another != decoder


def test_a_stopped_decoder_asks_the_phone_to_come_again(city):
    (decoder,) = decoders(city)
    os.kill(decoder, signal.SIGSTOP)
    answer = city.sends(0, HONEST + b"stopped")
    assert (answer.status, answer.code) == (503, "photos_busy")
    assert int(answer.retry_after) > 0
    assert city.sends(0, HONEST + b"stopped").status == 201


@pytest.mark.parametrize("kill", [False, True])
def test_nothing_is_left_when_the_server_ends(tmp_path, kill):
    with photo_flood.city(tmp_path / "data") as city:
        (decoder,) = decoders(city)
        (worker,) = hostile.below(city.server.process.pid)[:1]
        if kill:
            os.kill(city.server.process.pid, signal.SIGKILL)
            os.kill(worker, signal.SIGKILL)
            city.server.process.wait(timeout=10)
        else:
            assert city.server.stop() == 0
            assert "Traceback" not in city.server.said()
        assert hostile.ends_within(10, decoder)
