"""How a promise fills: by its own time, so that a face needs no calendar to draw it."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from calendars import FUTIAN, at
from hypothesis import given
from hypothesis import strategies as some

from dispatch.domain.time.courses import MOST_CORNERS, course, late_course, used_and_given
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, budget, due, due_by_budget, seconds_overdue, used
from dispatch.domain.time.worktime import CalendarEnds

HOUR = 3600


def drawn(start, limit, *pauses: tuple[str, str]):
    """The course of a promise made at a local moment."""
    stood = [Pause(at(begin), at(end)) for begin, end in pauses]
    limit = Limit.parse(limit)
    until = due(at(start), limit, FUTIAN, stood)
    return course(at(start), until, limit.unit, FUTIAN, stood)


def filled(drawing, seconds):
    """What a face draws between two corners: seconds of own time used after so many seconds."""
    corners = [(0, 0), *drawing.corners]
    for (left, low), (right, high) in pairwise(corners):
        if seconds <= right:
            return low + (high - low) * (seconds - left) / max(right - left, 1)
    return corners[-1][1]


def test_an_urgent_promise_fills_evenly_and_needs_no_corners():
    assert drawn("2026-11-20T17:00", "8 hours") is None


def test_a_promise_within_one_morning_fills_evenly_too():
    assert drawn("2026-11-23T09:00", "2 work_hours") is None


def test_eight_work_hours_from_friday_five_o_clock_stand_over_the_weekend():
    found = drawn("2026-11-20T17:00", "8 work_hours")
    monday_nine, noon = 64 * HOUR, 67 * HOUR
    assert found.given == 8 * HOUR
    assert found.corners == (
        (HOUR, HOUR),
        (monday_nine, HOUR),
        (noon, 4 * HOUR),
        (noon + 2 * HOUR, 4 * HOUR),
        (noon + 6 * HOUR, 8 * HOUR),
    )


def test_a_clock_that_stood_does_not_fill_meanwhile():
    found = drawn("2026-11-23T09:00", "4 hours", ("2026-11-23T10:00", "2026-11-23T15:00"))
    assert found.corners == ((HOUR, HOUR), (6 * HOUR, HOUR), (9 * HOUR, 4 * HOUR))


def test_a_long_promise_keeps_its_longest_stands_and_the_seconds_at_which_a_light_turns():
    start, limit = at("2026-11-02T10:00"), Limit.parse("20 work_days")
    found = drawn("2026-11-02T10:00", "20 work_days")
    assert len(found.corners) <= MOST_CORNERS
    assert found.corners[-1][1] == found.given == budget(start, limit, FUTIAN)
    for share in (50, 80):
        turns = due_by_budget(start, found.given * share // 100, limit.unit, FUTIAN)
        seconds = int((turns - start).total_seconds())
        assert filled(found, seconds) == found.given * share // 100
    stands = [two[0] - one[0] for one, two in pairwise(found.corners) if one[1] == two[1]]
    assert stands.count(63 * HOUR) >= 3, "weekends stand, they do not creep"


def test_of_twenty_days_four_weekends_and_the_first_two_nights_are_kept():
    """Hours since Monday 10:00, and office hours by then; the lights turn after 73 and 116.8."""
    found = drawn("2026-11-02T10:00", "20 work_days")
    assert found.given == 146 * HOUR
    assert [(at / HOUR, by / HOUR) for at, by in found.corners] == [
        *((8, 6), (23, 6), (32, 13), (47, 13), (104, 34), (167, 34), (272, 69), (335, 69)),
        *((341, 73), (440, 104), (503, 104), (534.8, 116.8), (608, 139), (671, 139), (680, 146)),
    ]


@given(
    start=some.datetimes(
        min_value=at("2026-03-01T00:00").replace(tzinfo=None),
        max_value=at("2026-08-01T00:00").replace(tzinfo=None),
    ),
    limit=some.sampled_from(["3 hours", "2 days", "5 work_hours", "17 work_hours", "2 work_days"]),
    paused=some.tuples(some.integers(0, 40), some.integers(1, 60)),
    moment=some.integers(0, 200 * HOUR),
)
def test_between_its_corners_it_fills_as_the_calendar_counts(start, limit, paused, moment):
    start = start.replace(microsecond=0, tzinfo=at("2026-03-01T00:00").tzinfo)
    limit = Limit.parse(limit)
    begin = start + timedelta(hours=paused[0])
    stood = [Pause(begin, begin + timedelta(hours=paused[1]))]
    until = due(start, limit, FUTIAN, stood)
    found = course(start, until, limit.unit, FUTIAN, stood)
    if found is None or len(found.corners) > 12:
        return
    now = min(start + timedelta(seconds=moment), until)
    asked = int((now - start).total_seconds())
    truth = used(start, now, limit.unit, FUTIAN, stood)
    assert abs(filled(found, asked) - truth) <= 1
    assert len(found.corners) <= MOST_CORNERS


@pytest.mark.parametrize("limit", ["1 work_days", "5 work_days"])
def test_the_last_corner_is_the_whole_promise(limit):
    found = drawn("2026-11-20T17:00", limit)
    assert found.corners[-1][1] == found.given


def late(start, limit, now, *pauses: tuple[str, str]):
    """The course of a promise that is overdue at a local moment."""
    stood = [Pause(at(begin), at(end)) for begin, end in pauses]
    limit = Limit.parse(limit)
    until = due(at(start), limit, FUTIAN, stood)
    return until, late_course(at(start), until, limit.unit, FUTIAN, at(now), stood)


def late_by(start, found, now):
    """What a face reads: seconds of own time beyond the due time."""
    return filled(found, int((at(now) - at(start)).total_seconds())) - found.given


def test_what_is_late_in_work_hours_grows_by_work_hours_and_stands_over_the_weekend():
    start = "2026-11-20T09:00"
    _, found = late(start, "6 work_hours", "2026-11-20T17:30")  # due on Friday at 17:00
    assert found.given == 6 * HOUR
    assert late_by(start, found, "2026-11-20T17:30") == HOUR / 2
    for moment in ("2026-11-20T18:00", "2026-11-21T12:00", "2026-11-23T09:00"):
        assert late_by(start, found, moment) == HOUR
    assert late_by(start, found, "2026-11-23T12:00") == 4 * HOUR
    assert late_by(start, found, "2026-11-23T13:59") == 4 * HOUR
    assert late_by(start, found, "2026-12-03T18:00") == (1 + 9 * 7) * HOUR  # a fortnight of it


def test_also_where_it_filled_evenly_until_its_due_time():
    assert drawn("2026-11-20T17:00", "1 work_hours") is None
    _, found = late("2026-11-20T17:00", "1 work_hours", "2026-11-22T10:00")
    assert late_by("2026-11-20T17:00", found, "2026-11-22T10:00") == 0
    assert late_by("2026-11-20T17:00", found, "2026-11-23T10:00") == HOUR


def test_the_course_of_what_is_late_is_the_same_for_a_week_whoever_asks():
    _, one = late("2026-11-20T09:00", "6 work_hours", "2026-12-04T17:01")
    _, two = late("2026-11-20T09:00", "6 work_hours", "2026-12-11T16:59")
    assert one == two
    assert late_by("2026-11-20T09:00", one, "2026-12-11T17:00") == (1 + 14 * 7 + 6) * HOUR


def test_what_counts_every_hour_is_late_by_every_hour_and_needs_no_corners():
    assert late("2026-11-20T17:00", "8 hours", "2026-11-25T10:00")[1] is None


def test_what_counts_every_hour_and_stood_is_late_by_every_hour_since():
    stood = ("2026-11-23T10:00", "2026-11-23T15:00")
    until, found = late("2026-11-23T09:00", "4 hours", "2026-11-24T10:00", stood)
    assert until == at("2026-11-23T18:00")
    assert late_by("2026-11-23T09:00", found, "2026-11-24T10:00") == 16 * HOUR
    assert late_by("2026-11-23T09:00", found, "2027-01-23T18:00") == 61 * 24 * HOUR


@pytest.mark.parametrize(
    ("limit", "due_at", "gives"),
    [
        ("4 hours", "2026-11-23T08:59", 0),
        ("4 hours", "2026-11-23T09:00", 0),
        ("4 hours", "2026-11-23T10:00", HOUR),
        ("4 work_hours", "2026-11-20T17:00", 0),
        ("4 work_hours", "2026-11-23T11:00", 2 * HOUR),
        ("4 work_hours", "2026-11-25T11:00", 4 * HOUR),
    ],
)
def test_a_due_time_before_the_start_gives_nothing_and_not_less(limit, due_at, gives):
    """It was taken over from another alert that was late already; its own limit is the most."""
    start = at("2026-11-23T09:00")
    owed = SimpleNamespace(
        started_at=start, limit=limit, budget_s=None, extended=0, due_at=at(due_at)
    )
    assert used_and_given(owed, FUTIAN, start) == (0, gives)


def test_where_the_calendar_ends_the_course_ends_and_where_it_ended_there_is_none():
    _, found = late("2026-12-24T09:00", "6 work_hours", "2026-12-28T10:00")
    assert late_by("2026-12-24T09:00", found, "2026-12-28T10:00") > 0
    with pytest.raises(CalendarEnds):
        late("2026-12-24T09:00", "6 work_hours", "2027-02-01T10:00")


@given(
    start=some.datetimes(
        min_value=at("2026-03-01T00:00").replace(tzinfo=None),
        max_value=at("2026-08-01T00:00").replace(tzinfo=None),
    ),
    limit=some.sampled_from(["2 days", "5 work_hours", "17 work_hours", "2 work_days"]),
    asked=some.integers(1, 40 * 24 * HOUR),
    seen=some.integers(0, 7 * 24 * HOUR),
)
def test_a_face_reads_the_lateness_that_the_calendar_counts(start, limit, asked, seen):
    start = start.replace(microsecond=0, tzinfo=at("2026-03-01T00:00").tzinfo)
    limit = Limit.parse(limit)
    stood = [Pause(start + timedelta(hours=1), start + timedelta(hours=30))]
    until = due(start, limit, FUTIAN, stood)
    found = late_course(start, until, limit.unit, FUTIAN, until + timedelta(seconds=asked), stood)
    now = until + timedelta(seconds=asked + seen)
    truth = seconds_overdue(until, now, limit.unit, FUTIAN)
    seconds = int((now - start).total_seconds())
    assert abs(filled(found, seconds) - found.given - truth) <= 1
    assert len(found.corners) <= 64
