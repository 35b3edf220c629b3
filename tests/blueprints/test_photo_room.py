"""Room for the bytes of photos: bounded in all and for each person, free again afterwards."""

import pytest
from hostile import at_once

from dispatch.blueprints.photo_room import PhotoRoom
from dispatch.errors import Refused


def is_full(room: PhotoRoom, person: str, announced: int) -> bool:
    try:
        with room.receiving(person, announced):
            return False
    except Refused as refused:
        return refused.code == "photos_busy" and int(str(refused.params["seconds"])) > 0


def test_bytes_that_have_not_come_take_no_room():
    room = PhotoRoom(100, 40)
    with room.receiving("slow", 40), room.receiving("slower", 40), room.receiving("slowest", 40):
        assert not is_full(room, "honest", 40)


def test_nobody_begins_what_finds_no_room():
    room = PhotoRoom(100, 60)
    with room.receiving("one", 60) as take, room.receiving("two", 30) as take_too:
        take(60)
        take_too(30)
        assert not is_full(room, "three", 10)
        assert is_full(room, "three", 11)
    assert not is_full(room, "three", 60)


def test_a_person_takes_a_share_and_no_more():
    room = PhotoRoom(100, 40)
    with room.receiving("one", 30) as take:
        take(30)
        assert is_full(room, "one", 11)
        assert not is_full(room, "two", 40)


def test_who_announced_nothing_is_stopped_when_the_room_is_full():
    room = PhotoRoom(100, 40)
    with room.receiving("quiet", 0) as take:
        take(40)
        with pytest.raises(Refused) as refused:
            take(1)
    assert refused.value.code == "photos_busy"
    assert not is_full(room, "quiet", 40), "what was taken is free again"


def test_a_photo_that_breaks_off_leaves_its_room():
    room = PhotoRoom(100, 100)

    def torn() -> None:
        with room.receiving("torn", 100) as take:
            take(100)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        torn()
    assert not is_full(room, "torn", 100)


def test_many_at_once_count_right():
    room = PhotoRoom(8 * 1000, 1000)

    def send(place: int) -> None:
        with room.receiving(str(place), 1000) as take:
            for _ in range(1000):
                take(1)

    at_once(send)
    assert not is_full(room, "after", 1000)
    assert is_full(room, "after", 1001)
