"""What no list of values can prove is a warning: words, times and places that look wider."""

from datetime import date

import pytest
from town import as_bytes, with_change

from dispatch.rules.proving.checks import check

POINT = "lon: 114.05, lat: 22.55"
WIDER = [
    ("text: {contains_any: [gas, smoke]}", "text: {contains_any: [gas]}"),
    ("text: {contains_any: [gas]}", "text: {contains_any: [Gas leak]}"),
    ("text: {contains_any: [gas]}", "text: {contains_all: [gas, cellar]}"),
    ("text: {contains_all: [gas]}", "text: {contains_all: [cellar, gas]}"),
    ("text: {contains_any: [under the bridge]}", "text: {contains_all: [gas, under the bridge]}"),
    ("text: {contains_any: [gas]}", f"text: {{contains_all: [gas, {'very ' * 100}long]}}"),
    ('time_of_day: "20:00-08:00"', 'time_of_day: "22:00-06:00"'),
    ('time_of_day: ["06:00-12:00", "12:00-18:00"]', 'time_of_day: "09:00-15:00"'),
    ("dates: {from: 2026-01-01}", "dates: {from: 2026-05-01, to: 2026-05-07}"),
    ("season: {from: 05-01, to: 10-31}", "season: {from: 06-01, to: 07-31}"),
    (f"near: {{{POINT}, within_m: 500}}", f"near: {{{POINT}, within_m: 200}}"),
    ("near: {lon: 114.05, lat: 22.551, within_m: 500}", f"near: {{{POINT}, within_m: 200}}"),
    ("repeat: {within_days: 30}", "repeat: {within_days: 7, at_least: 2}"),
    ("zone: [school]", "zone: school, photos: {at_least: 1}"),
]
NARROWER = [
    ("text: {contains_any: [gas]}", "text: {contains_any: [gas, smoke]}"),
    ("text: {contains_all: [gas, cellar]}", "text: {contains_all: [gas]}"),
    ('time_of_day: "22:00-06:00"', 'time_of_day: "20:00-08:00"'),
    ("dates: {to: 2026-05-07}", "dates: {from: 2026-05-01}"),
    ("season: {from: 11-01, to: 02-28}", "season: {from: 12-01, to: 12-31}"),
    (f"near: {{{POINT}, within_m: 200}}", f"near: {{{POINT}, within_m: 500}}"),
    ("near: {lon: 114.06, lat: 22.55, within_m: 500}", f"near: {{{POINT}, within_m: 500}}"),
    ("repeat: {within_days: 7}", "repeat: {within_days: 30}"),
    ("text: {contains_any: [gas]}, photos: {at_least: 2}", "text: {contains_any: [gas]}"),
]


def doubts(first, second):
    rules = "".join(
        f"  - {{id: r{n}, when: {{category: noise, {when}}}, lead: WATER, basis: rule}}\n"
        for n, when in enumerate((first, second))
    )
    files = as_bytes(with_change("rules.yaml", "rules:\n", f"rules:\n{rules}"))
    found = check(files, date(2026, 11, 23))
    return {(f.path, f.code, f.level) for f in found if "shadow" in f.code}


@pytest.mark.parametrize(("first", "second"), WIDER)
def test_a_rule_behind_one_that_looks_wider_is_worth_a_look(first, second):
    found = doubts(first, second)
    assert {place for place, _, _ in found} == {"rules[1]"}
    if "zone" not in first:
        assert found == {("rules[1]", "maybe_shadowed", "warning")}


@pytest.mark.parametrize(("first", "second"), NARROWER)
def test_a_rule_that_takes_more_than_the_one_before_is_fine(first, second):
    assert doubts(first, second) == set()


def test_the_warning_names_both_rules():
    files = with_change(
        "rules.yaml",
        "rules:\n",
        "rules:\n"
        "  - {id: wide, when: {category: noise, text: {contains_any: [a]}}, lead: WATER}\n"
        "  - {id: narrow, when: {category: noise, text: {contains_any: [ab]}}, lead: ROADS}\n",
    )
    [fault] = [f for f in check(as_bytes(files), date(2026, 11, 23)) if f.code == "maybe_shadowed"]
    assert fault.sentence("en") == (
        "rules.yaml:3:5: rules[1]: rule narrow can probably never match: wide before it looks "
        "wider; check their order"
    )
