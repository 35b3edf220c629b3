"""One name, one meaning: no two modules of the package give the same name to different things."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
MODULES = [
    file
    for file in sorted((HOUSE / "dispatch").rglob("*.py"))
    if "migrations/versions" not in file.as_posix()  # what the tables were then keeps its names
]
CLASS = re.compile(r"[A-Z][a-z]\w*")  # classes, and types under a name of their own
# Names that two modules give to one and the same thing, and why both must.
SHARED = {
    "TimeUnit": "shapes/vocabulary.py says the domain's word on the wire, with its values",
}
# In these rooms a function is found by its place, not by its name: its file is a route, a command,
# or one entry of a table whose entries all have the same functions.
TABLES = {
    "blueprints": "named by its route",
    "cli": "named as it is typed",
    "channels": "one file a channel",
    "reports": "one file a report",
    "rules/questions": "one file a kind of question",
    "rules/conditions/operators": "one function an operator",
    "rules/language/json_schema.py": "words of JSON Schema",
}


def _name(file):
    return file.relative_to(HOUSE / "dispatch").as_posix()


def _defined(node):
    """The names that a statement of a module defines: of a class, a function, a value."""
    match node:
        case ast.ClassDef() | ast.FunctionDef():
            return [node.name]
        case ast.Assign():
            return [target.id for target in node.targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name()):
            return [node.target.id]
    return []


def _owners(files, kinds, names):
    """By public name the modules that define it."""
    owners = defaultdict(set)
    for file in files:
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, kinds):
                for name in filter(names.fullmatch, _defined(node)):
                    owners[name].add(_name(file))
    return owners


def _doubled(owners):
    return {name: sorted(files) for name, files in owners.items() if len(files) > 1}


def test_a_class_has_one_owner():
    kinds = (ast.ClassDef, ast.Assign, ast.AnnAssign)
    doubled = _doubled(_owners(MODULES, kinds, CLASS))
    assert doubled.keys() == SHARED.keys(), (
        f"give one of each a name of its own, or say in SHARED why it is the same thing: {doubled}"
    )


def test_a_function_has_one_owner():
    found_by_name = [file for file in MODULES if not _name(file).startswith(tuple(TABLES))]
    doubled = _doubled(_owners(found_by_name, ast.FunctionDef, re.compile(r"[a-z]\w*")))
    assert not doubled, f"say in its name what tells it from the other: {doubled}"


@pytest.mark.parametrize("place", TABLES)
def test_the_rooms_of_tables_are_there(place):
    assert (HOUSE / "dispatch" / place).exists()


# What only tests ask for, and why the product has it all the same.
FOR_TESTS = {
    "stand_still": "clock.py: tests hold the city's time",
    "run_on": "clock.py: and let it run again",
    "load_folder": "loading.py: benchmarks and tests load a folder that nobody publishes",
    "reporter_of": "sealing.py: docs/plan.md, unsealing",
    "is_about": "marks.py: whoever has the key tells whose an event is",
    "DEED_TABLE": "deed_table.py: tests walk every deed",
}


def _used(tree):
    """Every name that a module reads, imports or passes on."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(ctx=ast.Load()):
                yield node.id
            case ast.Attribute():
                yield node.attr
            case ast.alias():
                yield node.name
            case ast.Constant(value=str()):
                yield node.value  # an annotation in quotes, a name in __all__


def test_nothing_is_there_for_tests_alone():
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in MODULES]
    used = {name for tree in trees for name in _used(tree)}
    defined = {
        name
        for tree in trees
        for node in tree.body
        if not getattr(node, "decorator_list", [])  # a route, a command, a deed, an operator
        for name in _defined(node)
        if name != "__all__"
    }
    assert defined - used == FOR_TESTS.keys(), "take it out, or say in FOR_TESTS why it stays"
