"""Each comparison of the language, on both sides of its border."""

# ruff: noqa: E501 - a table is read by its columns

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from town import town

from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.operators import OPERATORS, Vocabulary
from dispatch.rules.conditions.operators import condition as read_condition
from dispatch.rules.deciding.engine import decide
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.yaml_reader import read

MONDAY_TEN = "2026-11-23T10:00"


def clock(written):
    """Local clock time of the town."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


MONDAY = clock(MONDAY_TEN)

# condition, facts for which it holds, facts for which it does not
HOLDS = [
    ("category: hole", {}, {"category": "leak"}),
    ("category: street-things", {"category": "leak"}, None),
    ("street: north", {"street": "north"}, {"street": "south"}),
    ("street: [north, south]", {"street": "south"}, {"street": None}),
    ("community: north-1", {"community": "north-1"}, {}),
    ("grid: north-1-1", {"grid": "north-1-1"}, {}),
    ("zone: school", {"zones": frozenset({"school"})}, {}),
    ("place_known: true", {"street": "north"}, {}),
    ("place_known: false", {}, {"street": "north"}),
    ("near: {lon: 114.0, lat: 22.5, within_m: 200}", {"lon": 114.0, "lat": 22.5017}, {"lon": 114.0, "lat": 22.5019}),
    ("near: {lon: 114.0, lat: 22.5, within_m: 200}", {"lon": 114.0, "lat": 22.5}, {}),
    ("near: {lon: 114.0, lat: 22.5, within_m: 0}", {"lon": 114.0, "lat": 22.5}, {"lon": 114.0, "lat": 22.6}),
    ("about_unit: WATER", {"about_unit": "WATER"}, {}),
    ("reporter_role: grid_worker", {"reporter_role": "grid_worker"}, {"reporter_role": "volunteer"}),
    ("source: hotline", {"source": "hotline"}, {}),
    ("photos: {at_least: 2}", {"photos": 2}, {"photos": 1}),
    ("photos: {at_most: 2}", {"photos": 2}, {"photos": 3}),
    ("photos: 0", {"photos": 0}, {"photos": 1}),
    ("open_nearby: {at_least: 1}", {"open_nearby": 1}, {}),
    ("repeat: {within_days: 7}", {"earlier": (clock("2026-11-16T10:00"),)}, {"earlier": (clock("2026-11-16T09:59"),)}),
    ("repeat: {within_days: 7, at_least: 2}", {"earlier": (MONDAY, MONDAY)}, {"earlier": (MONDAY,)}),
    ("whistle: [enforcement, priority]", {"whistle": "priority"}, {"whistle": "emergency"}),
    ("severity: 1", {"answers": {"urgency": "danger"}}, {}),
    ("life_safety: true", {"answers": {"urgency": "danger"}}, {"answers": {"urgency": "ordinary"}}),
    ("text: {contains_any: [井盖, ABC]}", {"text": "有个ａｂｃ"}, {"text": "有个坑"}),
    ("text: {contains_all: [井盖, 破]}", {"text": "井盖破了"}, {"text": "井盖丢了"}),
    ("answer: {urgency: danger}", {"answers": {"urgency": "danger"}}, {}),
    ("answer: {urgency: [danger, ordinary]}", {"answers": {"urgency": "ordinary"}}, {}),
    ("answer: {urgency: {starts_with: dan}}", {"answers": {"urgency": "danger"}}, {"answers": {"urgency": "ordinary"}}),
    ("answer: {urgency: {contains_any: [ang]}}", {"answers": {"urgency": "danger"}}, {}),
    ("answer: {depth: {at_least: 2, at_most: 3}}", {"answers": {"depth": 3}}, {"answers": {"depth": 3.5}}),
    ("answer: {depth: {more_than: 2}}", {"answers": {"depth": 2.1}}, {"answers": {"depth": 2}}),
    ("answer: {depth: {less_than: 2}}", {"answers": {"depth": 1}}, {"answers": {"depth": 2}}),
    ("answer: {depth: {asked: true}}", {"answers": {"depth": 0}}, {}),
    ("answer: {depth: 1}", {"answers": {"depth": 1}}, {"answers": {"depth": True}}),
    ('time_of_day: "22:00-06:00"', {"at": "2026-11-23T22:00"}, {"at": "2026-11-23T21:59"}),
    ('time_of_day: "22:00-06:00"', {"at": "2026-11-23T05:59"}, {"at": "2026-11-23T06:00"}),
    ('time_of_day: ["08:00-09:00", "17:00-18:00"]', {"at": "2026-11-23T17:30"}, {}),
    ("weekday: [sat, sun]", {"at": "2026-11-22T10:00"}, {}),
    ("day: working", {}, {"at": "2026-11-24T10:00"}),
    ("day: make_up", {"at": "2026-11-29T10:00"}, {}),
    ("day: working", {"at": "2026-11-29T10:00"}, {"at": "2026-11-22T10:00"}),
    ("day: holiday", {"at": "2026-11-24T10:00"}, {}),
    ("day: off", {"at": "2026-11-28T10:00"}, {}),
    ("day: weekend", {"at": "2026-11-28T10:00"}, {}),
    ("office_hours: true", {"at": "2026-11-23T11:59"}, {"at": "2026-11-23T12:00"}),
    ("office_hours: false", {"at": "2026-11-24T10:00"}, {}),
    ("dates: {from: 2026-11-23, to: 2026-11-23}", {"at": "2026-11-23T23:59"}, {"at": "2026-11-24T00:00"}),
    ("season: {from: 05-15, to: 10-15}", {"at": "2026-10-15T10:00"}, {"at": "2026-10-16T10:00"}),
    ("season: {from: 12-01, to: 02-28}", {"at": "2026-01-31T10:00"}, {}),
    ("season: {from: 12-01, to: 02-28}", {"at": "2026-12-01T00:00"}, {"at": "2026-11-30T23:59"}),
    ("season: {from: 12-01, to: 02-28}", {"at": "2026-02-28T23:59"}, {"at": "2026-03-01T00:00"}),
    ("season: {from: 05-15, to: 10-15}", {"at": "2026-05-15T00:00"}, {"at": "2026-05-14T23:59"}),
    ("season: {from: 11-23, to: 11-23}", {}, {"at": "2026-11-24T00:00"}),
    ("dates: {from: 2026-11-23}", {}, {"at": "2026-11-22T23:59"}),
    ("dates: {to: 2026-11-23}", {"at": "1999-01-01T10:00"}, {"at": "2026-11-24T00:00"}),
    ("photos: {at_least: 1, at_most: 2}", {"photos": 1}, {"photos": 3}),
    ("photos: {at_least: 1, at_most: 2}", {"photos": 2}, {"photos": 0}),
    ("open_nearby: 2", {"open_nearby": 2}, {"open_nearby": 3}),
    ("severity: {at_most: 2}", {"answers": {"urgency": "danger"}}, {}),
    ("severity: 3", {}, {"answers": {"urgency": "danger"}}),
    ("life_safety: false", {}, {"answers": {"urgency": "danger"}}),
    ("repeat: {within_days: 1}", {"earlier": (clock("2026-11-22T10:00"),)}, {"earlier": (clock("2026-11-22T09:59"),)}),
    ("repeat: {within_days: 366}", {"earlier": (clock("2025-11-22T10:00"),)}, {"earlier": (clock("2025-11-22T09:59"),)}),
    ("weekday: sun", {"at": "2026-11-22T23:59"}, {"at": "2026-11-23T00:00"}),
    ("weekday: mon", {}, {"at": "2026-11-24T10:00"}),
    ("day: off", {"at": "2026-11-25T10:00"}, {}),  # no office hours are written for a Wednesday
    ("day: weekend", {"at": "2026-11-29T10:00"}, {"at": "2026-11-27T10:00"}),
    ("day: [holiday, make_up]", {"at": "2026-11-24T10:00"}, {"at": "2028-11-24T10:00"}),
    ("day: off", {"at": "2027-12-26T10:00"}, {"at": "2028-01-01T10:00"}),  # unknown: neither
    ("office_hours: true", {"at": "2026-11-23T14:00"}, {"at": "2026-11-23T13:59"}),
    ("office_hours: true", {"at": "2026-11-23T09:00"}, {"at": "2026-11-23T08:59"}),
    ("office_hours: true", {"at": "2026-11-23T17:59"}, {"at": "2026-11-23T18:00"}),
    ('time_of_day: "00:00-24:00"', {"at": "2026-11-23T23:59"}, None),
    ('time_of_day: "08:30-08:31"', {"at": "2026-11-23T08:30"}, {"at": "2026-11-23T08:31"}),
    ("near: {lon: 114.0, lat: 22.5, within_m: 200}", {"lon": 114.0, "lat": 22.5}, {"lon": 114.0}),
    ("near: {lon: 114.0, lat: 22.5, within_m: 200}", {"lon": 114.0, "lat": 22.5}, {"lat": 22.5}),
    ("zone: [school]", {"zones": frozenset({"school", "park"})}, {"zones": frozenset({"park"})}),
    ("text: {contains_any: [井盖], contains_all: [破]}", {"text": "井盖破了"}, {"text": "井盖丢了"}),
    ("text: {contains_any: [井盖], contains_all: [破]}", {"text": "破井盖"}, {"text": "破了"}),
    ("answer: {urgency: danger, depth: 2}", {"answers": {"urgency": "danger", "depth": 2}}, {"answers": {"depth": 2}}),
    ("answer: {depth: {at_least: 2}}", {"answers": {"depth": 2}}, {"answers": {"depth": 1.9}}),
    ("answer: {depth: {at_least: 2}}", {"answers": {"depth": 3}}, {"answers": {"depth": True}}),
    ("answer: {depth: {at_most: 2}}", {"answers": {"depth": 2}}, {"answers": {"depth": "1"}}),
    ("answer: {depth: [true, 2]}", {"answers": {"depth": True}}, {"answers": {"depth": False}}),
    ("answer: {urgency: {starts_with: [x, ord]}}", {"answers": {"urgency": "ordinary"}}, {"answers": {"urgency": 7}}),
    ("answer: {urgency: {contains_any: [x, dina]}}", {"answers": {"urgency": "ordinary"}}, {"answers": {"urgency": "danger"}}),
    ("answer: {urgency: [danger]}", {"answers": {"urgency": ("ordinary", "danger")}}, {"answers": {"urgency": ("ordinary",)}}),
    ("any: [{photos: 1}, {photos: 2}]", {"photos": 2}, {"photos": 3}),
    ("any: [{photos: 1}]", {"photos": 1}, {}),
    ("all: [{photos: 1}]", {"photos": 1}, {}),
    ("any: [{photos: 1}, {street: north}]", {"street": "north"}, {}),
    ("all: [{photos: 1}, {street: north}]", {"street": "north", "photos": 1}, {"street": "north"}),
    ("not: {street: north}", {"street": "south"}, {"street": "north"}),
    ("not: {answer: {urgency: danger}}", {}, {"answers": {"urgency": "danger"}}),
]  # fmt: skip


def situation(facts):
    written = {"category": "hole", "at": MONDAY_TEN} | facts
    return Facts(reported_at=clock(written.pop("at")), **written)


def tagged(condition, facts):
    book = town(
        "rules.yaml", "also:\n", f"also:\n  - id: x\n    when: {{{condition}}}\n    tags: [x]\n"
    )
    return "x" in decide(book, situation(facts)).tags


@pytest.mark.parametrize(("condition", "holds", "fails"), HOLDS)
def test_a_condition_holds_here_and_not_there(condition, holds, fails):
    assert tagged(condition, holds)
    assert fails is None or not tagged(condition, fails)


def test_every_word_of_the_language_is_tested_here():
    tried = {condition.split(":")[0] for condition, _, _ in HOLDS}
    lacking = set(OPERATORS) - tried
    assert not lacking, f"write into HOLDS of tests/rules/conditions/test_operators.py: {lacking}"
    assert tried <= set(OPERATORS)


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2026-11-27T23:00", True),  # Friday night
        ("2026-11-28T01:00", True),  # still the night that began on Friday
        ("2026-11-27T01:00", False),  # Thursday's night
        ("2026-11-28T23:00", False),
        ("2026-11-27T12:00", False),
    ],
)
def test_a_weekday_beside_hours_over_midnight_is_the_night_that_begins_on_it(at, holds):
    rule = (
        'rules:\n  - {id: night, when: {time_of_day: "22:00-06:00", weekday: [fri]}, lead: WATER}\n'
    )
    book = town("rules.yaml", "rules:\n", rule)
    assert (decide(book, Facts("hole", clock(at))).rule == "night") is holds


# condition, code and parameters of what is told about it; nothing: it is right as it stands
TOLD = [
    ("near: {lon: 180, lat: 90, within_m: 1}", None, {}),
    ("near: {lon: 180, lat: 90, within_m: 0}", "never_holds", {}),
    ("near: {lon: -180, lat: -90, within_m: 20000000}", None, {}),
    ("near: {lon: 180.5, lat: 0, within_m: 9}", "not_degrees", {"lon": "180.5", "lat": "0.0"}),
    ("near: {lon: 0, lat: -90.5, within_m: 9}", "not_degrees", {"lon": "0.0", "lat": "-90.5"}),
    ("near: {lon: 0, lat: 0, within_m: -1}", "never_holds", {}),
    ("repeat: {within_days: 1}", None, {}),
    ("repeat: {within_days: 366, at_least: 1}", None, {}),
    ("repeat: {within_days: 0}", "days_range", {"seen": "0", "most": "366"}),
    ("repeat: {within_days: 367}", "days_range", {"seen": "367", "most": "366"}),
    ("repeat: {within_days: 7, at_least: 0}", "always_holds", {}),
    ("photos: {at_least: 2, at_most: 2}", None, {}),
    ("photos: {at_least: 3, at_most: 2}", "empty_interval", {"low": "3", "high": "2"}),
    ("photos: {at_most: -1}", "empty_interval", {"low": "0", "high": "-1"}),
    ("photos: -1", "never_holds", {}),
    ("photos: 0", None, {}),
    ("photos: {at_least: 1}", None, {}),
    ("photos: {at_least: 0}", "always_holds", {}),
    ("photos: {at_least: 0, at_most: 1}", None, {}),
    ("text: {}", "empty_condition", {}),
    ("text: {contains_any: []}", "empty_list", {}),
    ("text: {contains_all: []}", "always_holds", {}),
    ('text: {contains_any: [a, " "]}', "always_holds", {}),
    ("source: []", "empty_list", {}),
    ("time_of_day: []", "empty_list", {}),
    ("dates: {from: 2026-01-02, to: 2026-01-01}", "empty_interval", {"low": "2026-01-02", "high": "2026-01-01"}),
    ("dates: {from: 2026-01-01, to: 2026-01-01}", None, {}),
    ("answer: {}", "empty_condition", {}),
    ("answer: {depth: {}}", "empty_condition", {}),
    ("answer: {urgency: []}", "empty_list", {}),
    ("answer: {urgency: [danger, dangr]}", "unknown_choice", {"seen": "dangr", "hint": "danger"}),
    ("answer: {depth: {asked: false}}", "asked_true_only", {}),
    ("all: []", "empty_condition", {}),
    ("any: []", "empty_condition", {}),
    ("not: {}", "empty_condition", {}),
    ("photo: 1", "unknown_operator", {"seen": "photo", "hint": "photos"}),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "code", "params"), TOLD)
def test_what_cannot_be_meant_is_told(condition, code, params):
    faults = PlaybookFaults()
    node = read(f"{{{condition}}}".encode(), "rules.yaml", faults)
    book = town()
    fields = {"urgency": frozenset({"danger", "ordinary"}), "depth": None}
    read_condition(
        node, Vocabulary(faults, fields, {}, {}, frozenset(), book.calendars["town"].plan)
    )
    found = [(each.code, dict(each.params)) for each in (*faults.found, *faults.remarks)]
    assert found == ([(code, params)] if code else [])
