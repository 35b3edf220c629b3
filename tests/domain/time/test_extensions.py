"""An extended promise is due as one that had been so long from its start."""

from datetime import date

import pytest
from calendars import FUTIAN, at, local
from hypothesis import given
from hypothesis import strategies as st
from slow_clock import CLOCKS, limits, starts, stretches

from dispatch.domain.law.request_limits import asked_in_time, latest_end
from dispatch.domain.time.extensions import due_extended, extended
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, due, used
from dispatch.domain.time.worktime import CalendarEnds

FIVE_DAYS = Limit(5, "work_days")


def promised(start, by, *pauses: tuple[str, str], seconds=None, limit=FIVE_DAYS):
    stretches_ = [Pause(at(begin), at(end)) for begin, end in pauses]
    return local(due_extended(at(start), limit, FUTIAN, stretches_, seconds=seconds, by=by))


def test_work_days_are_added_as_work_days_over_a_holiday():
    assert promised("2026-09-28T10:00", 0, limit=Limit(2, "work_days")) == "2026-09-30T18:00"
    assert promised("2026-09-28T10:00", 1, limit=Limit(2, "work_days")) == "2026-10-08T18:00"


def test_a_pause_between_the_old_due_time_and_the_new_one_counts():
    weekdays = ("2026-12-01T09:00", "2026-12-01T18:00")
    assert promised("2026-11-23T10:00", 0, weekdays) == "2026-11-30T18:00"
    assert promised("2026-11-23T10:00", 2, weekdays) == "2026-12-03T18:00"


def test_what_goes_on_with_a_remainder_grows_by_the_days_that_follow_its_limit():
    start, rest = "2026-11-23T10:00", 7 * 3600
    before = promised(start, 0, seconds=rest)
    assert (before, promised(start, 1, seconds=rest)) == ("2026-11-24T10:00", "2026-11-25T10:00")


def test_nine_tenths_used_is_too_late():
    assert asked_in_time(899, 1000)
    assert not asked_in_time(900, 1000)
    assert not asked_in_time(5, 0)


@pytest.mark.parametrize(
    ("today", "last"), [((2026, 11, 23), (2027, 11, 23)), ((2028, 2, 29), (2029, 3, 1))]
)
def test_a_suspension_ends_within_a_year(today, last):
    assert latest_end(date(*today)) == date(*last)


@given(start=starts, limit=limits, by=st.integers(1, 3), pauses=stretches)
def test_the_slow_clock_finds_the_same_extended_due_time(start, limit, by, pauses):
    for city, (slow, fast) in CLOCKS.items():
        stops = [Pause(slow.instant(begin), slow.instant(end)) for begin, end in pauses]
        try:
            expected = slow.instant(slow.due(start, extended(limit, by), pauses))
        except (IndexError, StopIteration):  # the slow clock stopped at the end of its calendar
            with pytest.raises(CalendarEnds):
                due_extended(slow.instant(start), limit, fast, stops, by=by)
        else:
            found = due_extended(slow.instant(start), limit, fast, stops, by=by)
            assert (city, found) == (city, expected)


@given(start=starts, limit=limits, by=st.integers(1, 3), seconds=st.integers(60, 40_000))
def test_a_remainder_grows_by_the_own_time_between_the_two_due_times(start, limit, by, seconds):
    for city, (slow, fast) in CLOCKS.items():
        begin = slow.instant(start)
        try:
            at_last = due_extended(begin, limit, fast, seconds=seconds, by=by)
            short, long = slow.due(start, limit, []), slow.due(start, extended(limit, by), [])
        except (CalendarEnds, IndexError, StopIteration):
            continue
        works = limit.unit.startswith("work")
        added = 60 * (slow.worked(short, long) if works else long - short)
        assert (city, used(begin, at_last, limit.unit, fast)) == (city, seconds + added)


@given(start=starts, limit=limits, by=st.integers(1, 3), pauses=stretches)
def test_an_extension_never_brings_the_due_time_forward(start, limit, by, pauses):
    for city, (slow, fast) in CLOCKS.items():
        begin = slow.instant(start)
        stops = [Pause(slow.instant(a), slow.instant(b)) for a, b in pauses]
        try:
            longer = due_extended(begin, limit, fast, stops, by=by)
        except CalendarEnds:
            continue
        assert due(begin, limit, fast, stops) <= longer, city
