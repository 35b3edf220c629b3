"""Each comparison of the language, on both sides of its border."""

# ruff: noqa: E501 - a table is read by its columns

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from town import town

from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.deciding.engine import decide

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
