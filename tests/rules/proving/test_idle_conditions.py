"""Conditions that join to never or always, and rules and parts of them that do nothing."""

from datetime import date

import pytest
from town import as_bytes, with_change

from dispatch.rules.proving.checks import check

TODAY = date(2026, 11, 23)
SAID = {"no_effect", "not_of_others", "every_choice", "never_holds_beside"}
SAID |= {"always_holds", "never_holds", "nameless_outline"}


def told(files):
    found = check(as_bytes(files), TODAY)
    return {(each.code, each.level) for each in found if each.code in SAID}


def of_condition(when, does="tags: [x]"):
    rule = f"also:\n  - {{id: tried, when: {{{when}}}, {does}}}\n"
    return told(with_change("rules.yaml", "also:\n", rule))


NEVER = [
    "all: [{day: holiday}, {office_hours: true}]",
    "day: [off, holiday], office_hours: true",
    "all: [{street: north}, {place_known: false}]",
    "any: [{all: [{street: north}, {place_known: false}]}, {photos: {at_least: 1}}]",
]
ALWAYS = [
    'any: [{time_of_day: "22:00-08:00"}, {time_of_day: "08:00-22:00"}]',
    'any: [{time_of_day: "22:00-08:00"}, {time_of_day: ["08:00-12:00", "12:00-22:00"]}]',
    "any: [{weekday: [mon, tue, wed, thu]}, {weekday: [fri, sat, sun]}]",
    "any: [{office_hours: true}, {office_hours: false}]",
    "any: [{life_safety: true}, {not: {life_safety: true}}]",
]
SOMETIMES = [
    "all: [{day: working}, {office_hours: true}]",
    "all: [{day: [holiday, make_up]}, {office_hours: true}]",
    "all: [{day: weekend}, {office_hours: true}]",
    "all: [{day: holiday}, {office_hours: false}]",
    "all: [{street: north}, {place_known: true}]",
    'any: [{time_of_day: "22:00-08:00"}, {time_of_day: "08:00-21:59"}]',
    "any: [{weekday: [mon, tue, wed, thu]}, {weekday: [fri, sat]}]",
    "any: [{office_hours: true}, {day: holiday}]",
]


@pytest.mark.parametrize("when", NEVER)
def test_what_cannot_hold_together_is_told(when):
    assert of_condition(when) == {("never_holds_beside", "error")}


@pytest.mark.parametrize("when", ALWAYS)
def test_what_leaves_nothing_out_is_told(when):
    assert of_condition(when) == {("always_holds", "error")}


@pytest.mark.parametrize("when", SOMETIMES)
def test_what_holds_now_and_then_is_fine(when):
    assert of_condition(when) == set()


def test_an_office_that_is_open_on_holidays_may_be_asked_for_then():
    rule = "also:\n  - {id: tried, when: {day: holiday, office_hours: true}, tags: [x]}\n"
    files = with_change("rules.yaml", "also:\n", rule)
    always = files["calendars.yaml"].replace(
        "    holidays:", "    open_on_holidays: true\n    holidays:"
    )
    assert told(files | {"calendars.yaml": always}) == set()


@pytest.mark.parametrize("does", ["note: nothing", "basis: rule"])
def test_an_added_rule_that_adds_nothing_is_worth_a_look(does):
    assert of_condition("category: hole", does) == {("no_effect", "warning")}


@pytest.mark.parametrize("does", ["severity: 1", "life_safety: true", "supports: [WATER]"])
def test_an_added_rule_that_adds_something_is_fine(does):
    assert of_condition("category: hole", does) == set()


def test_a_denial_of_other_kinds_does_nothing():
    idle = {("not_of_others", "warning")}
    assert of_condition("category: hole, not: {category: leak}") == idle
    assert of_condition("all: [{street: north}, {not: {street: south}}]") == idle
    assert of_condition("category: street-things, not: {category: leak}") == set()
    assert of_condition("category: hole, not: {street: south}") == set()


def test_an_answer_that_lists_every_choice_leaves_nobody_out():
    every = {("every_choice", "warning")}
    assert of_condition("category: hole, answer: {urgency: [danger, ordinary]}") == every
    assert of_condition("category: hole, answer: {urgency: danger}") == set()
    assert of_condition("category: hole, answer: {urgency: {asked: true}}") == set()


def test_an_outline_without_properties_is_worth_a_look():
    zone = '"properties": {"zone": "school", "label": "School"}'
    files = with_change("places.geojson", zone, '"properties": null')
    assert told(files) == {("nameless_outline", "warning")}
