"""A reminder comes before what it reminds of, and in its hours; putting it off changes neither."""

from datetime import timedelta

import pytest
from calendars import FUTIAN, at, local

from dispatch.domain.time.escalation import RunningPromise, plan_rungs
from dispatch.domain.time.ladders import DUE, Before, LadderRung, Share
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, due
from dispatch.domain.time.reminders import UNBOUNDED_S, put_off_until, room_before_due

AT_80 = LadderRung(Share(80), "notice", working_hours_only=True)
# FUTIAN works Monday to Friday 09:00-12:00 and 14:00-18:00; 28 November 2026 is a Saturday.


def promised(start, limit, pauses=()):
    written = Limit.parse(limit)
    due_at = due(at(start), written, FUTIAN, pauses)
    return RunningPromise(at(start), due_at, written, FUTIAN, pauses)


def times(rung, start, limit, pauses=(), *, life_safety=False):
    rungs = plan_rungs([rung], promised(start, limit, pauses), life_safety=life_safety)
    return [(each.turn, each.due_at and local(each.due_at)) for each in rungs]


# What is promised when, and when its reminder at 80 % comes; None: not at all.
REMINDED = [
    ("2026-11-28T10:00", "24 hours", None),  # Saturday to Sunday: no office opens in between
    ("2026-11-28T10:00", "48 hours", "2026-11-30T09:00"),  # due an hour after the opening
    ("2026-11-27T16:00", "24 hours", "2026-11-27T17:36"),  # of the two hours of Friday
    ("2026-11-27T16:00", "65 hours", "2026-11-27T17:36"),  # due at the opening itself: too late
    ("2026-11-27T16:00", "66 hours", "2026-11-30T09:00"),  # an hour before the due time
    ("2026-11-23T22:00", "8 hours", None),
    ("2026-11-23T17:50", "8 hours", "2026-11-23T17:58"),
    ("2026-11-23T10:00", "8 hours", "2026-11-23T16:24"),
    ("2026-11-23T10:00", "3 hours", "2026-11-23T11:36"),  # 12:24 is lunch; due at 13:00
    ("2026-11-23T10:00", "5 hours", "2026-11-23T14:00"),
    ("2026-11-23T09:00", "8 work_hours", "2026-11-23T17:24"),
]


@pytest.mark.parametrize(("start", "limit", "comes"), REMINDED)
def test_a_reminder_of_office_hours_comes_before_the_due_time_or_not_at_all(start, limit, comes):
    assert times(AT_80, start, limit) == ([] if comes is None else [(0, comes)])


@pytest.mark.parametrize("start_hour", range(0, 24, 3))
@pytest.mark.parametrize("day", range(23, 30))
@pytest.mark.parametrize("hours", [1, 5, 12, 24, 48, 70])
def test_it_comes_so_at_every_hour_of_the_week(start_hour, day, hours):
    start = f"2026-11-{day}T{start_hour:02}:00"
    told = times(AT_80, start, f"{hours} hours")
    for _, comes in told:
        assert start <= comes < local(promised(start, f"{hours} hours").due)
        assert local(FUTIAN.next_opening(at(comes))) == comes


def test_life_waits_for_no_office():
    assert times(AT_80, "2026-11-28T10:00", "24 hours", life_safety=True) == [
        (0, "2026-11-29T05:12")
    ]


def test_what_comes_at_or_after_the_due_time_waits_for_the_office_as_before():
    urge = LadderRung(DUE, "urge", working_hours_only=True)
    assert times(urge, "2026-11-28T10:00", "24 hours") == [(0, "2026-11-30T09:00")]
    late = LadderRung(Share(150), "notice", working_hours_only=True)
    assert times(late, "2026-11-28T10:00", "24 hours") == [(0, "2026-11-30T09:00")]


def test_a_reminder_repeats_until_the_due_time_and_no_longer():
    every_hour = LadderRung(Share(50), "notice", repeat=9, every=Limit(1, "hours"))
    told = times(every_hour, "2026-11-23T10:00", "4 hours")
    assert told == [(0, "2026-11-23T12:00"), (1, "2026-11-23T13:00")]
    urge = LadderRung(Share(50), "urge", repeat=2, every=Limit(1, "hours"))
    assert len(times(urge, "2026-11-23T10:00", "2 hours")) == 3


def test_a_reminder_a_while_before_comes_before_it_as_well():
    before = LadderRung(Before(Limit(2, "hours")), "notice", working_hours_only=True)
    assert times(before, "2026-11-27T16:00", "24 hours") == [(0, "2026-11-27T17:50")]


def test_a_pause_is_no_office_hour_in_which_it_could_come():
    stood = [Pause(at("2026-11-27T16:00"), at("2026-11-27T17:00"))]
    told = times(AT_80, "2026-11-27T16:00", "24 hours", stood)
    assert told == [(0, "2026-11-27T17:48")]


@pytest.mark.parametrize(
    ("moment", "hours", "waits", "comes"),
    [
        ("2026-11-27T16:36", 4, True, "2026-11-30T09:00"),
        ("2026-11-27T16:36", 4, False, "2026-11-27T20:36"),
        ("2026-11-27T11:30", 1, True, "2026-11-27T14:00"),
        ("2026-11-27T09:30", 1, True, "2026-11-27T10:30"),
    ],
)
def test_a_reminder_is_put_off_within_its_hours(moment, hours, waits, comes):
    later = put_off_until(at(moment), timedelta(hours=hours), FUTIAN, waits=waits)
    assert local(later) == comes


@pytest.mark.parametrize(
    ("moment", "due_at", "waits", "minutes"),
    [
        ("2026-11-27T16:36", "2026-11-27T18:00", True, 83),  # and 59 seconds
        ("2026-11-27T16:36", "2026-11-27T18:00", False, 83),
        ("2026-11-27T16:36", "2026-11-30T09:00", True, 83),  # it would come with the due time
        ("2026-11-27T16:36", "2026-11-30T09:00", False, 3863),
        ("2026-11-27T16:36", "2026-11-30T10:00", True, 3923),
        ("2026-11-27T18:30", "2026-11-27T18:00", True, UNBOUNDED_S // 60),
    ],
)
def test_there_is_room_as_long_as_it_still_comes_before_the_due_time(
    moment, due_at, waits, minutes
):
    assert room_before_due(at(moment), at(due_at), FUTIAN, waits=waits) // 60 == minutes


def test_where_the_calendar_ends_a_reminder_stays_where_it_is():
    last = at("2026-12-31T17:00")
    assert room_before_due(last, at("2027-01-02T10:00"), FUTIAN, waits=True) == 0
    assert put_off_until(last, timedelta(hours=9), FUTIAN, waits=True) == last + timedelta(hours=9)
