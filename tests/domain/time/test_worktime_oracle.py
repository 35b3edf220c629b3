"""The fast calendar against a slow one, that walks through the city minute by minute."""

from datetime import timedelta

import pytest
from calendars import work_seconds_between
from hypothesis import given
from hypothesis import strategies as st
from slow_clock import CLOCKS, MINUTE, limits, starts, stretches

from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import due, due_by_budget, used
from dispatch.domain.time.worktime import CalendarEnds

NOTHING = timedelta()
SECOND = timedelta(seconds=1)


@given(a=starts, b=starts)
def test_both_count_the_same_office_time(a, b):
    a, b = sorted((a, b))
    for city, (slow, fast) in CLOCKS.items():
        worked = work_seconds_between(fast, slow.instant(a), slow.instant(b))
        assert (city, worked) == (city, 60 * slow.worked(a, b))


@given(start=starts, limit=limits, pauses=stretches)
def test_both_find_the_same_due_time(start, limit, pauses):
    for city, (slow, fast) in CLOCKS.items():
        stops = [Pause(slow.instant(begin), slow.instant(end)) for begin, end in pauses]
        try:
            expected = slow.instant(slow.due(start, limit, pauses))
        except (IndexError, StopIteration):  # the slow clock stopped at the end of its calendar
            with pytest.raises(CalendarEnds):
                due(slow.instant(start), limit, fast, stops)
        else:
            assert (city, due(slow.instant(start), limit, fast, stops)) == (city, expected)


@given(start=starts, hold=st.integers(0, 3000), length=st.integers(0, 3000))
def test_what_remained_before_a_pause_remains_after_it(start, hold, length):
    for city, (slow, fast) in CLOCKS.items():
        begin, stop = slow.instant(start), slow.instant(start + hold)
        pause = Pause(stop, stop + length * MINUTE)
        for unit in ("work_hours", "hours"):
            before = used(begin, stop, unit, fast)
            assert (city, used(begin, pause.end, unit, fast, [pause])) == (city, before)


@given(start=starts, seconds=st.integers(1, 40_000), pauses=stretches)
def test_a_budget_is_used_up_at_its_due_time_and_not_a_second_earlier(start, seconds, pauses):
    for city, (slow, fast) in CLOCKS.items():
        begin = slow.instant(start)
        stops = [Pause(slow.instant(a), slow.instant(b)) for a, b in pauses]
        for unit in ("work_days", "minutes"):
            try:
                at = due_by_budget(begin, seconds, unit, fast, stops)
            except CalendarEnds:
                continue
            spent = [used(begin, at - early, unit, fast, stops) for early in (NOTHING, SECOND)]
            assert (city, spent) == (city, [seconds, seconds - 1])


@given(start=starts, limit=limits)
def test_a_promise_made_later_is_never_due_earlier(start, limit):
    for city, (slow, fast) in CLOCKS.items():
        begin = slow.instant(start)
        try:
            later = due(begin + MINUTE, limit, fast)
        except CalendarEnds:
            continue
        assert due(begin, limit, fast) <= later, city
