"""When a promise is due, what pauses do to it, and how much of it is left."""

import csv
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from calendars import FUTIAN, SAME_TIME, WEEKDAYS, at, local, plan, work_seconds_between

from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import (
    TIME_UNITS,
    Limit,
    budget,
    due,
    due_by_budget,
    earlier,
    rework_budget,
    seconds_overdue,
    used,
)
from dispatch.domain.time.worktime import Calendar, CalendarEnds

TABLE = Path(__file__).parents[2] / "data" / "futian_due.csv"
EXAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
NEW_YORK = ZoneInfo("America/New_York")
BOSTON = Calendar(
    plan(
        timezone="America/New_York",
        week=dict.fromkeys(WEEKDAYS, ((510, 1020),)),
        holidays=frozenset(),
        working_days=frozenset(),
        work_day="same_time",
    )
)
HOUR = 3600


def promised(start, limit, *pauses: tuple[str, str | None], calendar=FUTIAN):
    """The due time of a promise, as the city's clock shows it."""
    stretches = [Pause(at(begin), end and at(end)) for begin, end in pauses]
    answer = due(at(start), Limit.parse(limit), calendar, stretches)
    return answer and local(answer)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["note"])
def test_futians_own_examples(row):
    assert promised(row["start"], row["limit"]) == row["due"]


# Units


def test_a_report_before_the_holiday_is_due_after_it():
    assert promised("2026-09-30T17:00", "8 work_hours") == "2026-10-08T18:00"


def test_an_urgent_promise_counts_nights_and_holidays_too():
    assert promised("2026-10-01T23:45", "30 minutes") == "2026-10-02T00:15"
    assert promised("2026-10-01T23:45", "24 hours") == "2026-10-02T23:45"


def test_an_elapsed_promise_needs_no_calendar_day():
    assert promised("2026-12-31T23:45", "30 minutes") == "2027-01-01T00:15"
    assert promised("2026-12-31T12:00", "2 days") == "2027-01-02T12:00"


def test_a_deadline_at_closing_time_is_closing_time():
    assert promised("2026-11-23T10:00", "6 work_hours") == "2026-11-23T18:00"


@pytest.mark.parametrize("start", ["2026-11-21T10:00", "2026-11-22T23:59", "2026-11-23T09:00"])
def test_a_clock_started_outside_hours_starts_at_the_next_opening(start):
    assert promised(start, "1 work_hours") == "2026-11-23T10:00"


@pytest.mark.parametrize("start", ["2026-11-23T00:01", "2026-11-23T10:00", "2026-11-23T23:59"])
def test_the_day_of_receipt_is_not_counted_at_whatever_hour(start):
    assert promised(start, "1 work_days") == "2026-11-24T18:00"


def test_the_local_date_of_receipt_counts_and_not_the_date_in_utc():
    assert promised("2026-11-24T00:30", "1 work_days") == "2026-11-25T18:00"


def test_working_days_skip_the_holiday_and_count_the_make_up_saturday():
    assert promised("2026-02-13T10:00", "1 work_days") == "2026-02-14T18:00"
    assert promised("2026-02-13T10:00", "2 work_days") == "2026-02-24T18:00"


def test_eight_work_hours_are_not_one_work_day():
    start = "2026-11-23T09:00"
    assert promised(start, "8 work_hours") == "2026-11-24T10:00"
    assert promised(start, "1 work_days") == "2026-11-24T18:00"


def test_the_same_time_some_working_days_later():
    assert promised("2026-11-20T16:10", "1 work_days", calendar=SAME_TIME) == "2026-11-23T16:10"
    assert promised("2026-02-13T16:10", "2 work_days", calendar=SAME_TIME) == "2026-02-24T16:10"


@pytest.mark.parametrize("start", ["2026-11-20T18:00", "2026-11-21T10:00", "2026-11-23T08:59"])
def test_filed_outside_the_segments_counts_as_filed_at_the_next_opening(start):
    assert promised(start, "2 work_days", calendar=SAME_TIME) == "2026-11-25T09:00"
    assert promised("2026-11-23T12:00", "1 work_days", calendar=SAME_TIME) == "2026-11-24T14:00"


def test_the_same_time_counts_even_where_that_day_closes_earlier():
    short_saturday = Calendar(plan(makeup_hours=((540, 720),), work_day="same_time"))
    friday, saturday = "2026-02-13T16:10", "2026-02-14T16:10"
    assert promised(friday, "1 work_days", calendar=short_saturday) == saturday
    lunch = ("2026-02-14T13:00", "2026-02-14T15:00")
    assert promised(friday, "1 work_days", lunch, calendar=short_saturday) == saturday
    afternoon = ("2026-02-14T13:00", "2026-02-14T17:00")
    assert promised(friday, "1 work_days", afternoon, calendar=short_saturday) == (
        "2026-02-24T09:00"
    )


def test_the_small_hours_of_a_night_shift_belong_to_the_evening_before():
    night = Calendar(plan(week=dict.fromkeys(WEEKDAYS, ((1320, 1800),)), work_day="same_time"))
    assert promised("2026-11-28T02:00", "1 work_days", calendar=night) == "2026-12-01T02:00"


def test_natural_days_keep_the_clock_time_over_the_leap_day():
    assert promised("2028-02-28T10:00", "2 days") == "2028-03-01T10:00"


# Daylight saving time


def in_new_york(start, limit):
    return local(due(at(start, NEW_YORK), Limit.parse(limit), BOSTON), NEW_YORK)


def test_twenty_four_hours_over_the_change_are_twenty_four_hours():
    assert in_new_york("2026-03-07T12:00", "24 hours") == "2026-03-08T13:00"
    assert in_new_york("2026-10-31T12:00", "24 hours") == "2026-11-01T11:00"


def test_a_day_over_the_change_ends_at_the_same_clock_time():
    assert in_new_york("2026-03-07T12:00", "1 days") == "2026-03-08T12:00"
    assert in_new_york("2026-10-31T12:00", "1 days") == "2026-11-01T12:00"


def test_a_skipped_clock_time_moves_forward():
    assert in_new_york("2026-03-07T02:30", "1 days") == "2026-03-08T03:30"


def test_a_repeated_clock_time_is_its_first():
    first = due(at("2026-10-31T01:30", NEW_YORK), Limit(1, "days"), BOSTON)
    assert first.isoformat() == "2026-11-01T05:30:00+00:00"
    second_half_past_one = at("2026-11-01T00:30", NEW_YORK) + timedelta(hours=2)
    assert local(second_half_past_one, NEW_YORK) == "2026-11-01T01:30"
    monday = due(second_half_past_one, Limit(1, "days"), BOSTON)
    assert local(monday, NEW_YORK) == "2026-11-02T01:30"


def test_a_work_day_over_the_change_ends_at_the_same_clock_time():
    assert in_new_york("2026-03-06T15:00", "1 work_days") == "2026-03-09T15:00"


# Pauses


def left_of(start, now, limit, *pauses: Pause):
    return budget(start, limit, FUTIAN) - used(start, now, limit.unit, FUTIAN, pauses)


def test_a_pause_removes_exactly_the_working_time_that_remained():
    start, hold, release = (at(f"2026-11-23T{t}") for t in ("10:00", "11:20:13", "15:00:40"))
    limit = Limit(8, "work_hours")
    left = left_of(start, hold, limit)
    assert left == 8 * HOUR - 4813
    assert left_of(start, release, limit, Pause(hold, release)) == left
    due_at = due(start, limit, FUTIAN, [Pause(hold, release)])
    assert work_seconds_between(FUTIAN, release, due_at) == left


def test_while_it_is_paused_there_is_no_due_time():
    assert promised("2026-11-23T10:00", "4 work_hours", ("2026-11-23T11:00", None)) is None


def test_a_promise_paused_by_two_reasons_counts_the_overlap_once():
    overlapping = ("2026-11-23T10:00", "2026-11-23T11:00"), ("2026-11-23T10:30", "2026-11-23T11:30")
    assert promised("2026-11-23T09:00", "2 work_hours", *overlapping) == "2026-11-23T14:30"
    assert promised("2026-11-23T09:00", "2 work_hours", *reversed(overlapping)) == (
        "2026-11-23T14:30"
    )


def test_releasing_one_of_two_reasons_keeps_the_clock_paused():
    two = ("2026-11-23T10:00", "2026-11-23T11:00"), ("2026-11-23T10:30", None)
    assert promised("2026-11-23T09:00", "2 work_hours", *two) is None


@pytest.mark.parametrize("limit", ["8 work_hours", "1 work_days", "3 work_days"])
@pytest.mark.parametrize("calendar", [FUTIAN, SAME_TIME], ids=["close_of_day", "same_time"])
@pytest.mark.parametrize("start", ["2026-11-20T16:00", "2026-11-20T19:00"])
def test_a_pause_within_a_weekend_changes_nothing(limit, calendar, start):
    weekend = ("2026-11-20T20:00", "2026-11-23T08:00")
    assert promised(start, limit, weekend, calendar=calendar) == promised(
        start, limit, calendar=calendar
    )


def test_a_pause_moves_an_elapsed_promise_by_its_length():
    assert promised("2026-11-23T20:00", "2 hours", ("2026-11-23T21:00", "2026-11-24T06:00")) == (
        "2026-11-24T07:00"
    )


def test_a_pause_moves_natural_days_by_its_length_to_the_second():
    pause = ("2026-11-23T20:00:00", "2026-11-23T20:00:01")
    assert due(at("2026-11-23T10:00"), Limit(1, "days"), FUTIAN, [Pause(*map(at, pause))]) == at(
        "2026-11-24T10:00:01"
    )


def test_a_work_day_promise_runs_its_remainder_to_the_second_after_a_pause():
    an_hour = ("2026-11-23T16:00", "2026-11-23T17:00")
    assert promised("2026-11-23T10:00", "1 work_days", an_hour) == "2026-11-25T10:00"


def test_a_same_time_promise_runs_its_remainder_to_the_second_after_a_pause():
    an_hour = ("2026-11-23T16:00", "2026-11-23T17:00")
    filed_at_night = promised("2026-11-20T19:00", "1 work_days", an_hour, calendar=SAME_TIME)
    assert filed_at_night == "2026-11-24T10:00"
    over_the_due_time = ("2026-11-23T20:00", "2026-11-24T11:00")
    assert promised("2026-11-20T19:00", "1 work_days", over_the_due_time, calendar=SAME_TIME) == (
        "2026-11-24T11:00"
    )


def test_a_same_time_promise_paused_until_after_closing_is_due_at_the_next_opening():
    over_the_day = ("2026-11-23T20:00", "2026-11-24T19:00")
    assert promised("2026-11-20T19:00", "1 work_days", over_the_day, calendar=SAME_TIME) == (
        "2026-11-25T09:00"
    )


def test_a_same_time_promise_whose_next_opening_is_not_loaded_has_no_answer():
    until_the_end = ("2026-12-30T20:00", "2026-12-31T19:00")
    with pytest.raises(CalendarEnds):
        promised("2026-12-29T19:00", "1 work_days", until_the_end, calendar=SAME_TIME)


def test_a_whole_working_day_of_pause_moves_a_promise_to_the_same_side_of_the_night():
    all_monday = ("2026-11-23T00:00", "2026-11-24T00:00")
    assert promised("2026-11-20T19:00", "1 work_days", all_monday, calendar=SAME_TIME) == (
        "2026-11-25T09:00"
    )
    assert promised("2026-11-20T10:00", "1 work_days", all_monday) == "2026-11-24T18:00"


def test_a_pause_after_the_deadline_does_not_unbreach():
    late = ("2026-11-23T12:00", None)
    assert promised("2026-11-23T09:00", "3 work_hours", late) == "2026-11-23T12:00"
    assert promised("2026-11-23T09:00", "1 hours", ("2026-11-23T10:01", None)) == "2026-11-23T10:00"


def test_a_pause_that_began_before_the_start_counts_from_the_start():
    before = ("2026-11-20T09:00", "2026-11-23T10:00")
    assert promised("2026-11-23T09:00", "1 work_hours", before) == "2026-11-23T11:00"


def test_a_pause_over_before_the_start_or_without_length_changes_nothing():
    nothing = ("2026-11-20T09:00", "2026-11-20T10:00"), ("2026-11-23T09:30", "2026-11-23T09:30")
    assert promised("2026-11-23T09:00", "1 work_hours", *nothing) == "2026-11-23T10:00"


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Pause(at("2026-11-23T10:00"), at("2026-11-23T09:00"))


# Budget, used, overdue


def test_a_work_day_promise_fixes_its_working_seconds_at_the_start():
    assert budget(at("2026-11-23T17:00"), Limit(1, "work_days"), FUTIAN) == 8 * HOUR
    assert budget(at("2026-11-23T10:00"), Limit(1, "work_days"), FUTIAN) == 13 * HOUR
    assert budget(at("2026-11-23T10:00"), Limit(2, "days"), FUTIAN) == 48 * HOUR


def test_used_and_left_are_known_at_any_moment():
    start, limit, pause = (
        at("2026-11-23T10:00"),
        Limit(4, "work_hours"),
        Pause(at("2026-11-23T11:00")),
    )
    evening = at("2026-11-23T20:00")
    assert used(start, evening, limit.unit, FUTIAN) == 6 * HOUR
    assert left_of(start, evening, limit) == -2 * HOUR
    assert used(start, evening, limit.unit, FUTIAN, [pause]) == HOUR
    assert used(start, at("2026-11-23T10:30"), limit.unit, FUTIAN, [pause]) == HOUR // 2


def test_late_at_night_is_late_though_no_office_time_has_passed():
    due_at = at("2026-11-23T18:00")
    assert seconds_overdue(due_at, due_at, "work_days", FUTIAN) is None
    assert seconds_overdue(due_at, at("2026-11-23T20:00"), "work_days", FUTIAN) == 0
    assert seconds_overdue(due_at, at("2026-11-24T09:30"), "work_days", FUTIAN) == HOUR // 2
    assert seconds_overdue(due_at, at("2026-11-23T20:00"), "hours", FUTIAN) == 2 * HOUR


def test_a_continuation_goes_on_with_its_remainder():
    afternoon = at("2026-11-23T17:00")
    assert local(due_by_budget(afternoon, 2 * HOUR, "work_hours", FUTIAN)) == "2026-11-24T10:00"
    assert local(due_by_budget(afternoon, 2 * HOUR, "hours", FUTIAN)) == "2026-11-23T19:00"
    assert due_by_budget(afternoon, 0, "work_days", FUTIAN) == afternoon
    assert due_by_budget(afternoon, -1, "work_days", FUTIAN) == afternoon
    assert due_by_budget(afternoon, HOUR, "work_days", FUTIAN, [Pause(afternoon)]) is None


def test_rework_has_at_least_a_quarter_of_the_limit():
    assert rework_budget(8 * HOUR, 3 * HOUR) == 3 * HOUR
    assert rework_budget(8 * HOUR, HOUR) == 2 * HOUR
    assert rework_budget(8 * HOUR, -HOUR) == 2 * HOUR


def test_the_moment_before_another_counts_in_its_own_unit():
    opening = at("2026-11-24T09:30")
    ways = ["30 minutes", "1 hours", "1 days", "1 work_hours", "1 work_days"]
    assert [local(earlier(opening, Limit.parse(way), FUTIAN)) for way in ways] == [
        "2026-11-24T09:00",
        "2026-11-24T08:30",
        "2026-11-23T09:30",
        "2026-11-23T17:30",
        "2026-11-23T09:30",
    ]
    close = at("2026-11-23T18:00")
    assert local(earlier(close, Limit(1, "work_days"), FUTIAN)) == "2026-11-20T18:00"


# Where the calendar ends


@pytest.mark.parametrize("calendar", [FUTIAN, SAME_TIME], ids=["close_of_day", "same_time"])
@pytest.mark.parametrize("limit", [Limit(4, "work_hours"), Limit(1, "work_days")], ids=str)
@pytest.mark.parametrize("start", ["2026-12-31T17:00", "2026-12-31T23:00", "2027-03-01T10:00"])
def test_a_promise_beyond_the_last_loaded_year_has_no_answer(calendar, limit, start):
    with pytest.raises(CalendarEnds):
        due(at(start), limit, calendar)


def test_a_pause_may_push_a_promise_beyond_the_calendar():
    with pytest.raises(CalendarEnds):
        promised("2026-12-31T10:00", "2 work_hours", ("2026-12-31T11:00", "2026-12-31T17:30"))


def test_the_last_day_of_the_calendar_is_still_promised():
    assert promised("2026-12-30T10:00", "1 work_days") == "2026-12-31T18:00"
    assert promised("2026-12-30T10:00", "1 work_days", calendar=SAME_TIME) == "2026-12-31T10:00"


def test_nothing_is_promised_from_the_midnight_on_which_the_calendar_ends():
    with pytest.raises(CalendarEnds):
        promised("2027-01-01T00:00", "1 work_days")


def test_the_small_hours_after_the_calendar_are_no_answer():
    night = Calendar(plan(week=dict.fromkeys(range(7), ((1320, 1800),)), work_day="same_time"))
    with pytest.raises(CalendarEnds):
        promised("2026-12-31T02:00", "1 work_days", calendar=night)


def test_a_night_shift_that_closes_after_the_calendar_is_no_answer():
    night = Calendar(plan(week=dict.fromkeys(range(7), ((1320, 1800),))))
    with pytest.raises(CalendarEnds):
        promised("2026-12-30T10:00", "1 work_days", calendar=night)


# Limits as written


@pytest.mark.parametrize("unit", TIME_UNITS)
def test_a_limit_is_read_as_it_is_written(unit):
    assert Limit.parse(f" 8  {unit} ") == Limit(8, unit)
    assert str(Limit(8, unit)) == f"8 {unit}"


def test_one_hour_may_be_written_in_the_singular():
    assert Limit.parse("1 work_day") == Limit(1, "work_days")


@pytest.mark.parametrize(
    "text",
    ["", "8", "hours", "0 hours", "-1 hours", "1.5 hours", "8 weeks", "８ hours", "123456 days"],
)
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(ValueError, match=r"limit|unit"):
        Limit.parse(text)


def test_a_promise_of_nothing_is_none():
    with pytest.raises(ValueError, match="none"):
        Limit(0, "hours")
