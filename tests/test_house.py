"""The rules of the house that no linter knows; each failure says what to do."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from dispatch.cli import Commands
from dispatch.settings import SETTINGS, Setting

HOUSE = Path(__file__).parent.parent
MOST_LINES = 250
MOST_LINES_OF_TESTS = 400  # golden tests write whole tables out again
MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_TESTS_FUNCTION = 60
# One table each, read as a whole: the law, and what a version's tables were.
WHOLE_TABLES = re.compile(r"dispatch/store/migrations/versions/.*")
CODE = {".py", ".ts", ".tsx", ".css"}
# Papers that lie outside the tree: whoever reads the code cannot open them.
CITED = re.compile(
    r"\b(DOMAIN|DESIGN|BEHAVIOURS|EVIDENCE|STUDIO|STYLE)\b|\b[SPCR]\d\d\b|\bshared/(cases|design)"
)
WRITTEN = {*CODE, ".md", ".toml", ".yaml", ".json", ".html", ".in", ".webmanifest", ""}
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".xlsx", ".gz"}
# Words of machines: a tree that names them works on one of them only.
MACHINE = re.compile(r"(?<![\w.])/(work|root|home)/\w")
REGISTRY = re.compile(
    r"--(extra-)?index-url\s+\S|--find-links\s+\S|registry\.npm|pypi\.org|\"resolved\":\s*\"http|/simple/",
)


def _tracked() -> list[Path]:
    """What git keeps, and what it would keep when added."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=HOUSE, check=True, capture_output=True, text=True).stdout
    files = (HOUSE / name for name in names.splitlines())
    return [file for file in files if file.is_file() and not file.is_symlink()]


TRACKED = _tracked()
MODULES = [file for file in TRACKED if file.suffix == ".py"]
SCRIPTS = [file for file in TRACKED if file.suffix in {".ts", ".tsx"}]


def _name(file: Path) -> str:
    return str(file.relative_to(HOUSE))


def test_every_module_says_in_one_line_what_it_answers():
    silent = []
    for module in MODULES:
        docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
        if not docstring.partition("\n")[0].rstrip().endswith((".", ":", "?", "。")):
            silent.append(_name(module))
    assert not silent, f"begin these files with one line that says it, to its full stop: {silent}"


def test_every_script_begins_with_a_comment():
    silent = [
        _name(file)
        for file in SCRIPTS
        if not file.name.endswith(".d.ts")
        and not file.read_text(encoding="utf-8").startswith(("//", "/*"))
    ]
    assert not silent, f"begin these files with a comment that says what they are for: {silent}"


def test_no_file_of_code_answers_two_questions():
    long = {}
    for file in TRACKED:
        if file.suffix in CODE and not WHOLE_TABLES.fullmatch(_name(file)):
            lines = len(file.read_text(encoding="utf-8").splitlines())
            if lines > (MOST_LINES_OF_TESTS if "tests" in file.parts else MOST_LINES):
                long[_name(file)] = lines
    assert not long, f"over {MOST_LINES} lines a file has two questions; split it: {long}"


def _lines_of(function: ast.FunctionDef) -> int:
    """The lines of its body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_no_function_does_two_things():
    long = {}
    for module in MODULES:
        if WHOLE_TABLES.fullmatch(_name(module)):
            continue
        most = (
            MOST_LINES_OF_A_TESTS_FUNCTION if "tests" in module.parts else MOST_LINES_OF_A_FUNCTION
        )
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and _lines_of(node) > most:
                long[f"{_name(module)}: {node.name}"] = _lines_of(node)
    assert not long, f"over {MOST_LINES_OF_A_FUNCTION} lines it does two things; split it: {long}"


def _packages() -> dict[str, set[str]]:
    """By its dotted name every package of two modules or more, with the names of those."""
    found = {}
    for init in sorted((HOUSE / "dispatch").rglob("__init__.py")):
        inside = {file.stem for file in init.parent.glob("*.py")} - {"__init__"}
        inside |= {file.parent.name for file in init.parent.glob("*/__init__.py")}
        if len(inside) > 1:
            found[".".join(init.parent.relative_to(HOUSE).parts)] = inside
    return found


def _packages_with_floors() -> set[str]:
    """Those whose every module has a floor, and those in which no module sees another."""
    house = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    found = set()
    for contract in house["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers" and contract.get("exhaustive"):
            found |= set(contract["containers"])
        if contract["type"] == "independence":
            found |= {each.removesuffix(".*") for each in contract["modules"] if "*" in each}
    return found


@pytest.mark.parametrize("package", _packages())
def test_every_module_of_a_package_has_its_floor(package):
    assert package in _packages_with_floors(), (
        f'write a contract with containers = ["{package}"], type = "layers" and exhaustive = true '
        f"into pyproject.toml, with a floor for each of {sorted(_packages()[package])}"
    )


def test_no_drawer_that_never_says_no():
    drawers = {"util", "utils", "helpers", "helper", "manager", "misc", "common", "lib"}
    found = [_name(file) for file in TRACKED if drawers & {file.stem, *file.parent.parts}]
    assert not found, f"name these after what they answer: {found}"


def test_the_tree_works_on_any_machine():
    found = []
    for file in TRACKED:
        if file.suffix in BINARY or file == Path(__file__):
            continue
        text = file.read_text(encoding="utf-8")
        if MACHINE.search(text) or REGISTRY.search(text):
            found.append(_name(file))
    assert not found, f"absolute machine paths or registry addresses in: {found}"


def test_nothing_cites_what_lies_outside_the_tree():
    found = []
    for file in TRACKED:
        if file.suffix not in WRITTEN or file == Path(__file__):
            continue
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if cited := CITED.search(line):
                found.append(f"{_name(file)}:{place}: {cited[0]}")
    listed = "\n".join(found)
    assert not found, (
        f"say the thing itself, or cite docs/domain.md or docs/architecture.md:\n{listed}"
    )


def test_every_setting_is_documented_as_it_is():
    guide = (HOUSE / "docs" / "operating.md").read_text(encoding="utf-8")
    missing = [row for row in map(_row, SETTINGS) if row not in guide]
    assert not missing, "put these into docs/operating.md:\n" + "\n".join(missing)
    invented = set(re.findall(r"DISPATCH_[A-Z_]+[A-Z]", guide)) - {s.variable for s in SETTINGS}
    assert not invented, f"docs/operating.md names settings that do not exist: {invented}"


def test_the_readme_names_what_is_there():
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(([^):#]+)\)", readme))
    rooms = set(
        re.findall(
            r"`((?:dispatch|tests|docs|examples|static|mobile_pwa|templates)/[^`*…]*)`", readme
        )
    )
    lost = sorted(name for name in links | rooms if not (HOUSE / name).exists())
    assert not lost, f"README.md names files that are not there: {lost}"
    listed = re.search(r"`python -m dispatch`[^:]*: (.*?)\. Each has", readme)
    assert listed
    assert set(re.findall(r"`(\w+)`", listed[1])) == set(Commands().list_commands(None))


def test_the_readme_names_targets_that_make_lists():
    listed = re.findall(r"^([a-z-]+):.*## ", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"\bmake ([a-z-]+)[` ]", (HOUSE / "README.md").read_text("utf-8"))
    assert {"run", "test", "check", "explore"} <= set(named) <= set(listed)


def _row(setting: Setting) -> str:
    default = setting.default.removeprefix(f"{HOUSE}/")
    shown = f"`{default}`" if default else "–"
    return f"| `{setting.variable}` | {shown} | {setting.meaning} |"


def test_time_is_asked_for_in_one_place():
    askers = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    found = [
        _name(module)
        for module in MODULES
        if module.is_relative_to(HOUSE / "dispatch")
        and module.name != "clock.py"
        and askers.search(module.read_text(encoding="utf-8"))
    ]
    assert not found, f"use dispatch.clock: {found}"
