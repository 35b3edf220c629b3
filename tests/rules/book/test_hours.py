"""Units with hours of their own: whose hours count for which promise."""

from datetime import UTC, date, datetime

import pytest
from calendars import ROUND_THE_CLOCK
from town import FILES, as_bytes

from dispatch.rules.book.loading import load
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.language.faults import PlaybookRefused

FRIDAY_EVENING = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)  # 20:00
NIGHT = """\
  night:
    version: "1"
    first: 2026-01-01
    last: 2026-12-31
    week: {fri: ["22:00-06:00"], sat: ["22:00-06:00"]}
"""
CALENDARS = NIGHT + ROUND_THE_CLOCK
NOTICE = """\
years:
  "2027": {source: 通知, holidays: [2027-01-01, 2027-02-06], working_days: [2027-02-20]}
"""
CHANGES = {
    "calendars.yaml": [
        ("calendars:\n", "calendars:\n" + CALENDARS),
        ("last: 2027-12-31", "last: 2026-12-31"),
        ("[2026-11-29]\n", "[2026-11-29]\n" + NOTICE),
    ],
    "departments.yaml": [
        ("WATER: {label: Water}", "WATER: {label: Water, calendar: duty}"),
        ("ROADS: {label: Roads}", "ROADS: {label: Roads, calendar: night}"),
    ],
    "district.yaml": [("north: {kind: street,", "north: {kind: street, calendar: duty,")],
}


def town(*more: tuple[str, str, str]):
    files = dict(FILES)
    changes = [(file, *change) for file, several in CHANGES.items() for change in several]
    for file, old, new in (*changes, *more):
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    return load(as_bytes(files))


def calendars(playbook, category="hole", **facts):
    decision = decide(playbook, Facts(category, FRIDAY_EVENING, **facts))
    return {clock: terms.calendar for clock, terms in decision.promises.items()}


def test_a_department_promises_by_its_own_hours_and_the_street_by_the_streets():
    assert calendars(town(), street="north") == {
        "accept": "duty",
        "sign": "night",
        "dispose": "night",
    }
    assert calendars(town(), street="south", category="leak") == {
        "accept": "town",
        "sign": "duty",
        "dispose": "duty",
    }


def test_where_no_unit_has_hours_of_its_own_all_is_as_it_was():
    playbook = load(as_bytes(FILES))
    assert set(calendars(playbook, street="north").values()) == {"town"}


def test_a_team_and_a_company_keep_the_hours_of_the_unit_above():
    playbook = town()
    assert playbook.hours_of("ROADS-TEAM") == "night"
    assert playbook.hours_of("north-1-1") == "duty"
    assert [playbook.hours_of(unit) for unit in ("south", "town", None, "nobody")] == ["town"] * 4


def test_a_calendar_that_somebody_wrote_counts_whoever_leads():
    written = "promises: {dispose: {limit: 3 work_days, calendar: town}}"
    playbook = town(("categories.yaml", "promises: {dispose: 3 work_days}", written))
    assert calendars(playbook, street="north")["dispose"] == "town"
    assert calendars(playbook, street="north")["sign"] == "night"


@pytest.mark.parametrize(
    ("shorter", "stays"),
    [
        ("5 work_hours", "5 work_hours"),
        ("9 work_hours", "8 hours"),
        ("1 work_hours", "1 work_hours"),
    ],
)
def test_what_is_sooner_is_sooner_by_the_hours_of_whoever_leads(shorter, stays):
    """From 20:00: eight hours end at 04:00; of the night shift, six hours are worked by then."""
    when = "  - id: quick\n    when: {category: hole}\n"
    rule = f"also:\n{when}    promises: {{dispose: {shorter}}}\n"
    playbook = town(
        ("rules.yaml", "also:\n", rule),
        ("categories.yaml", "promises: {dispose: 3 work_days}", "promises: {dispose: 8 hours}"),
    )
    decision = decide(playbook, Facts("hole", FRIDAY_EVENING, street="north"))
    assert str(decision.promises["dispose"].limit) == stays


def test_a_desk_that_is_always_manned_hears_of_no_holiday():
    playbook = town()
    plans = {name: calendar.plan for name, calendar in playbook.calendars.items()}
    assert {plan.last for plan in plans.values()} == {date(2027, 12, 31)}
    new_year = date(2027, 1, 1)
    assert new_year in plans["night"].holidays
    assert plans["duty"].segments(new_year) == ((0, 1440),)
    assert plans["duty"].holidays == plans["duty"].working_days == frozenset()


@pytest.mark.parametrize(
    ("file", "old"), [("departments.yaml", "calendar: night"), ("district.yaml", "calendar: duty")]
)
def test_hours_that_nobody_wrote_down_are_a_fault_with_the_nearest_name(file, old):
    with pytest.raises(PlaybookRefused) as refused:
        town((file, old, "calendar: nigt"))
    [fault] = refused.value.faults
    assert (fault.file, fault.code) == (file, "unknown_calendar")
    assert "calendar" in fault.path


DAYS = "{source: 通知, holidays: [2027-01-01, 2027-02-06], working_days: [2027-02-20]}"


def refusal(*change: tuple[str, str, str]):
    with pytest.raises(PlaybookRefused) as refused:
        town(*change)
    return [(fault.code, fault.params) for fault in refused.value.faults]


def test_a_calendar_that_was_written_to_the_end_of_the_year_keeps_its_own_days():
    ready = (
        "calendars.yaml",
        "last: 2026-12-31\n    week: {fri",
        "last: 2027-12-31\n    week: {fri",
    )
    plans = {name: each.plan for name, each in town(ready).calendars.items()}
    assert {plan.last for plan in plans.values()} == {date(2027, 12, 31)}
    assert plans["night"].holidays == frozenset()
    assert date(2027, 2, 6) in plans["town"].holidays


def test_a_notice_that_nobody_waits_for_is_refused():
    once_more = DAYS.replace("2027", "2026")
    [(code, _)] = refusal(("calendars.yaml", NOTICE, f'years:\n  "2026": {once_more}\n'))
    assert code == "not_next_year"


@pytest.mark.parametrize("year", ["2028", "27", "year", "٢٠٢٧"])
def test_a_year_that_is_not_the_next_is_refused(year):
    assert refusal(("calendars.yaml", '"2027"', f'"{year}"'))[0][0] == "not_next_year"


@pytest.mark.parametrize("slip", ["2026-02-06", "2207-02-06", "2028-01-01", "2026-11-30"])
def test_a_slip_in_a_date_is_told_and_not_filed_under_another_year(slip):
    [(code, params)] = refusal(("calendars.yaml", "2027-02-06", slip))
    assert (code, params["seen"]) == ("not_of_year", slip)


def test_the_last_days_before_the_year_may_be_off_with_it():
    """As 2022-12-31 was for the New Year of 2023."""
    playbook = town(("calendars.yaml", "[2027-01-01, ", "[2026-12-31, 2027-01-01, "))
    assert date(2026, 12, 31) in playbook.calendars["night"].plan.holidays
