"""The city's time and the wall's."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

from dispatch import clock

HALF_AN_HOUR = timedelta(minutes=30)
SHENZHEN = timezone(timedelta(hours=8))


def test_the_city_moves_and_the_wall_does_not():
    clock.use_offset(lambda: HALF_AN_HOUR)
    assert abs(clock.now() - clock.wall() - HALF_AN_HOUR) < timedelta(seconds=1)
    assert clock.offset() == HALF_AN_HOUR
    assert abs(clock.wall() - datetime.now(UTC)) < timedelta(seconds=1)


def test_replayed_time_stands_still_and_is_utc():
    clock.use_offset(lambda: HALF_AN_HOUR)
    nine = datetime(2026, 1, 5, 9, tzinfo=SHENZHEN)
    with clock.at(nine):
        assert clock.now() == nine
        assert clock.now().tzinfo is UTC
        with clock.at(nine + HALF_AN_HOUR):
            assert clock.now() == nine + HALF_AN_HOUR
        assert clock.now() == nine
    assert clock.now() > nine


def test_another_thread_keeps_its_own_time():
    seen = []
    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0].year > 2020
