"""What somebody sees before they publish: rules, limits, routes and units that differ."""

# ruff: noqa: E501 - a table is read by its columns

from dataclasses import fields

import pytest
from town import as_bytes, town, with_change

from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.rules.book.category import Category, FormField, Limits
from dispatch.rules.book.district import District, Unit
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.proving.differences import KINDS, differences
from dispatch.rules.proving.plain_values import plain_playbook
from dispatch.translations import LANGUAGES, catalogue


def seen(file, old, new):
    """What differs between the small playbook and the same changed in one place."""
    return {(each.kind, each.id): (each.before, each.after) for each in _all(file, old, new)}


def _all(file, old, new):
    return list(differences(town(), town(file, old, new)))


def test_a_playbook_does_not_differ_from_itself():
    assert _all("labels.yaml", "", "") == []


def test_another_lead_is_a_rule_and_its_routes_that_differ():
    found = seen("rules.yaml", "lead: ROADS", "lead: WATER")
    assert found.keys() == {
        ("rule", "holes"),
        ("route", "hole"),
        ("route", "hole danger"),
        ("route", "hole ordinary"),
        ("route", "Holes go to the road people"),
    }
    before, after = found["rule", "holes"]
    assert (before["lead"], after["lead"]) == ("ROADS", "WATER")
    assert found["route", "hole danger"] == (
        {"lead": "ROADS", "rule": "holes"},
        {"lead": "WATER", "rule": "holes"},
    )


def test_moving_a_rule_down_a_line_is_no_difference():
    assert seen("rules.yaml", "rules:\n", "rules:\n  # a remark\n") == {}


def test_a_changed_condition_is_shown_before_and_after():
    [(before, after)] = seen("rules.yaml", "at_least: 2", "at_least: 3").values()
    assert before["when"] == {"all": [{"category": ["hole"]}, {"answer.depth": {"at_least": 2}}]}
    assert after["when"] == {"all": [{"category": ["hole"]}, {"answer.depth": {"at_least": 3}}]}


def test_a_changed_limit_is_told_by_category_variant_and_clock():
    assert seen("categories.yaml", "dispose: 2 hours", "dispose: 90 minutes") == {
        ("limit", "hole 0 dispose"): ("2 hours (town)", "90 minutes (town)")
    }


def test_rules_in_another_order_are_told_because_the_first_decides():
    wide = "  - id: deep\n    when: {category: hole, answer: {depth: {at_least: 2}}}\n"
    found = seen(
        "rules.yaml",
        "rules:\n" + wide + "    lead: WATER\n    basis: rule\n  - id: holes\n"
        "    when: {category: holes}\n    lead: ROADS\n    basis: rule\n",
        "rules:\n  - id: holes\n    when: {category: holes}\n    lead: ROADS\n    basis: rule\n"
        + wide
        + "    lead: WATER\n    basis: rule\n",
    )
    assert found == {
        ("order", "holes"): (["deep", "holes", "leaks"], ["holes", "deep", "leaks"]),
    }


def test_units_and_categories_that_come_or_go():
    assert seen("departments.yaml", "  WATER:", "  PARKS: {label: Parks}\n  WATER:") == {
        ("units", "PARKS"): (None, True)
    }


OF_FIELDS = [
    ("district.yaml", '"119"', '"112"', "emergency", "district.emergency.119", True),
    ("district.yaml", "Asia/Shanghai", "Europe/Paris", "timezone", "district.timezone", False),
    ("calendars.yaml", "[2026-11-24]", "[2026-11-30]", "holidays", "calendars.town.holidays", False),
    ("calendars.yaml", "14:00-18:00", "14:00-17:00", "hours", "calendars.town.week.0", False),
    ("promises.yaml", "after_hours: 72", "after_hours: 96", "cards", "cards.red.seconds", False),
    ("places.geojson", "[114.1, 22.6]", "[114.1, 22.61]", "map", "places.north.outline", False),
    ("categories.yaml", "severity: 3", "severity: 2", "severity", "categories.hole.limits.1.severity", False),
    ("categories.yaml", "{required: true}", "{}", "question", "categories.hole.fields.urgency.required", False),
    ("categories.yaml", "none", "none\n    closing: after_photo", "closing", "categories.noise.closing", False),
    ("categories.yaml", "none", "none\n    household: true", "privacy", "categories.noise.household", True),
    ("categories.yaml", "life_safety: true", "life_safety: false", "life_safety", "categories.hole.life_safety", True),
    ("departments.yaml", "ROADS-TEAM: {kind: team, parent: ROADS", "ROADS-TEAM: {kind: team, parent: WATER", "organisation", "units.ROADS-TEAM.parent", False),
    ("cases.yaml", "Holes go", "Every hole goes", "case", "cases.Holes go to the road people", False),
    ("district.yaml", "areas:\n", 'hotlines: [{number: "96333", label: Lifts}]\nareas:\n', "emergency", "district.hotlines", True),
    ("district.yaml", "areas:\n", "life_words: [{words: [fire]}]\nareas:\n", "life_words", "district.life_words.lists", True),
    ("district.yaml", "areas:\n", "denials: {before: [no]}\nareas:\n", "life_words", "district.life_words.denials.before", True),
    ("district.yaml", "areas:\n", "danger: {title: Call}\nareas:\n", "life_words", "district.danger.title", True),
    ("categories.yaml", "none", 'none\n    emergency: ["119"]', "emergency", "categories.noise.emergency", True),
    ("categories.yaml", "none", "none\n    accusation: true", "accusation", "categories.noise.accusation", True),
    ("categories.yaml", "none", "none\n    words: [music]", "category", "categories.noise.words", False),
    ("labels.yaml", "发令", "传令", "word", "labels.whistle.zh", False),
    ("ladders.yaml", "80%", "70%", "ladder", "ladders.usual.rungs.0.at", False),
    ("ladders.yaml", "default: usual", "default: urgent", "field", "default_ladder", False),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "kind", "path", "danger"), OF_FIELDS)
def test_a_field_that_changed_is_told_with_its_path(file, old, new, kind, path, danger):
    found = {(each.kind, each.id): each.danger for each in _all(file, old, new)}
    assert found[kind, path] is danger


@pytest.mark.parametrize(
    ("old", "new", "danger"),
    [
        ("2 hours", "3 hours", True),
        ("2 hours", "90 minutes", False),
        ("3 work_days", "3 days", False),
        ("3 work_days", "20 days", True),
        ("2 hours", "1 work_hours", True),
    ],
)
def test_a_limit_that_can_end_later_is_dangerous_whatever_its_unit(old, new, danger):
    [limit] = _all("categories.yaml", f"dispose: {old}", f"dispose: {new}")
    assert (limit.kind, limit.danger) == ("limit", danger)


def test_words_of_danger_are_told_one_by_one_as_they_are_written():
    said = "word_groups: {people: [man, child]}\nlife_words: [{words: [%s], unless: [fire drill]}]\nareas:\n"
    old, new = (
        with_change("district.yaml", "areas:\n", said % words)
        for words in ("fire, gas…smell|leak", "fire, <people>…stuck")
    )
    [found] = differences(load(as_bytes(old)), load(as_bytes(new)))
    assert found.id == "district.life_words.lists.0.words"
    assert (found.before, found.after) == (["gas…(smell|leak)"], ["(man|child)…stuck"])


def test_a_first_response_that_goes_is_dangerous():
    called = "supports: [{unit: the_street, mode: first}]"
    old = with_change("rules.yaml", "supports: [the_street", called[:-1] + ", WATER")
    new = with_change("rules.yaml", "supports: [the_street", "supports: [the_street, WATER")
    [found] = [
        each
        for each in differences(load(as_bytes(old)), load(as_bytes(new)))
        if each.kind == "rule"
    ]
    assert found.danger


def test_what_is_dangerous_comes_first():
    old, new = with_change("district.yaml", '"119"', '"112"'), with_change("labels.yaml", "", "")
    old["rules.yaml"] = old["rules.yaml"].replace("lead: ROADS", "lead: WATER")
    old["cases.yaml"] = old["cases.yaml"].replace("ROADS", "WATER")
    found = differences(load(as_bytes(new)), load(as_bytes(old)))
    assert [each.kind for each in found][:3] == ["emergency", "emergency", "rule"]


def test_the_order_of_questions_is_a_difference():
    found = seen(
        "categories.yaml",
        "      urgency: {required: true}\n      depth: {kind: number, label: Depth}\n",
        "      depth: {kind: number, label: Depth}\n      urgency: {required: true}\n",
    )
    assert found["question", "categories.hole.fields.order"] == (
        ["urgency", "depth"],
        ["depth", "urgency"],
    )


def test_no_field_of_the_compiled_values_is_left_out():
    """A field that somebody adds is compared without a line of code: here is where it would miss."""
    told = plain_playbook(town())
    assert told.keys() == names(Playbook) - {"hash", "written", "remarks", "former"}
    assert told["district"].keys() == names(District)
    assert told["units"]["ROADS"].keys() == names(Unit)
    assert told["categories"]["hole"].keys() == names(Category) - {"source"}
    assert told["categories"]["hole"]["fields"]["depth"].keys() == names(FormField)
    assert told["categories"]["hole"]["limits"]["0"].keys() == names(Limits) - {"source"}
    assert told["calendars"]["town"].keys() == names(CalendarPlan)


def names(kind):
    return {each.name for each in fields(kind)}


def test_every_kind_of_field_has_its_sentence():
    for language in LANGUAGES:
        for kind in {kind for _, kind in KINDS} | {"field", "danger", "others"}:
            assert f"playbook.diff.{kind}" in catalogue(language)
