"""The TypeScript of the shapes is what is declared in Python, and says all of it."""

import ast
import re
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from dispatch.domain.law.step_fields import FIELD_KINDS
from dispatch.domain.law.steps import STEPS
from dispatch.domain.traditional import TRADITIONAL
from dispatch.domain.unseen import UNSEEN, UNSEEN_SIGNS
from dispatch.shapes.__main__ import FOLDER, write
from dispatch.shapes.tables import CONSTANTS
from dispatch.shapes.typescript import NOUNS, written
from dispatch.shapes.vocabulary import Instant, OneOf

PACKAGE = Path(__file__).parents[2] / "dispatch" / "shapes"
WITHOUT_SHAPES = {
    "session_routes",
    *("__init__", "__main__", "filters", "route", "routes", "schemas", "tables", "typescript"),
    "vocabulary",
}
SAYS = "run `make shapes` and commit what it writes"


def on_disk():
    files = [FOLDER / "shapes.ts", *(FOLDER / "shapes").glob("*.ts")]
    return {str(file.relative_to(FOLDER)): file.read_text(encoding="utf-8") for file in files}


def test_the_faces_have_the_shapes_as_they_are_declared():
    declared, kept = written(), on_disk()
    assert declared.keys() == kept.keys(), SAYS
    differing = [name for name, text in declared.items() if text != kept[name]]
    assert not differing, f"{differing} are not what dispatch/shapes declares: {SAYS}"


def test_writing_removes_what_no_shape_stands_for_any_more(tmp_path, monkeypatch):
    monkeypatch.setattr("dispatch.shapes.__main__.FOLDER", tmp_path)
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "gone.ts").touch()
    write()
    assert {str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*.ts")} == set(written())


def test_every_module_of_shapes_is_written():
    modules = {file.stem for file in PACKAGE.glob("*.py")} - WITHOUT_SHAPES
    assert modules == set(NOUNS), "name the new module in NOUNS of dispatch/shapes/typescript.py"


def test_every_shape_says_in_words_what_it_is():
    silent = [
        f"{file.stem}.{node.name}"
        for file in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is None
    ]
    assert not silent, f"give these a docstring: {silent}"


def test_a_field_of_a_step_is_of_a_kind_that_is_read():
    assert {field.kind for step in STEPS.values() for field in step.fields} <= set(FIELD_KINDS)


def test_words_and_writings_hold_answers_to_themselves():
    clock = TypeAdapter(Annotated[str, OneOf("Clock", ("sign", "rate"))])
    assert clock.validate_python("sign") == "sign"
    with pytest.raises(ValidationError):
        clock.validate_python("arrive")
    instant = TypeAdapter(Instant)
    assert instant.validate_python("2026-11-23T02:00:00.5Z")
    for wrong in ("2026-11-23T02:00:00", "2026-11-23T10:00:00+08:00", "2026-11-23"):
        with pytest.raises(ValidationError):
            instant.validate_python(wrong)


def test_characters_are_folded_once_and_for_all():
    """By the same table everywhere: what a character becomes is not folded again."""
    simple = dict(zip(TRADITIONAL[::2], TRADITIONAL[1::2], strict=True))
    assert {sign: simple[sign] for sign in "著氣電傷煙"} == dict(
        zip("著氣電傷煙", "着气电伤烟", strict=True)
    )
    assert not simple.keys() & set(simple.values())
    assert {each.value for each in CONSTANTS if isinstance(each.value, str)} >= {
        TRADITIONAL,
        UNSEEN_SIGNS,
    }
    assert re.fullmatch(f"[{UNSEEN}]+", "\u200b\u2066\u180e\u3164\u034f\U000e0020")


def test_the_tables_of_the_faces():
    """Written out again: a face that has other words for these is wrong."""
    elsewhere = {"STEP_LEADS_TO", "TRADITIONAL", "UNSEEN_SIGNS"}
    assert {each.name: each.value for each in CONSTANTS if each.name not in elsewhere} == {
        "CLOSED_STATUSES": ("closed", "declined", "referred", "merged", "voided", "withdrawn"),
        "TAB_STATUSES": (
            *("reported", "dispatched", "returned", "signed", "on_site", "submitted"),
            *("verifying", "resolved", "suspended"),
        ),
        "DONE_STATUSES": ("verifying", "resolved"),
        "DECIDING_ROLES": ("street_dispatcher", "department_dispatcher", "district_dispatcher"),
        "CLOCKS": (
            *("accept", "ruling", "sign", "contact"),
            *("arrive", "dispose", "overall", "verify", "rate"),
        ),
        "TO_DISPOSE": "dispose",
        "OVERALL": "overall",
        "TO_RATE": "rate",
        "PENDING": "pending",
        "CARDS": ("red", "orange", "yellow"),
        "OFFICE_UNITS": ("work_hours", "work_days"),
        "LIGHTS": (50, 80),
        "LONGEST_TEXT": 2000,
        "LONGEST_LANDMARK": 60,
        "MOST_PHOTOS": 9,
    }


def test_where_steps_lead():
    leads = next(each.value for each in CONSTANTS if each.name == "STEP_LEADS_TO")
    assert leads["arrive"] == "on_site"
    assert leads["submit"] == "submitted"
    assert leads["rate"] == "closed"
    assert not {"note", "contact", "support_arrive"} & leads.keys()
