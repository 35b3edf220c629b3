"""Which office hours can be: what their owner writes is refused where it contradicts itself."""

from datetime import date, timedelta

import pytest
from calendars import plan

from dispatch.domain.time.office_hours import ImpossibleCalendarError
from dispatch.domain.time.worktime import Calendar

NONE = {"holidays": frozenset(), "working_days": frozenset()}


def refusal(**changes: object):
    with pytest.raises(ImpossibleCalendarError) as refused:
        plan(**(NONE | changes))
    return refused.value.code, refused.value.seen


def test_the_last_day_of_all_is_the_last_whose_midnight_can_be_told():
    last = date(9998, 12, 31)
    calendar = Calendar(plan(first=last - timedelta(days=1), last=last, **NONE))
    assert calendar.plan.last == last
    assert refusal(first=last, last=date(9999, 1, 1)) == ("too_long", "9998-12-31 – 9999-01-01")


def test_the_first_day_of_all_is_that_of_the_epoch():
    first = date(1970, 1, 1)
    assert plan(first=first, last=first, **NONE).first == first
    before = first - timedelta(days=1)
    assert refusal(first=before, last=first) == ("too_long", "1969-12-31 – 1970-01-01")


def test_a_calendar_covers_fifty_years_and_not_a_day_more():
    first = date(2026, 1, 1)
    last = first + timedelta(days=50 * 366)
    assert plan(first=first, last=last, **NONE).last == last
    assert refusal(first=first, last=last + timedelta(days=1))[0] == "too_long"


def test_it_may_be_of_one_day_and_never_ends_before_it_begins():
    day = date(2026, 1, 1)
    assert plan(first=day, last=day, **NONE).last == day
    assert refusal(first=day, last=date(2025, 12, 31)) == ("ends_before", "2026-01-01 > 2025-12-31")


def test_no_day_is_both_off_and_worked():
    days = frozenset({date(2026, 5, 2), date(2026, 5, 1)})
    assert refusal(holidays=days, working_days=days) == ("off_and_on", "2026-05-01, 2026-05-02")


@pytest.mark.parametrize(
    ("segments", "told"),
    [
        (((0, 1440),), None),
        (((1439, 1440),), None),
        (((1439, 2879),), None),
        (((540, 720), (720, 1080)), None),
        (((540, 540),), ("no_hours", "09:00-09:00")),
        (((540, 539),), ("no_hours", "09:00-08:59")),
        (((1440, 1500),), ("no_hours", "24:00-25:00")),
        (((-1, 60),), ("no_hours", "-1:59-01:00")),
        (((60, 1501),), ("no_hours", "01:00-25:01")),
        (((540, 721), (720, 1080)), ("overlap", "12:00 < 12:01")),
    ],
)
@pytest.mark.parametrize("where", ["week", "makeup_hours"])
def test_hours_of_a_day_follow_each_other_within_it(segments, told, where):
    hours = {"week": {4: segments}} if where == "week" else {"makeup_hours": segments}
    if told is None:
        assert plan(**(NONE | hours))
    else:
        assert refusal(**hours) == told


def test_a_make_up_day_has_its_own_hours_or_those_of_a_monday():
    saturday, monday, friday = date(2026, 11, 28), date(2026, 11, 23), date(2026, 11, 27)
    usual = {"week": {0: ((540, 720),), 4: ((600, 660),)}, "working_days": frozenset({saturday})}
    made = plan(**(NONE | usual))
    assert made.segments(saturday) == made.segments(monday) == ((540, 720),)
    assert made.segments(friday) == ((600, 660),)
    assert made.segments(date(2026, 11, 29)) == ()
    own = plan(**(NONE | usual | {"makeup_hours": ((480, 500),)}))
    assert own.segments(saturday) == ((480, 500),)
    off = plan(**(NONE | usual | {"holidays": frozenset({monday})}))
    assert off.segments(monday) == ()
    assert plan(**(NONE | usual | {"week": {}})).segments(saturday) == ()
