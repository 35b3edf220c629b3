"""Due times beside those that Boston itself computed: how many of TARGET_DT are met within 60 s.

Reads the open data's export named by the environment variable BOSTON_CSV; it stays outside the
repository.
"""

import csv
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.table import show
from dispatch.domain.time.instants import at_clock_time
from dispatch.domain.time.promises import due
from dispatch.rules.book.loading import load_folder
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide

EXAMPLE = Path(__file__).parent.parent / "examples" / "boston311"
FORMAT = "%m/%d/%Y %I:%M:%S %p"
NEAR_S = 60
SHOWN = 12  # types, by rows


@dataclass(frozen=True)
class Row:
    """A request of the sample with Boston's own target."""

    department: str
    kind: str
    opened: datetime
    target: datetime
    queue: str


def run() -> None:
    file = os.environ.get("BOSTON_CSV", "")
    if not file:
        print("### Boston's own due times\n\nskipped: BOSTON_CSV names no file")
        return
    playbook = load_folder(EXAMPLE)
    rows, met = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in _rows(Path(file), playbook):
        rows[row.department, row.kind] += 1
        met[row.department, row.kind] += _is_met(playbook, row)
    _show_departments(rows, met)
    print()
    show(
        "Boston's own due times, by type",
        ("department", "type", "rows", "met within 60 s"),
        [(*key, f"{count:,}", _share(met[key], count)) for key, count in rows.most_common(SHOWN)],
        f"the {SHOWN} commonest of {len(rows)} pairs of department and type; one limit for each "
        "type, taken from the same sample.",
    )


def _show_departments(rows: Counter[tuple[str, str]], met: Counter[tuple[str, str]]) -> None:
    by: dict[str, list[int]] = {}
    for (department, kind), count in rows.items():
        sums = by.setdefault(department, [0, 0])
        sums[0] += count
        sums[1] += met[department, kind]
    lines = [
        (name, f"{count:,}", _share(good, count))
        for name, (count, good) in sorted(by.items(), key=lambda each: -each[1][0])
    ]
    lines.append(("all rows", f"{rows.total():,}", _share(met.total(), rows.total())))
    show(
        "Boston's own due times, by department",
        ("department", "rows", "met within 60 s"),
        lines,
        "every row of the sample with a target; the city edited some by hand.",
    )


def _rows(file: Path, playbook: Playbook) -> Iterator[Row]:
    zone = next(iter(playbook.calendars.values())).zone
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            if row["TARGET_DT"]:
                opened, target = (
                    at_clock_time(datetime.strptime(row[name], FORMAT), zone)  # noqa: DTZ007
                    for name in ("OPEN_DT", "TARGET_DT")
                )
                kind = " ".join(row["TYPE"].split())
                yield Row(row["Department"], kind, opened, target, row["QUEUE"])


def _is_met(playbook: Playbook, row: Row) -> bool:
    """By the whole decision, as an alert of this type would get it."""
    code = _codes(playbook).get(row.kind)
    if code is None:
        return False
    decision = decide(playbook, Facts(code, row.opened, "", {"queue": row.queue}))
    terms = decision.promises["dispose"]
    at = due(row.opened, terms.limit, playbook.calendars[terms.calendar])
    return at is not None and abs((at - row.target).total_seconds()) <= NEAR_S


_KNOWN: dict[str, str] = {}


def _codes(playbook: Playbook) -> dict[str, str]:
    if not _KNOWN:
        for category in playbook.categories.values():
            _KNOWN[" ".join(category.label["en"].split())] = category.code
    return _KNOWN


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"


if __name__ == "__main__":
    run()
