"""No module of the rules imports one that imports it, by whatever way."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import dispatch.rules

RULES = Path(dispatch.rules.__file__).parent
PACKAGE = "dispatch.rules"


def modules():
    """By dotted name the file of each module."""
    for file in RULES.rglob("*.py"):
        way = file.relative_to(RULES).with_suffix("").parts
        yield ".".join((PACKAGE, *(part for part in way if part != "__init__"))), file


MODULES = dict(modules())


def imported(file):
    """The modules that a file names in imports, also where only the type checker reads them."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_the_rules_have_no_circle():
    arrows = {name: set(imported(file)) & MODULES.keys() for name, file in MODULES.items()}
    try:
        order = [*TopologicalSorter(arrows).static_order()]
    except CycleError as circle:
        named = " -> ".join(circle.args[1])
        raise AssertionError(f"these modules import each other: {named}") from None
    assert len(order) == len(MODULES) > 60
