"""What an id may look like, wherever an author chooses one."""

import pytest
from town import as_bytes, with_change

from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.language.said import LONGEST_ID

PLACES = [
    ("departments.yaml", "  WATER: {", "  {}: {{"),
    ("district.yaml", "  south: {kind", "  {}: {{kind"),
    ("district.yaml", "id: town", "id: {}"),
    ("categories.yaml", "  noise:", "  {}:"),
    ("categories.yaml", "  holes: {", "  {}: {{"),
    ("calendars.yaml", "  town:\n", "  {}:\n"),
    ("ladders.yaml", "  usual: {", "  {}: {{"),
    ("rules.yaml", "id: tell", "id: {}"),
    ("places.geojson", '"zone": "school"', '"zone": {}'),
]
UNITS = PLACES[:3]
FREE = [PLACES[3], PLACES[7], PLACES[8]]  # nothing else in the playbook refers to these
RIGHT = ["a" * LONGEST_ID, "街道-1", "PWDx_2", "v1.2", "0401", "दल"]
WRONG = {
    "long_id": ["a" * (LONGEST_ID + 1), "道" * 70, "x" * 300],
    "sign_in_id": ["X,1", "a/b", "50%", "a*", "<b>", "a b", "__proto__", "..", "a&b", "-a"],
    "taken_id": ["constructor", "toString", "VALUEOF"],
}
RESERVED = [
    "district",
    "supervisor",
    "the_street",
    "lead",
    "reporter",
    "handler",
    "street",
    "admin",
]


def told(place, own_id):
    """What is said of the id itself, where it is chosen."""
    file, old, new = place
    files = as_bytes(with_change(file, old, new.format(f'"{own_id}"')))
    try:
        found = load(files).remarks
    except PlaybookRefused as refused:
        found = refused.faults
    return {each.code for each in found if not each.code.startswith("unknown_")}


@pytest.mark.parametrize("place", FREE, ids=lambda each: each[1])
@pytest.mark.parametrize("own_id", RIGHT)
def test_letters_of_any_script_digits_and_hyphens_are_an_id(place, own_id):
    assert told(place, own_id) == set()


@pytest.mark.parametrize("place", FREE, ids=lambda each: each[1])
@pytest.mark.parametrize(
    ("code", "own_id"), [(code, each) for code in WRONG for each in WRONG[code]]
)
def test_what_no_row_address_or_list_can_hold_is_none(place, code, own_id):
    assert told(place, own_id) == {code}


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each[1])
@pytest.mark.parametrize(("code", "own_id"), [("long_id", "x" * 65), ("sign_in_id", "X,1")])
def test_that_is_so_wherever_an_id_is_chosen(place, code, own_id):
    assert code in told(place, own_id)


@pytest.mark.parametrize("own_id", RESERVED)
@pytest.mark.parametrize("place", UNITS, ids=lambda each: each[1])
def test_no_unit_has_a_name_that_stands_for_others(place, own_id):
    assert "taken_id" in told(place, own_id)


def test_a_kind_may_be_called_as_a_desk_is():
    assert told(PLACES[3], "lead") == set()


@pytest.mark.parametrize(
    ("code", "faults"),
    [("440304000000", set()), ("4403040000000000", {"long_code"}), ("NL-HVN Oost", set())],
)
def test_a_code_leaves_room_for_day_and_number(code, faults):
    files = with_change("district.yaml", "label: Town", f'label: Town\ncode: "{code}"')
    assert {each.code for each in load(as_bytes(files)).remarks} == faults
