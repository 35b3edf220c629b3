"""Each kind of mistake that a clerk can make: its exact place, and a sentence that helps."""

# ruff: noqa: E501 - a table is read by its columns

import pytest
from town import FILES, as_bytes, faults_of, town

from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused

# file, what is changed, into what, then line, column, path and code of the fault
MISTAKES = [
    ("rules.yaml", "lead: ROADS", "leed: ROADS", 6, 5, "rules[1]", "missing_key"),
    ("rules.yaml", "lead: ROADS", "lead: ROAD", 8, 11, "rules[1].lead", "unknown_unit"),
    ("rules.yaml", "holes}", "hoels}", 7, 22, "rules[1].when.category", "unknown_category"),
    ("rules.yaml", "answer", "anser", 3, 28, "rules[0].when.anser", "unknown_operator"),
    ("rules.yaml", "depth", "dept", 3, 37, "rules[0].when.answer.dept", "unknown_field"),
    ("rules.yaml", "at_least: 2", "atleast: 2", 3, 45, "rules[0].when.answer.depth.atleast", "unknown_comparison"),
    ("rules.yaml", "at_least: 2", "at_least: two", 3, 55, "rules[0].when.answer.depth.at_least", "not_number"),
    ("rules.yaml", "id: holes", "id: deep", 6, 9, "rules[1].id", "twice"),
    ("rules.yaml", "{category: leak}", "{}", 11, 11, "rules[2].when", "empty_condition"),
    ("rules.yaml", "category: leak", "category: []", 11, 22, "rules[2].when.category", "empty_list"),
    ("rules.yaml", "photos: {at_least: 1}", "photos: {at_least: 3, at_most: 1}", 16, 45, "also[0].when.photos", "empty_interval"),
    ("rules.yaml", "mode: required", "mode: must", 17, 48, "also[0].supports[1].mode", "unknown_mode"),
    ("rules.yaml", "otherwise:\n  lead: the_street\n  needs_person: true\n", "", 1, 1, "", "missing_key"),
    ("rules.yaml", "needs_person: true", "needs_person: yes", 20, 17, "otherwise.needs_person", "not_flag"),
    ("departments.yaml", "parent: ROADS", "parent: ROAD", 3, 36, "units.ROADS-TEAM.parent", "unknown_unit"),
    ("departments.yaml", "WATER: {label", "WATER: {parent: WATER, label", 4, 10, "units.WATER", "circle"),
    ("departments.yaml", "  WATER:", "  ROADS:", 4, 3, "units.ROADS", "duplicate_key"),
    ("departments.yaml", "  WATER:", "  south:", 4, 10, "units.south", "twice"),
    ("places.geojson", '"id": "south"}', '"di": "south"}', 7, 35, "features[2].properties", "missing_key"),
    ("places.geojson", '"id": "south"', '"id": "north"', 7, 1, "features[2]", "twice"),
    ("places.geojson", '"features"', '"faetures"', 1, 1, "", "missing_key"),
    ("categories.yaml", "label: Holes, parent: street-things", "label: Holes, parent: holes", 8, 33, "groups.holes.parent", "unknown_group"),
    ("categories.yaml", "{label: In the street}", "{label: In the street, parent: holes}", 7, 18, "groups.street-things", "circle"),
    ("promises.yaml", "promises: {accept", "promises: [accept", 4, 67, "", "not_yaml"),
    ("rules.yaml", "id: leaks", "id: otherwise", 10, 9, "rules[2].id", "twice"),
    ("ladders.yaml", "life_safety: urgent", "life_safety: urgnt", 2, 14, "life_safety", "unknown_ladder"),
    ("cases.yaml", "{category: hole}", "{category: hole, answers: {dept: 1}}", 3, 39, "cases[0].given.answers.dept", "unknown_field"),
    ("cases.yaml", "{category: hole}", "{category: hole, answers: {urgency: [dangr]}}", 3, 49, "cases[0].given.answers.urgency[0]", "unknown_choice"),
    ("district.yaml", '"119"', "119", 10, 14, "emergency[0].number", "not_text"),
    ("district.yaml", "Asia/Shanghai", "Asia/Schanghai", 3, 11, "timezone", "unknown_timezone"),
    ("district.yaml", "parent: north,", "parent: north-1,", 13, 38, "areas.north-1.parent", "unknown_unit"),
    ("district.yaml", "kind: grid", "kind: street", 14, 14, "areas.north-1-1", "wrong_parent"),
    ("calendars.yaml", '"09:00-12:00"', '"9-12"', 7, 18, "calendars.town.week.mon[0]", "not_clock_span"),
    ("calendars.yaml", "2026-11-24", "2026-11-31", 8, 16, "calendars.town.holidays[0]", "not_date"),
    ("calendars.yaml", "[2026-11-29]", "[2026-11-24]", 4, 5, "calendars.town", "impossible_calendar"),
    ("promises.yaml", "2 work_hours", "2 workhours", 4, 38, "promises.sign", "not_limit"),
    ("promises.yaml", "sign:", "sing:", 4, 32, "promises.sing", "unknown_clock"),
    ("ladders.yaml", "to: [lead]", "to: []", 4, 33, "ladders.usual.rungs[0]", "no_recipient"),
    ("ladders.yaml", "80%", "eighty", 4, 38, "ladders.usual.rungs[0].at", "not_moment"),
    ("ladders.yaml", "do: urge", "do: shout", 5, 49, "ladders.urgent.rungs[0].do", "unknown_rung_action"),
    ("categories.yaml", "urgency: danger", "urgency: dangr", 17, 34, "categories.hole.limits[0].when.answer.urgency", "unknown_choice"),
    ("categories.yaml", "severity: 1", "severity: 5", 18, 19, "categories.hole.limits[0].severity", "severity_range"),
    ("categories.yaml", "group: holes", "group: hole", 12, 12, "categories.hole.group", "unknown_group"),
    ("categories.yaml", "limits: [{promises: {}}]", "limits: []", 26, 5, "categories.leak", "no_limits"),
    ("labels.yaml", "whistle", "wistle", 1, 1, "wistle", "unknown_key"),
    ("places.geojson", '"id": "north"', '"id": "nort"', 2, 42, "features[0].properties.id", "unknown_unit"),
    ("places.geojson", "[114.1, 22.6], [114.0, 22.6]", "[114.0, 22.6], [114.1, 22.6]", 2, 64, "features[0].geometry", "invalid_polygon"),
    ("cases.yaml", "category: hole", "category: hoel", 3, 23, "cases[0].given.category", "unknown_category"),
    ("cases.yaml", "{lead: ROADS}", "{leed: ROADS}", 4, 14, "cases[0].expect.leed", "unknown_key"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "column", "path", "code"), MISTAKES)
def test_a_mistake_is_told_with_its_place(file, old, new, line, column, path, code):
    found = [(f.file, f.line, f.column, f.path, f.code) for f in faults_of(file, old, new)]
    assert (file, line, column, path, code) in found


@pytest.mark.parametrize(("file", "old", "new"), [mistake[:3] for mistake in MISTAKES])
def test_every_mistake_has_a_sentence_in_both_languages(file, old, new):
    for fault in faults_of(file, old, new):
        for language in ("zh_Hans_CN", "en"):
            assert fault.sentence(language).startswith(f"{fault.file}:{fault.line}:")


def test_a_slip_of_the_pen_gets_the_right_word():
    [fault] = faults_of("rules.yaml", "lead: ROADS", "lead: ROAD")
    assert fault.sentence("en") == (
        "rules.yaml:8:11: rules[1].lead: there is no unit ROAD (did you mean ROADS?)"
    )
    assert fault.sentence("zh_Hans_CN") == (
        "rules.yaml:8:11: rules[1].lead: 没有 ROAD 这个单位（是不是想写 ROADS？）"
    )


def test_faults_of_all_files_are_told_at_once():
    files = dict(FILES)
    files["rules.yaml"] = files["rules.yaml"].replace("lead: ROADS", "lead: ROAD")
    files["promises.yaml"] = files["promises.yaml"].replace("2 days", "2 dayz")
    files["cases.yaml"] = files["cases.yaml"].replace("lead: ROADS", "lead: ROADZ")
    with pytest.raises(PlaybookRefused) as refused:
        load(as_bytes(files))
    assert [fault.file for fault in refused.value.faults] == [
        *("cases.yaml", "promises.yaml", "rules.yaml"),
    ]


def test_missing_and_unreadable_files_hide_what_refers_to_them():
    files = as_bytes(FILES) | {"departments.yaml": b"units: ["}
    del files["ladders.yaml"]
    with pytest.raises(PlaybookRefused) as refused:
        load(files)
    assert {(fault.file, fault.code) for fault in refused.value.faults} == {
        ("departments.yaml", "not_yaml"),
        ("ladders.yaml", "missing_file"),
    }


def test_a_changed_byte_is_another_playbook():
    assert town().hash == town().hash
    assert town("labels.yaml", "Order", "Ordre").hash != town().hash
