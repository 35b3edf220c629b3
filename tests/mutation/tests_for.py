"""Which tests run a function of the product: recorded once for each state of the tree."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mutation.changes import Mutant

# SQLite first and alone: a mutant of what decides is seen there, or a test is missing. What starts
# servers, looks at the whole tree or kills at random has no place in front of every mutant.
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
SELECTED = ("-k", "not postgresql", "-m", "not chaos and not long")
IGNORED = ("tests/e2e", "tests/mutation", "tests/test_house.py", "tests/cli/test_serve.py")
JOBS = 2
FEW, QUICK_S, WIDE_S = 60, 15.0, 120.0
# Where nothing was seen to run: the room's own tests, and the stories.
ANYWHERE = "tests/story/"


@dataclass(frozen=True)
class Known:
    """What was recorded: `calls`, the tests of each `file::function`; how long each test took."""

    calls: dict[str, list[str]]
    seconds: dict[str, float]

    def quick(self, mutant: Mutant) -> list[str]:
        """The tests to try first: those of the same room, then the shortest."""
        return self._until(self._running(mutant), QUICK_S)[:FEW]

    def wide(self, mutant: Mutant) -> list[str]:
        """All that run it, and their neighbours: what a cache kept from one, another may run."""
        running, first = self._running(mutant), set(self.quick(mutant))
        files = {_file(test) for test in running}
        beside = [test for test in self.seconds if _file(test) in files and test not in running]
        ordered = [*running, *sorted(beside, key=self.seconds.__getitem__)]
        return self._until([test for test in ordered if test not in first], WIDE_S)

    def lasts(self, tests: Iterable[str]) -> float:
        return sum(self.seconds[test] for test in tests)

    def _running(self, mutant: Mutant) -> list[str]:
        room = "/".join(["tests", *Path(mutant.file).parts[1:-1]]) + "/"
        tests = self.calls.get(f"{mutant.file}::{mutant.function}") if mutant.function else None
        found = set(tests or self._of_file(mutant.file) | self._under(room)) or self._under(
            ANYWHERE
        )
        return sorted(found, key=lambda test: (not test.startswith(room), self.seconds[test], test))

    def _under(self, folder: str) -> set[str]:
        """A table is read by tests that call nothing in its file: by those of its room."""
        return {test for test in self.seconds if test.startswith(folder)}

    def _of_file(self, file: str) -> set[str]:
        """What runs at import runs before every test: whoever calls into the file may see it."""
        return {
            test
            for place, tests in self.calls.items()
            if place.startswith(f"{file}::")
            for test in tests
        }

    def _until(self, tests: Iterable[str], seconds: float) -> list[str]:
        chosen, spent = [], 0.0
        for test in tests:
            spent += self.seconds[test]
            if chosen and spent > seconds:
                break
            chosen.append(test)
        return chosen


def known_tests(tree: Path, kept: Path) -> Known:
    """As recorded for this state of the tree, else recorded now (some minutes)."""
    file = kept / f"{_state(tree)}.json"
    if not file.exists():
        print("recording which tests run which functions: once for each state of the tree, minutes")
        kept.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(_recorded(tree)))
    return Known(**json.loads(file.read_text()))


def _recorded(tree: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        ignored = [f"--ignore={each}" for each in IGNORED]
        words = [*PYTEST, "-p", "mutation.recording", "-n", str(JOBS), *SELECTED, *ignored, "tests"]
        subprocess.run(
            [sys.executable, *words],
            cwd=tree,
            env=environment(tree) | {"MUTATION_RECORD": folder},
            check=False,
            stdout=subprocess.DEVNULL,
        )
        parts = [json.loads(file.read_text()) for file in Path(folder).glob("gw*.json")]
    return _joined(parts)


def _joined(parts: list[dict[str, dict]]) -> dict[str, object]:
    """What failed unbroken says nothing about mutants: it is left out, and named."""
    failed = {test for part in parts for test in part["failed"]}
    for test in sorted(failed):
        print(f"left out, it fails as it is: {test}")
    seconds = {test: took for part in parts for test, took in part["seconds"].items()}
    calls = defaultdict(list)
    for part in parts:
        for place, tests in part["calls"].items():
            calls[place] += [test for test in tests if test not in failed]
    return {
        "calls": calls,
        "seconds": {test: took for test, took in seconds.items() if test not in failed},
    }


def environment(tree: Path) -> dict[str, str]:
    """Nothing that the caller set for the product, and the tool itself from the tree."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
    return own | {"PYTHONPATH": str(tree / "tests")}


def _state(tree: Path) -> str:
    digest = hashlib.sha256()
    for folder in ("dispatch", "tests", "examples"):
        for file in sorted((tree / folder).rglob("*")):
            if file.is_file() and file.suffix in {".py", ".yaml", ".json", ".geojson", ".csv"}:
                digest.update(str(file.relative_to(tree)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _file(test: str) -> str:
    return test.partition("::")[0]
