"""The city's time and the wall's."""

import time
from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from dispatch import clock

HALF_AN_HOUR = timedelta(minutes=30)
SHENZHEN = timezone(timedelta(hours=8))
NINE = datetime(2026, 1, 5, 9, tzinfo=SHENZHEN)


@pytest.mark.usefixtures("running_clock")
def test_the_city_moves_and_the_wall_does_not():
    clock.use_offset(lambda: HALF_AN_HOUR)
    assert abs(clock.now() - clock.wall() - HALF_AN_HOUR) < timedelta(seconds=1)
    assert clock.offset() == HALF_AN_HOUR
    assert abs(clock.wall() - datetime.now(UTC)) < timedelta(seconds=1)


def test_a_city_that_stands_still_moves_by_its_offset_alone():
    clock.stand_still(NINE)
    before, wall = clock.now(), clock.wall()
    time.sleep(0.01)
    assert clock.now() == before == NINE
    assert clock.now().tzinfo is UTC
    assert clock.now(of=NINE + HALF_AN_HOUR) == NINE  # another machine's time moves it no more
    assert clock.wall() > wall
    clock.use_offset(lambda: HALF_AN_HOUR)
    assert clock.now() == NINE + HALF_AN_HOUR
    clock.run_on()
    assert abs(clock.now() - clock.wall() - HALF_AN_HOUR) < timedelta(seconds=1)


def test_replayed_time_stands_still_and_is_utc():
    clock.use_offset(lambda: HALF_AN_HOUR)
    with clock.at(NINE):
        assert clock.now() == NINE
        assert clock.now().tzinfo is UTC
        with clock.at(NINE + HALF_AN_HOUR):
            assert clock.now() == NINE + HALF_AN_HOUR
        assert clock.now() == NINE
    assert clock.now() > NINE


def test_another_thread_keeps_its_own_time():
    seen = []
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0].year > 2020
