"""The calendars of the playbooks, day by day beside what other people compiled from the notices."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

import dispatch.rules
from dispatch.rules.book import loading

HOUSE = Path(__file__).parents[2]
FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
BOSTON = HOUSE / "examples" / "boston311"


def plan_of(folder, name):
    return loading.load_folder(folder).calendars[name].plan


def days(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@pytest.fixture(scope="module")
def shenzhen():
    return plan_of(FUTIAN, "shenzhen")


@pytest.fixture(scope="module")
def boston():
    return plan_of(BOSTON, "boston")


def test_shenzhen_works_on_exactly_the_days_that_chinesecalendar_calls_working_days(shenzhen):
    covered = days(shenzhen.first, shenzhen.last)
    assert (covered[0], covered[-1], len(covered)) == (date(2025, 1, 1), date(2026, 12, 31), 730)
    worked = [day for day in covered if shenzhen.segments(day)]
    assert worked == [day for day in covered if chinese_calendar.is_workday(day)]


def test_every_make_up_day_is_one_and_none_is_forgotten(shenzhen):
    """A working weekend is what other libraries get wrong (workalendar calls them holidays)."""
    covered = days(shenzhen.first, shenzhen.last)
    made_up = {day for day in covered if day.weekday() > 4 and chinese_calendar.is_workday(day)}
    assert shenzhen.working_days == made_up
    assert len(made_up) == 11


def test_every_holiday_has_a_name_in_both_libraries(shenzhen):
    named = {day for day in shenzhen.holidays if chinese_calendar.get_holiday_detail(day)[1]}
    assert named == shenzhen.holidays
    china = holidays.country_holidays("CN", years=[2025, 2026])
    assert shenzhen.holidays - set(china) <= {
        day for day in shenzhen.holidays if day.weekday() > 4
    }, "a working day that only we take off"


def test_whatever_holidays_names_for_china_nobody_works_on(shenzhen):
    china = holidays.country_holidays("CN", years=[2025, 2026])
    assert [day for day in china if shenzhen.segments(day)] == []


def test_neither_library_knows_the_year_that_nobody_has_ordered_yet(shenzhen):
    """So the calendar ends where the notices end; `holidays` would invent 2027."""
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(shenzhen.last + timedelta(days=1))


def test_boston_closes_on_the_holidays_of_massachusetts_and_on_no_other_weekday(boston):
    covered = days(boston.first, boston.last)
    massachusetts = holidays.country_holidays("US", subdiv="MA", years=range(2015, 2019))
    closed = [day for day in covered if day.weekday() < 5 and not boston.segments(day)]
    assert closed == sorted(day for day in massachusetts if day.weekday() < 5)
    assert not any(boston.segments(day) for day in covered if day.weekday() > 4)
