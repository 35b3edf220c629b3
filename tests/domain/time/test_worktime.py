"""Office hours: what counts, where it ends, and where the calendar has no answer."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from calendars import (
    FUTIAN,
    OFFICE,
    WEEKDAYS,
    add_work_seconds,
    at,
    is_open,
    is_working_day,
    local,
    plan,
    subtract_work_seconds,
    work_seconds_between,
)

from dispatch.domain.time.worktime import Calendar, CalendarEnds

NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3600


def new_york(**changes: object):
    return Calendar(
        plan(
            **{"timezone": "America/New_York", "holidays": frozenset(), "working_days": frozenset()}
            | changes
        )
    )


def test_lunch_and_nights_do_not_count():
    assert work_seconds_between(FUTIAN, at("2026-11-23T11:00"), at("2026-11-23T15:00")) == 2 * HOUR
    assert work_seconds_between(FUTIAN, at("2026-11-23T18:00"), at("2026-11-24T09:00")) == 0


def test_a_week_of_the_office_has_thirty_five_hours():
    monday, next_monday = at("2026-11-16T00:00"), at("2026-11-23T00:00")
    assert work_seconds_between(FUTIAN, monday, next_monday) == 35 * HOUR
    assert work_seconds_between(FUTIAN, next_monday, monday) == -35 * HOUR


def test_work_that_ends_at_closing_time_ends_that_day():
    assert local(add_work_seconds(FUTIAN, at("2026-11-23T14:00"), 4 * HOUR)) == "2026-11-23T18:00"
    assert local(add_work_seconds(FUTIAN, at("2026-11-23T09:00"), 3 * HOUR)) == "2026-11-23T12:00"
    a_second_more = add_work_seconds(FUTIAN, at("2026-11-23T14:00"), 4 * HOUR + 1)
    assert a_second_more == at("2026-11-24T09:00:01")


def test_no_work_is_done_at_once():
    night = at("2026-11-23T22:00")
    assert add_work_seconds(FUTIAN, night, 0) == night


def test_counting_back_from_an_opening_ends_the_day_before():
    assert local(subtract_work_seconds(FUTIAN, at("2026-11-24T09:30"), HOUR)) == "2026-11-23T17:30"
    assert local(subtract_work_seconds(FUTIAN, at("2026-11-23T15:00"), HOUR)) == "2026-11-23T14:00"


def test_a_make_up_saturday_is_a_working_day_and_a_holiday_wednesday_is_not():
    assert is_working_day(FUTIAN, date(2026, 2, 14))
    assert not is_working_day(FUTIAN, date(2026, 2, 18))
    assert local(FUTIAN.next_opening(at("2026-02-14T20:00"))) == "2026-02-24T09:00"


def test_a_make_up_day_may_have_hours_of_its_own():
    calendar = Calendar(plan(makeup_hours=((600, 720),)))
    assert local(add_work_seconds(calendar, at("2026-02-14T08:00"), HOUR)) == "2026-02-14T11:00"
    assert local(calendar.next_opening(at("2026-02-14T12:00"))) == "2026-02-24T09:00"


def test_a_make_up_day_keeps_the_mondays_hours_by_default():
    calendar = Calendar(plan(week=dict.fromkeys(WEEKDAYS, OFFICE) | {0: ((600, 660),)}))
    assert local(calendar.next_opening(at("2026-02-14T00:00"))) == "2026-02-14T10:00"


def test_the_office_is_open_from_the_opening_second_until_the_closing_one():
    openings = {"08:59": False, "09:00": True, "11:59": True, "12:00": False, "14:00": True}
    assert {t: is_open(FUTIAN, at(f"2026-11-23T{t}")) for t in openings} == openings


def test_a_night_shift_runs_over_midnight():
    night = Calendar(plan(week=dict.fromkeys(WEEKDAYS, ((1320, 1800),))))  # 22:00-06:00
    assert local(add_work_seconds(night, at("2026-11-23T23:00"), 2 * HOUR)) == "2026-11-24T01:00"
    assert local(night.next_opening(at("2026-11-28T07:00"))) == "2026-11-30T22:00"
    saturday_morning = at("2026-11-28T00:00"), at("2026-11-28T12:00")
    assert work_seconds_between(night, *saturday_morning) == 6 * HOUR


def test_a_night_shift_that_meets_the_morning_shift_counts_shared_time_once():
    both = Calendar(plan(week=dict.fromkeys(range(7), ((480, 960), (1320, 1920)))))  # until 08:00
    day = at("2026-11-24T00:00"), at("2026-11-25T00:00")
    assert work_seconds_between(both, *day) == (16 + 2) * HOUR
    longer = Calendar(plan(week=dict.fromkeys(range(7), ((480, 960), (1320, 1980)))))  # until 09:00
    assert work_seconds_between(longer, *day) == (16 + 2) * HOUR


def test_a_morning_shift_inside_a_long_night_shift_does_not_end_it():
    inside = Calendar(plan(week=dict.fromkeys(range(7), ((480, 540), (1320, 2040)))))  # until 10:00
    day = at("2026-11-24T00:00"), at("2026-11-25T00:00")
    assert work_seconds_between(inside, *day) == (10 + 2) * HOUR


def test_a_shift_inside_the_skipped_hour_counts_nothing():
    calendar = new_york(week=dict.fromkeys(range(7), ((135, 165),)))  # 02:15-02:45
    sunday = at("2026-03-08T00:00", NEW_YORK), at("2026-03-09T00:00", NEW_YORK)
    assert work_seconds_between(calendar, *sunday) == 0
    assert local(calendar.next_opening(sunday[0]), NEW_YORK) == "2026-03-09T02:15"


def test_a_shift_over_the_skipped_hour_is_an_hour_shorter():
    calendar = new_york(week=dict.fromkeys(range(7), ((60, 240),)))  # 01:00-04:00
    sunday = at("2026-03-08T00:00", NEW_YORK), at("2026-03-09T00:00", NEW_YORK)
    assert work_seconds_between(calendar, *sunday) == 2 * HOUR


def test_a_shift_that_opens_in_the_skipped_hour_opens_at_the_change():
    calendar = new_york(week=dict.fromkeys(range(7), ((150, 240),)))  # 02:30-04:00
    assert local(calendar.next_opening(at("2026-03-08T00:00", NEW_YORK)), NEW_YORK) == (
        "2026-03-08T03:00"
    )


def test_a_shift_over_the_repeated_hour_is_an_hour_longer():
    calendar = new_york(week=dict.fromkeys(range(7), ((0, 180),)))
    sunday = at("2026-11-01T00:00", NEW_YORK), at("2026-11-02T00:00", NEW_YORK)
    assert work_seconds_between(calendar, *sunday) == 4 * HOUR


def test_the_calendar_says_that_it_ends_and_never_guesses():
    last_afternoon = at("2026-12-31T17:00")
    assert local(add_work_seconds(FUTIAN, last_afternoon, HOUR)) == "2026-12-31T18:00"
    with pytest.raises(CalendarEnds) as ends:
        add_work_seconds(FUTIAN, last_afternoon, HOUR + 1)
    assert (ends.value.calendar, ends.value.last) == ("futian", date(2026, 12, 31))


@pytest.mark.parametrize("outside", ["2024-12-31T23:59", "2027-01-01T00:01"])
def test_an_instant_outside_the_calendar_has_no_working_time(outside):
    for question in (FUTIAN.next_opening, partial(is_open, FUTIAN)):
        with pytest.raises(CalendarEnds):
            question(at(outside))
    with pytest.raises(CalendarEnds):
        work_seconds_between(FUTIAN, at("2026-06-01T00:00"), at(outside))
    with pytest.raises(CalendarEnds):
        add_work_seconds(FUTIAN, at(outside), 1)


def test_the_midnight_that_ends_the_last_day_belongs_to_the_calendar():
    last = at("2026-12-31T14:00"), at("2027-01-01T00:00")
    assert work_seconds_between(FUTIAN, *last) == 4 * HOUR


def test_there_is_no_opening_after_the_last_closing():
    with pytest.raises(CalendarEnds):
        FUTIAN.next_opening(at("2026-12-31T18:00"))


def test_counting_back_before_the_first_day_is_no_answer():
    with pytest.raises(CalendarEnds):
        subtract_work_seconds(FUTIAN, at("2025-01-02T10:00"), 2 * HOUR)
    for back in (HOUR, 2 * HOUR):
        with pytest.raises(CalendarEnds):
            add_work_seconds(FUTIAN, at("2025-01-02T10:00"), -back)


def test_the_last_night_shift_is_cut_where_the_calendar_ends():
    night = Calendar(plan(week=dict.fromkeys(range(7), ((1320, 1800),))))
    with pytest.raises(CalendarEnds):
        add_work_seconds(night, at("2026-12-31T22:00"), 3 * HOUR)


def test_a_time_without_a_zone_is_no_instant():
    with pytest.raises(TypeError):
        FUTIAN.next_opening(datetime(2026, 11, 23, 9))  # noqa: DTZ001 - the point of the test


def test_the_leap_day_is_a_day_like_any_other():
    leap = Calendar(plan(first=date(2028, 1, 1), last=date(2028, 12, 31)))
    assert local(add_work_seconds(leap, at("2028-02-28T17:00"), 2 * HOUR)) == "2028-02-29T10:00"


def test_a_year_without_any_office_hours_has_no_opening():
    closed = Calendar(plan(week={}, working_days=frozenset()))
    assert work_seconds_between(closed, at("2026-01-01T00:00"), at("2026-02-01T00:00")) == 0
    with pytest.raises(CalendarEnds):
        add_work_seconds(closed, at("2026-01-01T00:00"), 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": date(2027, 1, 1)}, "ends_before: 2027-01-01 > 2026-12-31"),
        ({"working_days": frozenset({date(2026, 10, 1)})}, "off_and_on: 2026-10-01"),
        ({"week": {0: ((720, 540),)}}, "no_hours: 12:00-09:00"),
        ({"week": {0: ((1440, 1500),)}}, "no_hours"),
        ({"week": {0: ((0, 1441),)}}, "no_hours"),
        ({"week": {0: ((540, 720), (700, 800))}}, "overlap: 11:40 < 12:00"),
        ({"first": date(1, 1, 1)}, "too_long"),
        ({"last": date(2077, 1, 1)}, "too_long"),
        ({"first": date(9990, 1, 1), "last": date.max}, "too_long"),
        ({"makeup_hours": ((540, 540),)}, "no_hours"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        plan(**wrong)


def test_a_full_day_is_open_around_the_clock():
    always = Calendar(plan(week=dict.fromkeys(range(7), ((0, 1440),)), holidays=frozenset()))
    start = at("2026-11-23T23:30")
    assert add_work_seconds(always, start, 3 * HOUR) == start + timedelta(hours=3)


def test_the_last_hours_of_a_calendar_count_to_their_last_second():
    last, closing = at("2026-12-31T15:00"), at("2026-12-31T18:00")
    calendar = Calendar(plan())
    assert calendar.next_opening(last) == last
    assert add_work_seconds(calendar, last, 3 * HOUR) == closing
    assert subtract_work_seconds(calendar, closing, 60) == closing - timedelta(minutes=1)
    assert work_seconds_between(calendar, last, at("2027-01-01T00:00")) == 3 * HOUR
    with pytest.raises(CalendarEnds):
        add_work_seconds(calendar, last, 3 * HOUR + 1)
    with pytest.raises(CalendarEnds):
        subtract_work_seconds(calendar, closing, 0)
    with pytest.raises(CalendarEnds):
        calendar.next_opening(closing)
    with pytest.raises(CalendarEnds):
        calendar.next_opening(at("2027-01-01T00:00") + timedelta(seconds=1))
