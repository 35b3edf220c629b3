"""Which of several alerts around is the one that a new report is merged into."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.domain.duplicates import (
    Neighbour,
    box_around,
    metres,
    stands_for_no_place,
    stays_alone,
    twin_of,
)
from dispatch.domain.law.statuses import TAKES_IN

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def neighbour(name, *, minutes, metres, status="dispatched"):
    return Neighbour(name, f"no-{name}", status, NINE + timedelta(minutes=minutes), metres)


def test_the_first_reported_is_the_master_not_the_nearest():
    near = neighbour("near", minutes=5, metres=1)
    first = neighbour("first", minutes=0, metres=49)
    last = neighbour("last", minutes=9, metres=20)
    for around in ((near, first, last), (first, last, near), (last, near, first)):
        assert twin_of(around, TAKES_IN) == first


def test_of_one_instant_it_is_always_the_same_one():
    a, b = (neighbour(name, minutes=0, metres=metres) for name, metres in (("a", 9), ("b", 1)))
    assert twin_of((a, b), TAKES_IN) == twin_of((b, a), TAKES_IN) == a


@pytest.mark.parametrize(
    "status", ["submitted", "suspended", "verifying", "resolved", "closed", "merged"]
)
def test_what_is_done_or_put_off_is_nobodys_master(status):
    assert status not in TAKES_IN
    done = neighbour("done", minutes=0, metres=1, status=status)
    open_one = neighbour("open", minutes=5, metres=40)
    assert twin_of((done, open_one), TAKES_IN) == open_one
    assert twin_of((done,), TAKES_IN) is None


@pytest.mark.parametrize(
    ("here", "there", "far"),
    [  # on a sphere of 6,371,008.8 m
        ((114.0, 22.5), (114.0, 22.5), 0.0),
        ((114.0, 22.5), (114.0, 23.5), 111_195.08),
        ((114.0, 22.5), (115.0, 22.5), 102_730.67),
        ((114.0, 0.0), (-66.0, 0.0), 20_015_114.4),  # the other side of the globe
        ((-71.06, 42.36), (4.9, 52.37), 5_557_408.4),  # Boston and Amsterdam
    ],
)
def test_metres_are_those_of_a_great_circle_there_and_back(here, there, far):
    assert metres(here, there) == pytest.approx(far, rel=1e-6)
    assert metres(there, here) == pytest.approx(far, rel=1e-6)


def test_a_box_around_a_point_holds_everything_within_and_little_more():
    west, south, east, north = box_around((114.0, 22.5), 1000)
    assert (west + east, south + north) == pytest.approx((228.0, 45.0))
    assert metres((114.0, 22.5), (114.0, north)) == pytest.approx(1010, rel=1e-3)
    assert metres((114.0, 22.5), (east, 22.5)) == pytest.approx(1010, rel=1e-3)


def test_a_box_at_the_pole_is_no_wider_than_a_hundred_times_its_height():
    west, south, east, north = box_around((0.0, 90.0), 1000)
    assert east - west == pytest.approx(100 * (north - south))


@pytest.mark.parametrize(
    ("household", "about_unit", "alone"),
    [(False, None, False), (True, None, True), (False, "WATER", True), (True, "WATER", True)],
)
def test_what_is_about_a_home_or_a_unit_stays_alone(household, about_unit, alone):
    assert stays_alone(household=household, about_unit=about_unit) is alone


def test_twenty_metres_around_the_town_hall_people_do_not_know_the_place():
    hall, other = (114.0, 22.5), (113.0, 22.5)
    for away, stands in ((0, True), (19.9, True), (20.1, False)):
        here = (114.0, 22.5 + away / 111_195.08)
        assert stands_for_no_place(here, [other, hall]) is stands
    assert not stands_for_no_place(hall, [])
