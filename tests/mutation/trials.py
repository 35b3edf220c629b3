"""Each mutant is tried in a copy of the tree: killed by a test, survived, or out of time."""

import compileall
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from mutation.changes import Mutant
from mutation.tests_for import JOBS, PYTEST, Known, environment

KILLED, SURVIVED, TIMED_OUT, NOT_TRIED = "killed", "survived", "timed out", "not tried"
# A busy machine is slow: so many times longer than recorded, and so many seconds to begin.
SLOWER, BEGIN_S = 6, 60
HEAVY = ("node_modules", ".venv")  # linked, not copied


@dataclass(frozen=True)
class Trial:
    """What became of a mutant. `tests`: how many were asked for; `seconds`: how long it took."""

    mutant: Mutant
    outcome: str
    tests: int
    seconds: float


@contextmanager
def copies(house: Path) -> Iterator[list[Path]]:
    """Copies of what git keeps, for mutants to be applied in; gone afterwards."""
    with TemporaryDirectory(prefix="shaodao-mutants-") as folder:
        trees = [Path(folder) / f"tree{number}" for number in range(JOBS)]
        for tree in trees:
            _copy(house, tree)
        yield trees


def _copy(house: Path, tree: Path) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, cwd=house, check=True, capture_output=True, text=True).stdout
    for name in told.split("\0"):
        if name and (house / name).is_file() and not name.startswith(HEAVY):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(house / name, tree / name)
    built = [*HEAVY, "static/dist", "mobile_pwa/dist"]
    for name in built:
        if (house / name).exists():
            (tree / name).symlink_to((house / name).resolve())
    # Bytecode that is believed only where the source is the same to the letter: by time and size,
    # as usual, a mutant made within a second would be taken for the whole file.
    for room in ("dispatch", "tests"):
        checked = PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(tree / room, quiet=1, invalidation_mode=checked)


def tried(
    mutants: Sequence[Mutant], known: Known, trees: Sequence[Path], minutes: float
) -> Iterator[Trial]:
    """One after the other in each tree, as they end; none begins after so many minutes."""
    until, free = time.monotonic() + minutes * 60, SimpleQueue[Path]()
    for tree in trees:
        free.put(tree)

    def attempt(mutant: Mutant) -> Trial:
        tree = free.get()
        try:
            return _trial(mutant, known, tree, until)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from pool.map(attempt, mutants)


def _trial(mutant: Mutant, known: Known, tree: Path, until: float) -> Trial:
    started, asked, outcome = time.monotonic(), 0, SURVIVED
    if started > until:
        return Trial(mutant, NOT_TRIED, 0, 0.0)
    with _broken(tree, mutant):
        for tests in (known.quick(mutant), known.wide(mutant)):
            if outcome == SURVIVED and tests:
                asked += len(tests)
                outcome = _asked(tree, tests, known.lasts(tests))
    return Trial(mutant, outcome, asked, time.monotonic() - started)


@contextmanager
def _broken(tree: Path, mutant: Mutant) -> Iterator[None]:
    file = tree / mutant.file
    whole = file.read_bytes()
    file.write_bytes(mutant.applied(whole))
    try:
        yield
    finally:
        file.write_bytes(whole)


def _asked(tree: Path, tests: Sequence[str], lasts: float) -> str:
    """Any failure is one, also at import or where the mutant leaves nothing to collect."""
    running = subprocess.Popen(
        [sys.executable, *PYTEST, "-x", *tests],
        cwd=tree,
        env=environment(tree),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return SURVIVED if running.wait(BEGIN_S + SLOWER * lasts) == 0 else KILLED
    except subprocess.TimeoutExpired:
        return TIMED_OUT
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
