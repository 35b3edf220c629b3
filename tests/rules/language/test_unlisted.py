"""Several ids, dates or spans of time in one element: told as such, wherever a list stands."""

import pytest
from town import faults_of

SPANS = '["09:00-12:00", "14:00-18:00"]'
SUPPORTS = "supports: [the_street, {unit: WATER, mode: required}]"
# Where it stands, what was meant, what somebody wrote, and how it has to be written.
JOINED = [
    ("rules.yaml", SUPPORTS, "supports: [the_street，WATER]", "the_street, WATER"),
    ("rules.yaml", SUPPORTS, "supports: the_street，WATER", "[the_street, WATER]"),
    ("rules.yaml", SUPPORTS, "supports:\n      - the_street，WATER", "the_street, WATER"),
    ("rules.yaml", SUPPORTS, "supports: [Roads，Water]", "ROADS, WATER"),
    ("rules.yaml", "category: leak", "category: [leak、hole]", "leak, hole"),
    ("rules.yaml", "photos: {at_least: 1}", "street: [north；south]", "north, south"),
    ("rules.yaml", "photos: {at_least: 1}", "zone: [school，park]", "school, park"),
    ("rules.yaml", "photos: {at_least: 1}", "weekday: [mon，tue]", "mon, tue"),
    ("categories.yaml", "urgency: danger", "urgency: [danger， ordinary]", "danger, ordinary"),
    ("ladders.yaml", "to: [lead]", "to: [lead，handler]", "lead, handler"),
    ("calendars.yaml", "[2026-11-24]", "[2026-11-24，2026-11-25]", "2026-11-24, 2026-11-25"),
    ("calendars.yaml", SPANS, '["09:00-12:00，14:00-18:00"]', '"09:00-12:00", "14:00-18:00"'),
    ("district.yaml", "language: en", "language: en\nlanguages: [en，nl]", "en, nl"),
    (
        "district.yaml",
        "areas:\n",
        "life_words: [{words: [fire], shows: [119，120]}]\nareas:\n",
        '"119", "120"',
    ),
    (
        "cases.yaml",
        "{category: hole}",
        "{category: hole, answers: {urgency: [danger，ordinary]}}",
        "danger, ordinary",
    ),
]


@pytest.mark.parametrize(("file", "meant", "written", "wanted"), JOINED)
def test_a_full_width_comma_between_two_is_told_with_both_as_they_have_to_be_written(
    file, meant, written, wanted
):
    [fault] = [each for each in faults_of(file, meant, written) if each.file == file]
    assert (fault.code, fault.params["parts"]) == ("joined_by_wide", wanted)
    assert "全角" in fault.sentence("zh_Hans_CN")


ALONE = [
    ("rules.yaml", "lead: ROADS", "lead: ROADS，WATER"),
    ("departments.yaml", "parent: ROADS", "parent: ROADS、WATER"),
    ("categories.yaml", "group: holes", "group: holes，street-things"),
    ("cases.yaml", "lead: ROADS", "lead: ROADS，WATER"),
    ("ladders.yaml", "default: usual", "default: usual，urgent"),
    ("promises.yaml", "}\nsets:", "}\nsets:\n  slow: {promises: {sign: 2 days}, basis: rule，x}"),
]


@pytest.mark.parametrize(("file", "meant", "written"), ALONE)
def test_where_one_id_alone_can_stand_two_are_one_too_many(file, meant, written):
    [fault] = faults_of(file, meant, written)
    assert fault.code == "one_id_only"


def test_plain_commas_between_known_ids_join_them_where_each_has_its_own_line():
    [fault] = faults_of("rules.yaml", SUPPORTS, "supports:\n      - ROADS, WATER")
    assert (fault.code, fault.params["parts"]) == ("joined_ids", "[ROADS, WATER]")


def test_an_unknown_word_with_a_plain_comma_is_one_unknown_word():
    [fault] = faults_of("rules.yaml", SUPPORTS, "supports:\n      - ROADS, WATT")
    assert fault.code == "unknown_unit"


def test_a_full_width_comma_at_the_end_joins_nothing():
    [fault] = faults_of("rules.yaml", SUPPORTS, "supports: [WATER，]")
    assert (fault.code, fault.params["hint"]) == ("unknown_unit", "WATER")
