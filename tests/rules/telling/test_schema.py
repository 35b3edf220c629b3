"""The schema for editors says what the reader says: no more, no less, as far as a schema can."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from guide import taught
from json_schema import faults
from town import FILES, as_bytes, with_change

import dispatch.rules
from dispatch.cli.playbook import playbook
from dispatch.rules.book.loading import load, read_folder
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.language import values as shape
from dispatch.rules.language.bounds import GEOJSON_BOUNDS
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.yaml_reader import read
from dispatch.rules.telling.schema import playbook_schema

FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
BOSTON = Path(__file__).parents[3] / "examples" / "boston311"
SCHEMA = playbook_schema()
MISTAKES = json.loads(
    (Path(__file__).parents[2] / "data" / "playbook_mistakes.json").read_text(encoding="utf-8")
)
# What only the reader can tell: it follows references, counts, knows calendars and shapes.
BEYOND = {
    *("unknown_unit", "unknown_category", "unknown_field", "unknown_timezone", "unknown_choice"),
    *("unknown_group", "unknown_street", "unknown_community", "unknown_grid", "unknown_zone"),
    *("unknown_ladder", "unknown_promise_set", "unknown_basis", "unknown_calendar"),
    *("unknown_rule", "twice", "empty_interval", "circle", "duplicate_key", "wrong_parent"),
    *("not_date", "impossible_calendar", "no_recipient", "not_moment", "not_month_day"),
    *("invalid_polygon", "not_polygon", "days_range", "not_degrees", "choices_and_kind"),
    *("last_limits_have_when", "limits_without_when", "empty_threshold", "impossible_rung"),
    *("not_date_time", "off_the_globe", "out_of_range", "other_level", "other_parent"),
    *("asked_of_limits", "control_character", "no_such_day", "always_holds"),
    *("belongs_into_limits", "read_by_nobody", "unknown_number", "unknown_words"),
    *("never_holds", "foreign_crs", "one_word_in_list", "faulty_id"),
    *("not_of_others", "every_choice", "no_effect"),
    *("timezone_of_machine", "zone_without_country"),
    *("long_id", "sign_in_id", "taken_id", "long_code"),
    *("joined_by_wide", "joined_ids", "one_id_only"),
    *("invisible_sign", "blank_text", "line_in_name", "brace_in_name", "name_of_length"),
    *("quoted_word", "no_rungs", "no_emergency", "number_twice", "no_distance"),
    *("nearer_than_radius", "no_office_hours", "notice_without_days", "red_before_orange"),
    *("limit_too_long", "support_leads", "makeup_on_working_day"),
}
UNREADABLE = {
    *("alias", "anchor", "tag", "second_document", "key_not_text", "not_yaml", "empty_file"),
    "too_deep",
}
CHECKS = {
    *("shadowed", "maybe_shadowed", "contradiction", "rules_without_basis", "unit_unreached"),
    *("limits_without_basis", "limits_open_basis", "basis_unsigned", "basis_review", "no_cases"),
    *("calendar_ends", "case_failed", "category_unreached", "partly_shadowed"),
    *("near_elsewhere", "center_elsewhere", "zone_elsewhere"),
    *("areas_overlap", "area_outside", "area_gap"),
    *("units_of_one_name", "terms_of_one_name"),
    *("never_holds_beside", "question_of_others", "near_everywhere"),
    "late_signature",
    *("faulty_word", "heard_everywhere", "never_heard", "denies_all"),
}


def plain(files):
    """The values of the files, as an editor sees them."""
    pad, told = PlaybookFaults(), {}
    for name, content in files.items():
        node = read(content, name, pad, GEOJSON_BOUNDS)
        told[name] = node.plain() if node else None
    return told


def wrong(files):
    return list(faults(plain(files), SCHEMA, SCHEMA))


def playbooks():
    return {
        "futian": read_folder(FUTIAN),
        "boston": read_folder(BOSTON),
        "town": as_bytes(FILES),
        "the guide": taught(),
    }


@pytest.mark.parametrize("name", playbooks())
def test_what_the_reader_takes_the_schema_takes(name):
    assert wrong(playbooks()[name]) == []


READABLE = [each for each in MISTAKES if each["code"] not in UNREADABLE]


@pytest.mark.parametrize("mistake", READABLE, ids=lambda each: f"{each['code']}-{each['new'][:20]}")
def test_what_the_reader_refuses_the_schema_refuses_unless_it_is_beyond_it(mistake):
    files = as_bytes(with_change(mistake["file"], mistake["old"], mistake["new"]))
    assert bool(wrong(files)) == (mistake["code"] not in BEYOND | CHECKS)


class Recorder(shape.Section):
    """Notes for each place of the playbook which keys the reader knows there."""

    seen: dict = {}  # noqa: RUF012 - one notebook for the whole reading

    def __init__(self, node, faults, needs=(), may=(), **never):
        if node.parent is not None or node.key is None:
            self.seen[node.file, node.path] = (node, set(needs), {*needs, *may})
        super().__init__(node, faults, needs, may, **never)


def test_the_schema_knows_the_keys_that_the_reader_knows(monkeypatch):
    for module in ("categories", "cases", "departments", "district", "forms", "ladders"):
        monkeypatch.setattr(f"dispatch.rules.book.files.{module}.Section", Recorder)
    for module in ("expectations", "limits", "promises", "rules", "calendars", "labels"):
        monkeypatch.setattr(f"dispatch.rules.book.files.{module}.Section", Recorder)
    tongues = set(load(taught()).district.languages)
    compared = 0
    for (file, path), (node, needs, known) in Recorder.seen.items():
        if node.file not in SCHEMA["$defs"] or not known:
            continue
        for section in _sections(node, SCHEMA["$defs"][file]):
            assert set(section["properties"]) == known - tongues, (file, path)
            needed = set(section.get("required", ()))
            assert needed == needs - tongues or "form" in path, (file, path)
            compared += 1
    assert compared > 800


def _sections(node, schema):
    """The schema's mappings with fixed keys that stand where this node stands."""
    found = [schema]
    for key in _way(node):
        found = [inner for each in found for inner in _below(_open(each), key)]
    return [each for top in found for each in _open(top) if "properties" in each]


def _way(node):
    return [] if node.parent is None else [*_way(node.parent), node.key]


def _open(schema):
    """A schema and all that it may be instead."""
    if "$ref" in schema:
        return _open(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    return [schema, *(inner for each in schema.get("anyOf", ()) for inner in _open(each))]


def _below(schemas, key):
    for schema in schemas:
        if isinstance(key, int) and "items" in schema:
            yield schema["items"]
        elif key in schema.get("properties", {}):
            yield schema["properties"][key]
        elif isinstance(schema.get("additionalProperties"), dict):
            yield schema["additionalProperties"]


def test_every_operator_tells_editors_what_it_wants():
    told = SCHEMA["$defs"]["condition"]["properties"]
    assert told.keys() == OPERATORS.keys()
    assert [name for name, each in told.items() if not each.keys() - {"title"}] == []


def test_the_schema_is_written_for_editors(tmp_path):
    path = tmp_path / "playbook.schema.json"
    assert CliRunner().invoke(playbook, ["export", str(path), "--schema"]).exit_code == 0
    assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(SCHEMA))
