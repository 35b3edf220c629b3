"""One cause, one fault: what only refers to a faulty definition is not told beside it."""

from collections import Counter

import pytest
from town import FILES, as_bytes

from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused

# A town in which everything that can be named is named from elsewhere as well.
TOWN = FILES | {
    "district.yaml": FILES["district.yaml"].replace(
        "areas:\n",
        "hotlines: [{number: '95598', label: Power}]\nword_groups: {people: [child]}\n"
        "life_words: [{words: [<people>…hurt], shows: ['119', '95598']}]\nareas:\n",
    ),
    "calendars.yaml": FILES["calendars.yaml"]
    + "  duty: {version: '1', first: 2026-01-01, last: 2027-12-31, week: {mon: ['08:00-22:00']}}\n",
    "departments.yaml": FILES["departments.yaml"].replace(
        "{label: Water}", "{label: Water, calendar: duty}"
    ),
    "promises.yaml": FILES["promises.yaml"].replace(
        "accept: 30 minutes", "accept: {limit: 2 work_hours, calendar: duty}"
    ),
    "categories.yaml": FILES["categories.yaml"]
    .replace("visit: none", "visit: none\n    emergency: ['119', '95598']")
    .replace("limits: [{promises: {}}]", "limits: [{promises: quick}]", 1),
    "rules.yaml": FILES["rules.yaml"].replace(
        "photos: {at_least: 1}", "street: north, zone: school"
    ),
    "cases.yaml": FILES["cases.yaml"]
    .replace("{category: hole}", "{category: hole, street: north, answers: {urgency: danger}}")
    .replace("{lead: ROADS}", "{lead: ROADS, rule: holes}"),
}
TWICE = ["missing_key", "unknown_key"]
# What is changed in the town, and the codes of all that is told then, in the order of places.
FAULTS = [
    ("district.yaml", 'number: "119"', 'number: "l19"', ["not_phone_number"]),
    ("district.yaml", 'number: "119"', "number: abc", ["not_phone_number"]),
    ("district.yaml", 'number: "119"', "number: 119", ["not_text"]),
    ("district.yaml", 'number: "119"', f'number: "{"119" * 9}"', ["not_phone_number"]),
    ("district.yaml", 'number: "119"', "number: １１９", ["not_phone_number"]),
    ("district.yaml", 'number: "119"', 'nummer: "119"', TWICE),
    ("district.yaml", "number: '95598'", "number: 9559S", ["not_phone_number"]),
    ("district.yaml", "hotlines:", "hotline:", ["unknown_key"]),
    ("district.yaml", "word_groups:", "word_group:", ["unknown_key"]),
    ("district.yaml", "areas:", "area:", ["unknown_key"]),
    ("district.yaml", "  north: {", "  north：: {", ["faulty_id"]),
    ("departments.yaml", "units:", "unit:", TWICE),
    ("departments.yaml", "  ROADS: {", '  "ROADS ": {', ["faulty_id"]),
    ("places.geojson", '"zone": "school"', '"zome": "school"', ["missing_key"]),
    ("places.geojson", '"zone": "school"', '"zone": 5', ["not_text"]),
    ("calendars.yaml", "calendars:", "calender:", TWICE),
    ("calendars.yaml", "duty: {", "duty，: {", ["faulty_id"]),
    ("calendars.yaml", "'1', first: 2026", "'1', first: 2028", ["impossible_calendar"]),
    ("promises.yaml", "bases:", "base:", TWICE),
    ("promises.yaml", "sets:", "set:", ["unknown_key"]),
    ("promises.yaml", "  quick:", "  quick、:", ["faulty_id"]),
    ("ladders.yaml", "ladders:", "lader:", TWICE),
    ("categories.yaml", "questions:", "question:", ["unknown_key"]),
    ("categories.yaml", "groups:", "group:", TWICE),
    ("categories.yaml", "  holes:", "  holes】:", ["faulty_id"]),
    ("categories.yaml", "categories:", "category:", TWICE),
    ("categories.yaml", "  hole:", "  hole；:", ["faulty_id"]),
    ("rules.yaml", "id: holes", "ID: holes", TWICE),
]  # fmt: skip


def told(file, old, new):
    assert old in TOWN[file], old
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(TOWN | {file: TOWN[file].replace(old, new, 1)}))
    return refused.value.faults


def test_the_town_itself_is_right():
    assert load(as_bytes(TOWN)).hash


@pytest.mark.parametrize(("file", "old", "new", "codes"), FAULTS)
def test_a_faulty_definition_is_told_alone(file, old, new, codes):
    faults = told(file, old, new)
    assert {fault.file for fault in faults} == {file}
    assert [fault.code for fault in faults] == codes


def test_a_slip_in_a_reference_is_told_with_the_right_word_though_something_else_is_wrong_there():
    """A unit without a name hides no unit."""
    wrong = TOWN | {
        "departments.yaml": TOWN["departments.yaml"].replace("{label: Roads}", "{lable: Roads}"),
        "rules.yaml": TOWN["rules.yaml"].replace("lead: ROADS", "lead: ROAD"),
    }
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(wrong))
    [slip] = [fault for fault in refused.value.faults if fault.code == "unknown_unit"]
    assert slip.params == {"seen": "ROAD", "hint": "ROADS"}


def test_the_number_that_nobody_defined_is_no_slip_for_one_that_looks_like_it():
    for fault in told("district.yaml", 'number: "119"', 'number: "112"'):
        assert (fault.code, fault.params) == (
            "unknown_number",
            {"seen": "119", "known": "112, 95598"},
        )


def test_what_a_new_playbook_may_not_have_is_told_beside_what_nobody_can_read():
    """Once for each place: of two things that are wrong there, the one that has to be mended."""
    both = TOWN | {
        "district.yaml": TOWN["district.yaml"].replace("95598'", "abc'", 1),
        "rules.yaml": TOWN["rules.yaml"].replace("lead: ROADS", "leed: ROADS"),
        "ladders.yaml": TOWN["ladders.yaml"].replace("to: [lead]", "to: [lead，handler]"),
    }
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(both))
    assert Counter(fault.code for fault in refused.value.faults) == {
        "not_phone_number": 1,
        "joined_by_wide": 1,
        "missing_key": 1,
        "unknown_key": 1,
    }


def test_of_a_thousand_wrong_references_the_cause_is_left():
    rules = "".join(
        f"  - {{id: more-{number}, when: {{category: leak}}, lead: ROADS, basis: rule}}\n"
        for number in range(1200)
    )
    many = TOWN | {
        "rules.yaml": TOWN["rules.yaml"].replace("also:", rules + "also:"),
        "departments.yaml": TOWN["departments.yaml"].replace("  ROADS: {", "  ROADS，: {"),
    }
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(many))
    assert {fault.code for fault in refused.value.faults} == {"faulty_id", "too_many_faults"}
