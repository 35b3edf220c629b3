"""4 kB/s over 30 seconds: who is slow may take as long as it takes, who stands still may not."""

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.pace import Pace


def lasts(rate, size=2_000_000, silent_from=None):
    """Seconds until a body of this size is there, or the second at which it is given up."""
    pace, done = Pace(ConnectionBounds(), began=0), 0
    for second in range(1, 3600):
        done += rate if silent_from is None or second < silent_from else 0
        if done >= size:
            return second, "arrived"
        if not pace.keeps_up(second, done):
            return second, "given up"
    return None


def test_a_photo_of_two_megabytes_comes_through_at_fifteen_kilobytes_a_second():
    assert lasts(15_000) == (134, "arrived")


def test_four_kilobytes_a_second_are_enough_and_a_little_less_is_not():
    assert lasts(4_000) == (500, "arrived")
    assert lasts(3_999) == (30, "given up")


def test_who_falls_silent_is_given_up_within_a_minute():
    assert lasts(15_000, silent_from=59) == (90, "given up")
    assert lasts(15_000, silent_from=34) == (60, "given up")


def test_a_tunnel_of_twenty_seconds_ends_nothing():
    pace = Pace(ConnectionBounds(), began=0)
    assert pace.keeps_up(10, 150_000)
    assert pace.keeps_up(30, 150_000)


def test_the_rate_is_of_this_stretch_and_the_one_before():
    pace = Pace(ConnectionBounds(), began=0)
    assert pace.rate(10, 150_000) == 15_000
    pace.keeps_up(30, 450_000)
    pace.keeps_up(60, 600_000)
    assert pace.rate(75, 600_000) == 150_000 / 45


def test_who_has_just_begun_is_neither_slow_nor_fast():
    """Else attackers who begin again and again would push out who is really sending."""
    assert Pace(ConnectionBounds(), began=0).rate(1, 10) == 4_000
