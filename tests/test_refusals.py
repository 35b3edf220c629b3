"""Every refusal in the code can be said: its code is known, its sentence gets what it asks for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from dispatch.errors import FAULTS, PROBLEMS
from dispatch.translations import DEFAULT, catalogue

PACKAGE = Path(__file__).parent.parent / "dispatch"
PLACEHOLDER = re.compile(r"{(\w+)}")
ALWAYS_GIVEN = {"internal": {"reference"}}  # the border itself says these


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield f"{file.relative_to(PACKAGE)}:{node.lineno}", node


def _constant(node: ast.expr | None) -> str | None:
    known = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if known else None


def _asked(key: str) -> set[str]:
    return set(PLACEHOLDER.findall(catalogue(DEFAULT)[key]))


def test_every_refusal_gives_its_sentence_what_it_asks_for():
    speechless = []
    for where, call in _calls("Refused"):
        code = _constant(call.args[0] if call.args else None)
        given = {keyword.arg for keyword in call.keywords}
        if code is None or None in given:  # chosen or passed on at run time
            continue
        assert code in PROBLEMS, f"{where}: {code} has no line in errors.PROBLEMS"
        missing = _asked(f"problems.{code}") - given - ALWAYS_GIVEN.get(code, set())
        if missing:
            speechless.append(f"{where}: {code} lacks {sorted(missing)}")
    assert not speechless, "\n".join(speechless)


def test_every_fault_gives_its_sentence_what_it_asks_for():
    speechless = []
    for where, call in _calls("Fault"):
        code = _constant(call.args[1] if len(call.args) > 1 else None)
        if code is None or code not in FAULTS:
            continue
        params = call.args[2] if len(call.args) > 2 else ast.Dict([], [])
        if isinstance(params, ast.Dict) and all(params.keys):
            missing = _asked(f"problems.fault.{code}") - {_constant(key) for key in params.keys}
            if missing:
                speechless.append(f"{where}: {code} lacks {sorted(missing)}")
    assert not speechless, "\n".join(speechless)
