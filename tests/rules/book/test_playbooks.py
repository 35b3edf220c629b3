"""The two playbooks that are delivered: sound, tested, and true to their sources."""

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from town import faults_of, town

import dispatch.rules
from dispatch.rules.book.files.icons import ICONS
from dispatch.rules.book.loading import load_folder, read_folder
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.checks import check

ROOT = Path(__file__).parents[3]
FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
BOSTON = ROOT / "examples" / "boston311"
MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def rows(name):
    with (ROOT / "tests" / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def futian():
    return load_folder(FUTIAN)


@pytest.fixture(scope="module")
def boston():
    return load_folder(BOSTON)


@pytest.mark.parametrize("folder", [FUTIAN, BOSTON], ids=["futian", "boston"])
def test_a_delivered_playbook_has_no_error_and_passes_its_cases(folder):
    faults = check(read_folder(folder), date(2026, 11, 23))
    assert [fault.sentence("en") for fault in faults if fault.level == "error"] == []


@pytest.mark.parametrize("folder", [FUTIAN, BOSTON], ids=["futian", "boston"])
def test_other_programs_can_read_its_files_too(folder):
    for file in sorted(folder.glob("*.yaml")):
        plain = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert isinstance(plain, dict), file.name


def test_a_hole_in_the_road_at_the_civic_centre_is_led_by_transport(futian):
    place = futian.places.resolve(114.0579, 22.5431)
    hole = Facts("E0113", MONDAY_MORNING, street=place.street, answers={"urgency": "danger"})

    decision = decide(futian, hole)

    assert futian.units[place.street].code == "440304004"
    assert (decision.lead, decision.rule, decision.needs_person) == ("JTJ", "lead-jtj", False)
    assert str(decision.promises["dispose"].limit) == "24 hours"  # danger, day and night


@pytest.mark.parametrize("row", rows("futian_leads.csv"), ids=lambda row: row["variant"])
def test_every_variant_of_the_catalogue_is_led_and_promised_as_it_says(futian, row):
    answers = {"urgency": row["answer"]} if row["answer"] else {}
    decision = decide(
        futian, Facts(row["category"], MONDAY_MORNING, street="street-meilin", answers=answers)
    )
    lead = {"STREET": "street-meilin"}.get(row["lead"], row["lead"])
    helpers = {{"STREET": "street-meilin"}.get(each, each) for each in row["supports"].split(";")}
    promised = {clock: str(terms.limit) for clock, terms in decision.promises.items()}

    assert decision.lead == lead
    assert not decision.needs_person
    assert {each.unit for each in decision.supports} == helpers - {"", lead}
    assert decision.severity == int(row["severity"])
    assert decision.life_safety == (row["life_safety"] == "yes")
    assert decision.whistle == ("emergency" if decision.life_safety else None)
    assert (promised["sign"], promised["dispose"]) == (row["sign"], row["dispose"])
    if row["arrive"] or "arrive" not in promised:
        assert promised.get("arrive", "") == row["arrive"]


def test_futian_is_whole(futian):
    kinds = [unit.kind for unit in futian.units.values()]
    assert (kinds.count("street"), kinds.count("community"), kinds.count("grid")) == (10, 20, 40)
    assert len(futian.categories) == 151 + 23 + 1
    assert sum(category.common for category in futian.categories.values()) == 12
    easy = [
        category
        for category in futian.categories.values()
        if not category.photos_min and not any(field.required for field in category.fields)
    ]
    assert len(easy) >= 20
    assert len(futian.cases) >= 60


def test_grid_codes_have_fifteen_digits_and_name_their_parents(futian):
    for unit in futian.units.values():
        if unit.kind in {"street", "community", "grid"}:
            parent = futian.units[unit.parent]
            assert len(unit.code) == {"street": 9, "community": 12, "grid": 15}[unit.kind]
            assert unit.code.startswith(parent.code)


def test_every_choice_is_labelled_by_its_consequence(futian):
    for category in futian.categories.values():
        for field in (each for each in category.fields if each.name == "urgency"):
            ids = [choice.id for choice in field.choices]
            assert ids[-1] == "ordinary"
            assert set(ids) <= {"danger", "disrupts", "ordinary"}


def test_each_street_is_covered_by_its_grids(futian):
    shapes = {feature.id: feature.shape for feature in futian.places.features}
    for street in (unit.id for unit in futian.units.values() if unit.kind == "street"):
        grids = [
            unit.id
            for unit in futian.units.values()
            if unit.kind == "grid" and futian.units[unit.parent].parent == street
        ]
        area = sum(shapes[grid].area for grid in grids)
        assert area == pytest.approx(shapes[street].area, rel=1e-4)


def test_the_queue_of_boston_names_the_department(boston):
    at = datetime(2015, 3, 2, 15, 0, tzinfo=UTC)
    for row in rows("boston_routes.csv"):
        decision = decide(boston, Facts(row["category"], at, answers={"queue": row["queue"]}))
        assert (decision.lead, decision.needs_person) == (row["department"], False)


def test_without_its_queue_a_type_of_boston_still_finds_a_department(boston):
    at = datetime(2015, 3, 2, 15, 0, tzinfo=UTC)
    leads = {code: decide(boston, Facts(code, at)).lead for code in boston.categories}
    assert len(leads) == 151
    assert leads["street-light-outages"] == "PWDx"
    assert None not in leads.values()


def test_a_parent_may_stand_below_its_child():
    areas = "  south: {kind: street, label: South}\n"
    later = "  south-1: {kind: community, parent: south, label: South one}\n"
    book = town("district.yaml", areas, later + areas)
    assert book.units["south-1"].parent == "south"
    groups = "  street-things: {label: In the street}\n"
    book = town(
        "categories.yaml", groups, "  lamps: {label: Lamps, parent: street-things}\n" + groups
    )
    assert book.groups["lamps"].parent == "street-things"


def test_groups_in_a_circle_are_refused():
    groups = "  street-things: {label: In the street}\n"
    circle = "  street-things: {label: In the street, parent: holes}\n"
    assert "circle" in {fault.code for fault in faults_of("categories.yaml", groups, circle)}


def test_every_picture_that_is_drawn_can_be_named():
    sprite = Path("static/src/shared/icons.svg").read_text("utf-8")
    assert set(re.findall(r'id="i-c-([a-z]+)"', sprite)) == set(ICONS)


def test_a_version_that_is_in_use_goes_on_with_what_is_refused_today():
    book = town("categories.yaml", "visit: none", "closing: after_foto")
    assert [fault.code for fault in book.remarks] == ["unknown_closing"]
