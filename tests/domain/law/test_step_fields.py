"""Each kind of a step's field: how it is sent, what is kept of it, what is refused."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.step_fields import FIELD_KINDS, read_step_fields, sent_as
from dispatch.domain.reading import NamedGrid, Position
from dispatch.errors import Refused

FILE = "tests/domain/law/test_step_fields.py"
ONE, OTHER = "a" * 64, "b" * 64
# kind: what is sent, what is kept of it
EXAMPLES = {
    "text": ("  filled in ", "filled in"),
    "choice": ("north", "north"),
    "grade": ("north", "north"),
    "yes_no": (False, False),
    "unit": ("JTJ", "JTJ"),
    "alert": (" 440304-20261123-00042-k ", "440304-20261123-00042-K"),
    "person": ("ming", "ming"),
    "photos": ([ONE, OTHER], [ONE, OTHER]),
    "position": ({"lon": 114.05, "lat": 22.54}, Position(114.05, 22.54, None, "wgs84")),
    "place": ({"grid": "futian-01"}, NamedGrid("futian-01")),
    "category": ("E0113", "E0113"),
    "number": (3, 3),
    "date": ("2026-12-20", date(2026, 12, 20)),
}
# kind: what is sent and refused, with the code of its fault
WRONG = {
    "text": (7, "wrong_type"),
    "choice": ("south", "unknown_value"),
    "grade": ("south", "unknown_value"),
    "yes_no": ("yes", "wrong_type"),
    "unit": ("J" * 65, "too_long"),
    "alert": (7, "wrong_type"),
    "person": (["ming"], "wrong_type"),
    "photos": ([ONE, ONE], "repeated"),
    "position": ({"lon": 200, "lat": 22.54}, "out_of_range"),
    "place": ({"lon": 114.05, "lat": "north"}, "wrong_type"),
    "category": (["E0113"], "wrong_type"),
    "number": (2.5, "wrong_type"),
    "date": ("20 December", "not_a_date"),
}


def read(kind, sent, *, required=False):
    field = Field("thing", kind, required=required, choices=("north",))
    return read_step_fields(Step("try", frozenset(), None, (), (field,)), {"thing": sent})


def faults(kind, sent, *, required=False):
    with pytest.raises(Refused) as refused:
        read(kind, sent, required=required)
    return [(fault.field.split(".")[0], fault.code) for fault in refused.value.faults]


def test_every_kind_has_an_example_and_a_mistake():
    assert set(FIELD_KINDS) == set(EXAMPLES), f"write an example of each into EXAMPLES of {FILE}"
    assert set(FIELD_KINDS) == set(WRONG), f"write what is refused into WRONG of {FILE}"


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_field_is_kept_as_its_kind_says(kind):
    sent, kept = EXAMPLES[kind]
    assert read(kind, sent) == {"thing": kept}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_value_of_its_kind_is_refused(kind):
    sent, code = WRONG[kind]
    assert faults(kind, sent) == [("thing", code)]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_programs_are_told_what_may_be_sent_as_it_is_read(kind):
    choices = ("north",) if kind in {"choice", "grade"} else ()
    told = sent_as(Field("thing", kind, choices=choices))
    held = Draft202012Validator(told, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert held.is_valid(EXAMPLES[kind][0])
    assert not held.is_valid(WRONG[kind][0])


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_is_no_value_and_missing_where_it_is_required(kind, nothing):
    assert read(kind, nothing) == {}
    assert faults(kind, nothing, required=True) == [("thing", "missing")]
