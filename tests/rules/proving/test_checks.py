"""The whole folder is looked at: what can never happen, what nobody reaches, what fails."""

# ruff: noqa: E501 - a table is read by its columns

import codecs
import json
from datetime import UTC, date, datetime

import pytest
from town import FILES, as_bytes, town, with_change

from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.checks import check
from dispatch.rules.telling.explain import sentences

TODAY = date(2026, 11, 23)
OK = {("rules.yaml", "rules_without_basis")}


def found(file="labels.yaml", old="", new="", today=TODAY):
    faults = check(as_bytes(with_change(file, old, new)), today)
    return {(fault.path, fault.code, fault.level) for fault in faults}


def rule(name, when, before="leaks"):
    """The small playbook with one more rule in front of another."""
    text = f"  - id: {name}\n    when: {when}\n    lead: WATER\n    basis: rule\n"
    return "rules.yaml", f"  - id: {before}\n", f"{text}  - id: {before}\n"


def test_a_sound_playbook_has_one_category_for_the_desk_and_no_error():
    assert found() == {("categories.noise", "category_unreached", "warning")}


SHADOWED = [
    "{category: hole}",
    "{category: hole, street: north}",
    "{category: hole, text: {contains_any: [x]}}",
    "{category: holes, any: [{street: north}, {photos: 2}]}",
]


@pytest.mark.parametrize("when", SHADOWED)
def test_a_rule_behind_one_that_takes_everything_is_an_error(when):
    assert ("rules[2]", "shadowed", "error") in found(*rule("late", when))


REACHABLE = [
    "{category: [hole, leak]}",
    "{category: noise}",
    "{street: north}",
    "{any: [{category: hole}, {category: noise}]}",
]


@pytest.mark.parametrize("when", REACHABLE)
def test_a_rule_with_something_left_to_match_is_none(when):
    assert ("rules[2]", "shadowed", "error") not in found(*rule("late", when))


def with_rules(*conditions: str):
    """Rules in front of all others, as (path, code) of what is wrong with them."""
    text = "".join(
        f"  - id: r{number}\n    when: {when}\n    lead: WATER\n    basis: rule\n"
        for number, when in enumerate(conditions)
    )
    faults = found("rules.yaml", "rules:\n", f"rules:\n{text}")
    return {(path, code) for path, code, _ in faults if code in {"shadowed", "contradiction"}}


def test_several_rules_together_can_take_everything():
    assert with_rules(
        "{category: noise, life_safety: true}",
        "{category: noise, life_safety: false}",
        "{category: noise, street: north}",
    ) == {("rules[2]", "shadowed")}


def test_the_streets_together_leave_the_places_without_a_street():
    assert not with_rules(
        "{category: noise, street: north}", "{category: noise, street: south}", "{category: noise}"
    )


def test_answers_together_leave_the_question_nobody_asked():
    assert not with_rules(
        "{category: noise, answer: {urgency: [danger, ordinary]}}", "{category: noise}"
    )


def test_part_of_a_set_is_taken_by_the_sets_before_it():
    assert with_rules(
        "{category: noise, street: north}",
        "{category: noise, street: [north, south]}",
        "{category: noise, street: south}",
    ) == {("rules[2]", "shadowed")}


def test_a_wider_interval_takes_a_narrower_one():
    assert with_rules(
        "{category: noise, photos: {at_least: 1}}", "{category: noise, photos: 2}"
    ) == {("rules[1]", "shadowed")}
    assert not with_rules(
        "{category: noise, photos: 2}", "{category: noise, photos: {at_least: 1}}"
    )


def test_an_interval_that_reaches_further_is_not_taken():
    assert not with_rules(
        "{category: noise, photos: {at_least: 1, at_most: 3}}",
        "{category: noise, photos: {at_least: 2}}",
    )


def test_the_opposite_of_a_condition_shadows_nothing():
    assert not with_rules(
        "{category: noise, not: {street: north}}", "{category: noise, street: south}"
    )


def test_a_rule_that_contradicts_itself_is_an_error():
    assert with_rules("{all: [{category: noise}, {category: leak}]}") == {
        ("rules[0]", "contradiction")
    }


DENIED = [
    ("{category: noise, not: {category: noise}}", "never_holds"),
    ("{category: noise, not: {category: [noise, leak]}}", "never_holds"),
    (
        "{category: [noise, leak], all: [{not: {category: noise}}, {not: {category: leak}}]}",
        "never_holds",
    ),
    ("{text: {contains_any: [x]}, not: {text: {contains_any: [x]}}}", "never_holds"),
    ("{photos: 2, not: {any: [{photos: 2}, {street: north}]}}", "never_holds"),
    ("{any: [{street: north}, {not: {street: north}}]}", "always_holds"),
    ("{not: {all: [{street: north}, {not: {street: north}}]}}", "always_holds"),
    ("{category: noise, not: {category: leak}}", None),
    ("{category: [noise, leak], not: {category: leak}}", None),
    ("{text: {contains_any: [x]}, not: {text: {contains_any: [y]}}}", None),
    ("{photos: 2, not: {all: [{photos: 2}, {street: north}]}}", None),
    ("{not: {street: north}}", None),
    ("{any: [{street: south}, {not: {street: north}}]}", None),
]


@pytest.mark.parametrize(("when", "told"), DENIED)
def test_what_contradicts_itself_through_not_is_told(when, told):
    faults = found("rules.yaml", "rules:\n", f"rules:\n{one_rule(when)}")
    codes = {code for path, code, _ in faults if path.startswith("rules[0]")}
    assert codes & {"never_holds", "always_holds"} == ({told} if told else set())


def one_rule(when):
    return f"  - id: odd\n    when: {when}\n    lead: WATER\n    basis: rule\n"


def test_a_failing_case_is_an_error_that_says_what_came_out():
    [fault] = check(as_bytes(with_change("cases.yaml", "{lead: ROADS}", "{lead: WATER}")), TODAY)[
        :1
    ]
    assert fault.sentence("en") == (
        "cases.yaml:2:5: cases[0]: case “Holes go to the road people” fails: "
        "lead should be WATER, it is ROADS"
    )
    assert fault.level == "error"


def test_a_warning_points_at_what_its_author_wrote():
    changes = {
        ("departments.yaml", "  WATER:", "  IDLE: {label: Idle}\n  WATER:"): (4, 3, "units.IDLE"),
        ("promises.yaml", "drafter: Li, ", ""): (2, 3, "bases.rule"),
        ("promises.yaml", "2099-12-31", "2026-01-01"): (2, 31, "bases.rule.review"),
        ("calendars.yaml", "2027-12-31", "2026-12-31"): (6, 11, "calendars.town.last"),
        ("calendars.yaml", "calendars:\n", "years: {}\ncalendars:\n"): None,
        ("cases.yaml", FILES["cases.yaml"], "# none\ncases: []\n"): (2, 8, "cases"),
    }
    for (file, old, new), wanted in changes.items():
        faults = check(as_bytes(with_change(file, old, new)), TODAY)
        places = [(each.line, each.column, each.path) for each in faults if each.file == file]
        assert places == ([wanted] if wanted else [])


def test_a_calendar_made_longer_by_a_notice_ends_where_the_notice_stands():
    text = 'years:\n  "2028": {source: x, holidays: [2028-01-03], working_days: []}\ncalendars:\n'
    files = as_bytes(with_change("calendars.yaml", "calendars:\n", text))
    [fault] = [each for each in check(files, date(2028, 12, 1)) if each.file == "calendars.yaml"]
    assert (fault.line, fault.path, fault.code) == (3, "years.2028", "calendar_ends")


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2027, 11, 16), None),
        (date(2027, 11, 17), "calendar_ends"),
        (date(2027, 12, 31), "calendar_ends"),
        (date(2028, 1, 1), "calendar_ended"),
    ],
)
def test_a_calendar_that_ends_within_45_days_is_a_warning(today, code):
    codes = {code for path, code, _ in found(today=today) if path == "calendars.town.last"}
    assert codes == ({code} if code else set())


def test_departments_that_nothing_reaches_are_told():
    faults = found("departments.yaml", "  WATER:", "  IDLE: {label: Idle}\n  WATER:")
    assert ("units.IDLE", "unit_unreached", "warning") in faults


def test_a_department_above_a_team_that_leads_is_reached():
    above = "  IDLE: {label: Idle}\n  WATER: {parent: IDLE, label"
    faults = found("departments.yaml", "  WATER: {label", above)
    assert "unit_unreached" not in {code for _, code, _ in faults}


def test_a_wrong_date_of_a_calendar_is_told_once():
    for old in ("first: 2026-01-01", "last: 2027-12-31"):
        key = old.partition(":")[0]
        [(path, code, _)] = found("calendars.yaml", old, f"{key}: soon")
        assert (path, code) == (f"calendars.town.{key}", "not_date")


def test_limits_and_rules_without_basis_are_told():
    assert ("rules[1]", "rules_without_basis", "warning") in found(
        "rules.yaml", "lead: ROADS\n    basis: rule", "lead: ROADS"
    )
    assert ("promises", "limits_without_basis", "warning") in found(
        "promises.yaml", "basis: rule\npromises: {accept", "promises: {accept"
    )
    assert ("categories.hole.limits[1]", "limits_without_basis", "warning") in found(
        "categories.yaml", "3 work_days}\n        basis: rule", "3 work_days}"
    )
    assert ("bases.rule", "limits_open_basis", "warning") in found(
        "promises.yaml", "en: The rule}", "en: The rule, open: true}"
    )


def test_a_playbook_without_cases_is_told():
    files = as_bytes(FILES | {"cases.yaml": "cases: []"})
    assert "no_cases" in {fault.code for fault in check(files, TODAY)}


def test_a_basis_names_its_drafter_and_the_day_to_look_again():
    faults = found("promises.yaml", "drafter: Li, ")
    assert ("bases.rule", "basis_unsigned", "warning") in faults
    late = found("promises.yaml", "2099-12-31", "2026-11-22")
    assert ("bases.rule.review", "basis_review", "warning") in late
    on_time = found("promises.yaml", "2099-12-31", "2026-11-23")
    assert "basis_review" not in {code for _, code, _ in on_time}


SOUTH = FILES["places.geojson"].partition('"id": "south"}, ')[2].partition("}}")[0] + "}"
QUIET = [
    ("rules.yaml", "photos: {at_least: 1}", "answer: {urgency: []}", "empty_list", "also[0].when.answer.urgency"),
    ("rules.yaml", "photos: {at_least: 1}", "time_of_day: []", "empty_list", "also[0].when.time_of_day"),
    ("rules.yaml", "photos: {at_least: 1}", "source: []", "empty_list", "also[0].when.source"),
    ("rules.yaml", "photos: {at_least: 1}", "text: {contains_all: []}", "always_holds", "also[0].when.text.contains_all"),
    ("rules.yaml", "photos: {at_least: 1}", 'text: {contains_any: [学校, ""]}', "always_holds", "also[0].when.text.contains_any"),
    ("rules.yaml", "photos: {at_least: 1}", "repeat: {within_days: 30, at_least: 0}", "always_holds", "also[0].when.repeat"),
    ("rules.yaml", "photos: {at_least: 1}", "near: {lon: 22.54, lat: 114.05, within_m: 100}", "not_degrees", "also[0].when.near"),
    ("rules.yaml", "photos: {at_least: 1}", "near: {lon: 52.37, lat: 4.9, within_m: 100}", "near_elsewhere", "also[0].when.near"),
    ("rules.yaml", "photos: {at_least: 1}", "season: {from: 06-31, to: 07-01}", "no_such_day", "also[0].when.season.from"),
    ("rules.yaml", "photos: {at_least: 1}", "season: {from: 02-29, to: 02-30}", "no_such_day", "also[0].when.season.to"),
    ("departments.yaml", "{label: Water}", '{label: "信访\\x01局"}', "control_character", "units.WATER.label"),
    ("places.geojson", "[114.0, 22.6], [114.0, 22.5]]]", "[114.0, 22.6], [true, 22.54], [114.0, 22.5]]]", "not_polygon", "features[0].geometry"),
    ("places.geojson", "[114.0, 22.6], [114.0, 22.5]]]", "[114.0, 22.6], [null, 22.54], [114.0, 22.5]]]", "off_the_globe", "features[0].geometry"),
    ("places.geojson", SOUTH, '"geometry": null', "no_geometry", "features[2]"),
    ("places.geojson", SOUTH, '"geometry": null', "area_without_outline", "features"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "path"), QUIET)
def test_what_was_taken_without_a_word_is_told(file, old, new, code, path):
    assert (path, code) in {told[:2] for told in found(file, old, new)}


SOUND = [
    "photos: {at_most: 8}", "photos: 9", "severity: 4", "weekday: [mon, tue, wed, thu, fri, sat]",
    "day: [working, weekend]", "season: {from: 03-01, to: 02-28}", 'time_of_day: "00:00-23:59"',
    "street: north, community: north-1", "street: [north, south], grid: north-1-1",
    'all: [{time_of_day: "22:00-06:00"}, {time_of_day: "05:00-07:00"}]',
    "all: [{season: {from: 11-01, to: 02-28}}, {season: {from: 01-01, to: 03-31}}]",
    "all: [{dates: {to: 2026-02-01}}, {dates: {from: 2026-02-01}}]",
    "all: [{near: {lon: 114.01, lat: 22.5, within_m: 100}}, {near: {lon: 114.011, lat: 22.5, within_m: 100}}]",
    "all: [{photos: {at_least: 2}}, {photos: {at_most: 2}}]",
    "any: [{photos: {at_least: 3}}, {photos: {at_most: 1}}]",
    "all: [{repeat: {within_days: 7, at_least: 2}}, {not: {repeat: {within_days: 7, at_least: 3}}}]",
    "all: [{text: {contains_any: [a, b]}}, {not: {text: {contains_any: [a]}}}]",
    "answer: {urgency: danger}", "text: {contains_any: [the “old” bridge]}",
]  # fmt: skip


@pytest.mark.parametrize("when", SOUND)
def test_conditions_that_can_hold_are_left_alone(when):
    assert found("rules.yaml", "photos: {at_least: 1}", when) == found()


FOREIGN = ["GCJ-02", "EPSG::3857", {"type": "name", "properties": {"name": "EPSG:4490"}}]
OURS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


@pytest.mark.parametrize(("crs", "is_told"), [*((each, True) for each in FOREIGN), (OURS, False)])
def test_a_map_of_other_coordinates_is_refused(crs, is_told):
    drawn = json.dumps(json.loads(FILES["places.geojson"]) | {"crs": crs})
    codes = {fault.code for fault in check(as_bytes(FILES | {"places.geojson": drawn}), TODAY)}
    assert ("foreign_crs" in codes) is is_told


def test_a_foreign_system_of_coordinates_is_told_by_its_name():
    drawn = json.dumps(json.loads(FILES["places.geojson"]) | {"crs": FOREIGN[-1]})
    told = check(as_bytes(FILES | {"places.geojson": drawn}), TODAY)
    [said] = [fault.sentence("zh") for fault in told if fault.code == "foreign_crs"]
    assert "坐标系是 EPSG:4490：" in said


def test_a_map_on_one_line_may_begin_with_a_byte_order_mark():
    one_line = json.dumps(json.loads(FILES["places.geojson"]), separators=(",", ":"))
    files = as_bytes(FILES) | {"places.geojson": codecs.BOM_UTF8 + one_line.encode()}
    assert {fault.code for fault in check(files, TODAY)} == {"category_unreached"}


def test_a_street_that_the_map_leaves_out_is_told():
    drawn = json.loads(FILES["places.geojson"])
    drawn["features"] = [f for f in drawn["features"] if f["properties"].get("id") != "south"]
    files = as_bytes(FILES | {"places.geojson": json.dumps(drawn)})
    [left_out] = [f for f in check(files, TODAY) if f.code == "area_without_outline"]
    assert "south" in left_out.sentence("zh_Hans_CN")


def test_a_map_without_any_street_is_refused():
    empty = '{"type": "FeatureCollection", "features": []}'
    files = as_bytes(FILES | {"places.geojson": empty, "rules.yaml": FILES["rules.yaml"]})
    told = {fault.code: fault.level for fault in check(files, TODAY)}
    assert told["map_empty"] == "error"


def test_the_duties_of_the_lead_are_said_by_explain():
    book = town("departments.yaml", "{label: Water}", "{label: Water, duties: Pipes and drains}")
    decision = decide(book, Facts("leak", datetime(2026, 11, 23, 2, tzinfo=UTC)))
    assert any("Pipes and drains" in line for line in sentences(decision, book, "en"))
