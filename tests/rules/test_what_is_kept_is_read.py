"""What a playbook says is used: every field of the compiled one is read by what runs the city."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

import dispatch
from dispatch.rules.book.playbook import Playbook

PACKAGE = Path(dispatch.__file__).parent
# These compare playbooks field by field, whatever the fields mean.
COMPARING = ("differences", "plain_values", "decided_parts", "changed_routes", "longer_limits")
# For whoever reads where something is written.
OF_THE_TEXT = {"source"}


@cache
def parts() -> tuple[type, ...]:
    """Every dataclass that a compiled playbook is made of, found from its types."""
    found: dict[type, None] = {}
    waiting = [Playbook]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found[kind] = None
            waiting += [each for hint in get_type_hints(kind).values() for each in within(hint)]
    return tuple(found)


def within(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for each in get_args(hint):
        yield from within(each)


@cache
def read_names() -> frozenset[str]:
    """The attributes that are read anywhere but where two playbooks are compared."""
    return frozenset(
        node.attr
        for file in PACKAGE.rglob("*.py")
        if file.parent.name != "proving" or file.stem not in COMPARING
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


def test_the_parts_of_a_playbook_are_found():
    names = {each.__name__ for each in parts()}
    assert {"Playbook", "Category", "Limits", "District", "Unit", "Rule", "Effects"} <= names


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_field_is_read_by_what_runs_the_city(part):
    unread = {each.name for each in fields(part)} - read_names() - OF_THE_TEXT
    assert not unread, f"nothing uses {sorted(unread)} of {part.__name__}: use it, or refuse it"
