"""`python -m mutation [--seed 1] [--count 100] [--minutes 90]`, with tests on the path."""

import argparse
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from mutation.changes import Mutant, mutants_of
from mutation.equivalents import equivalents
from mutation.tests_for import known_tests
from mutation.trials import KILLED, NOT_TRIED, SURVIVED, TIMED_OUT, Trial, copies, tried

HOUSE = Path(__file__).parents[2]
ROOMS = ("domain", "rules", "deeds", "promises", "feed")
WANTED = 0.92
KEPT = HOUSE / ".build" / "mutants"


def drawn(seed: int, count: int) -> list[Mutant]:
    """So many of all mutants of the rooms, the same for the same seed and tree."""
    return random.Random(seed).sample(every_mutant(), count)


def every_mutant() -> list[Mutant]:
    files = sorted(file for room in ROOMS for file in (HOUSE / "dispatch" / room).rglob("*.py"))
    return [
        mutant
        for file in files
        for mutant in mutants_of(str(file.relative_to(HOUSE)), file.read_bytes())
    ]


def main(arguments: Sequence[str]) -> int:
    asked = _parsed(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the copies go
    mutants = drawn(asked.seed, asked.count)
    print(f"{len(mutants)} mutants of {', '.join(ROOMS)}, seed {asked.seed}", flush=True)
    with copies(HOUSE) as trees:
        known = known_tests(trees[0], KEPT)
        trials = [_said(trial) for trial in tried(mutants, known, trees, asked.minutes)]
    return _judged(trials)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser("mutation", description="Ask the tests by breaking the code.")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=100)
    asked.add_argument("--minutes", type=float, default=90, help="no trial begins later")
    return asked.parse_args(arguments)


def _said(trial: Trial) -> Trial:
    mutant = trial.mutant
    told = f"{trial.outcome:9} {mutant.file}:{mutant.number} {mutant.kind}"
    print(f"{told} ({trial.tests} tests, {trial.seconds:.0f} s)", flush=True)
    return trial


def _judged(trials: Sequence[Trial]) -> int:
    """Print the table and every survivor; 0 where enough of those that count were killed.

    Out of time counts as killed: nobody overlooks a test that never ends.
    """
    argued = equivalents()
    counting = [each for each in trials if not any(one.is_of(each.mutant) for one in argued)]
    outcomes = Counter(each.outcome for each in counting)
    for trial in counting:
        if trial.outcome == SURVIVED:
            print(f"\n{_shown(trial.mutant)}")
    rows = {each: outcomes[each] for each in (KILLED, SURVIVED, TIMED_OUT, NOT_TRIED)}
    rows |= {"equivalent, argued": len(trials) - len(counting)}
    print("\n| outcome | mutants |\n|---|---|")
    print("\n".join(f"| {name} | {number} |" for name, number in rows.items()))
    print(_by_kind(counting))
    seen = (outcomes[KILLED] + outcomes[TIMED_OUT]) / max(1, len(counting))
    print(f"\n{seen:.1%} of {len(counting)} were noticed; {WANTED:.0%} are wanted.")
    return 0 if seen >= WANTED else 1


def _by_kind(trials: Iterable[Trial]) -> str:
    kinds = Counter((each.mutant.kind, each.outcome == SURVIVED) for each in trials)
    names = sorted({kind for kind, _ in kinds})
    lines = [f"| {name} | {kinds[name, False]} | {kinds[name, True]} |" for name in names]
    return "\n".join(["\n| kind | noticed | survived |\n|---|---|---|", *lines])


def _shown(mutant: Mutant) -> str:
    """The survivor as a diff, as `diff` prints one."""
    before = (HOUSE / mutant.file).read_bytes()
    words = ["diff", "-U2", "--label", mutant.file, "--label", mutant.kind]
    told = subprocess.run(
        [*words, str(HOUSE / mutant.file), "-"],
        input=mutant.applied(before),
        capture_output=True,
        check=False,
    )
    return f"survived: {mutant.file}:{mutant.number}\n{told.stdout.decode().rstrip()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
