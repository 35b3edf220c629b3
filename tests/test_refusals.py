"""Every refusal in the code can be said.

It passes the parameters that its code declares, and no sentence asks for others.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch.errors import PROBLEMS, Fault, ParametersWarning, Refused
from dispatch.refusals.faults import FAULTS
from dispatch.translations import LANGUAGES, catalogue

PACKAGE = Path(__file__).parent.parent / "dispatch"
PLACEHOLDER = re.compile(r"{(\w+)}")
# Codes that wait for what docs/plan.md says.
WAITING = {"not_ready"}
READING = "dispatch.domain.reading"  # its Faults add faults of refusals.faults


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = str(file.relative_to(PACKAGE))
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def _calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        called = getattr(node, "func", None)
        if isinstance(node, ast.Call) and name in {
            getattr(called, "id", ""),
            getattr(called, "attr", ""),
        }:
            yield node


def _codes(node: ast.expr | None) -> list[str]:
    """The code that is named, or the two of `a if so else b`; none where it is chosen elsewhere."""
    if isinstance(node, ast.IfExp):
        return _codes(node.body) + _codes(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _keywords(call: ast.Call) -> set[str] | None:
    """The names passed, faults aside; None where they are passed on at run time."""
    given = {keyword.arg for keyword in call.keywords}
    return None if None in given else given - {"faults"}  # type: ignore[operator]


def _keys(node: ast.expr | None) -> set[str] | None:
    if node is None:
        return set()
    known = isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys)
    return {key.value for key in node.keys} if known else None


# What makes a fault of a field, which argument is its code, and how its parameters are passed.
FAULTY = (
    ("Fault", 1, lambda call: _keys(call.args[2] if len(call.args) > 2 else None)),
    ("FaultyError", 0, _keywords),
    ("refuse_field", 1, _keywords),
    ("add", 1, _keywords),
)


def test_every_refusal_passes_the_parameters_that_its_code_declares():
    wrong = []
    for file, tree in _trees():
        for call in _calls(tree, "Refused"):
            given = _keywords(call)
            for code in _codes(call.args[0] if call.args else None):
                assert code in PROBLEMS, f"{file}:{call.lineno}: give {code} a line in PROBLEMS"
                if given is not None and given != set(PROBLEMS[code].params):
                    wrong.append(f"{file}:{call.lineno}: {code} passes {sorted(given)}")
    assert not wrong, "dispatch/refusals/ declares other parameters:\n" + "\n".join(wrong)


def test_every_fault_passes_the_parameters_that_its_code_declares():
    wrong = []
    for where, code, given in _faults():
        assert code in FAULTS, f"{where}: give {code} a line in dispatch/refusals/faults.py"
        if given is not None and given != set(FAULTS[code]):
            wrong.append(f"{where}: {code} passes {sorted(given)}")
    assert not wrong, "dispatch/refusals/faults.py declares other parameters:\n" + "\n".join(wrong)


def _faults() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a fault is found, its code, and the names of what is passed with it."""
    for file, tree in _trees():
        for name, place, passed in FAULTY:
            if name == "add" and not _reads(tree):
                continue
            for call in _calls(tree, name):
                for code in _codes(dict(enumerate(call.args)).get(place)):
                    yield f"{file}:{call.lineno}", code, passed(call)


def _reads(tree: ast.Module) -> bool:
    """True where `faults.add` adds a fault of a field, and not of a line of a playbook."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return any(
        node.module == READING and any(name.name == "Faults" for name in node.names)
        for node in imports
    )


def test_every_code_is_used():
    """Refusals and faults that nothing raises wait for a deed that docs/plan.md names, or go."""
    written = {
        node.value
        for file, tree in _trees()
        if not file.startswith("refusals/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = (PROBLEMS.keys() | FAULTS.keys()) - written
    plan = (PACKAGE.parent / "docs" / "plan.md").read_text(encoding="utf-8")
    assert unused == WAITING, "raise it, or take it out of dispatch/refusals/"
    assert not {code for code in WAITING if f"`{code}`" not in plan}, "say in docs/plan.md why"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_asks_for_more_than_its_code_declares(language):
    declared = {f"problems.{code}": problem.params for code, problem in PROBLEMS.items()}
    declared |= {f"problems.fault.{code}": params for code, params in FAULTS.items()}
    words = catalogue(language)
    wrong = {
        key: asked
        for key, params in declared.items()
        if (asked := set(PLACEHOLDER.findall(words.get(key, ""))) - set(params))
    }
    assert not wrong, f"declare these in dispatch/refusals/, or leave them out: {wrong}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Refused("slow_down"),
        lambda: Refused("not_found", name="x"),
        lambda: Fault("text", "too_long"),
        lambda: Fault("text", "missing", {"most": 3}),
    ],
)
def test_other_parameters_than_declared_shout_in_tests(make):
    with pytest.raises(ParametersWarning):
        make()


@pytest.mark.filterwarnings("ignore::dispatch.errors.ParametersWarning")
def test_people_get_their_refusal_even_with_other_parameters():
    assert Refused("slow_down").status == 429
