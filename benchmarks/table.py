"""How figures are taken and printed."""

import time
from collections.abc import Callable, Iterable, Sequence

Row = tuple[str, ...]


def per_second(
    deed: Callable[[], object],
    seconds: float = 2.0,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """How often a deed can be done in a second, after a short warm-up.

    `clock`: time.process_time on a machine that others use too.
    """
    for _ in range(10):
        deed()
    done, started = 0, clock()
    while clock() - started < seconds:
        for _ in range(50):
            deed()
        done += 50
    return done / (clock() - started)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies: nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def show(title: str, heads: Row, rows: Iterable[Row], included: str) -> None:
    """A table in Markdown, with what is included in its figures."""
    print(f"### {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(f"\nIncluded: {included}")
