"""What a playbook costs: decisions beside two peers on the same rules, loading, places."""

import gc
import itertools
import random
import time
from collections.abc import Callable
from datetime import date

import shapely

from benchmarks import peers
from benchmarks.rule_sets import files_of, rule_table, situations
from benchmarks.table import per_second, show
from dispatch.domain.places import Feature, PlaceIndex
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.checks import check_playbook

TODAY = date(2026, 11, 23)
SIZES = (100, 1_000, 10_000)
ALERTS = 2_000
POLYGONS_A_SIDE = 32


def run() -> None:
    _loading()
    print()
    _decisions()
    print()
    _places()


def _decisions() -> None:
    rows = [row for size in SIZES for row in _rows_of(size)]
    show(
        "Decisions a CPU second on the same rules",
        ("rules", "engine", "decisions/s", "differences"),
        rows,
        "CPU time of one core; 150 categories, a street, an answer, photos; each "
        "engine finds the rules of the category first. Ours decides supports, promises, ladder and "
        "severity too; “stored trace” writes out every rule considered, with values and places. "
        "Peers appear where requirements-bench.txt is installed.",
    )


def _rows_of(size: int) -> list[tuple[str, ...]]:
    rules = rule_table(size)
    book = load(files_of(rules))
    facts = list(situations(ALERTS))
    wanted = [decide(book, each).lead for each in facts]
    rows = [(f"{size:,}", "this", _speed(lambda each: decide(book, each), facts), "–")]
    traced = _speed(lambda each: decide(book, each).trace.as_json(), facts)
    rows.append((f"{size:,}", "this, with stored trace", traced, "–"))
    for name, make in peers.installed().items():
        peer = make(rules)
        differences = sum(peer(each) != lead for each, lead in zip(facts, wanted, strict=True))
        rows.append((f"{size:,}", name, _speed(peer, facts), f"{differences}"))
    return rows


def _speed(deed: Callable[[Facts], object], facts: list[Facts]) -> str:
    turns = itertools.cycle(facts)
    return f"{per_second(lambda: deed(next(turns)), 1.0, time.process_time):,.0f}"


def _loading() -> None:
    files = files_of(rule_table(SIZES[-1]))
    loading, book = _timed(lambda: load(files))
    checking, _ = _timed(lambda: check_playbook(book, TODAY))
    show(
        "A playbook of 10,000 rules",
        ("load, CPU s", "check, CPU s", "both, CPU s"),
        [(f"{loading:.2f}", f"{checking:.2f}", f"{loading + checking:.2f}")],
        "reading YAML with every line kept, references, index; shadowed rules, unreached "
        "categories and departments, missing bases, cases.",
    )


def _timed(deed: Callable[[], Playbook | object]) -> tuple[float, Playbook]:
    gc.collect()
    started = time.process_time()
    made = deed()
    return time.process_time() - started, made


def _places() -> None:
    index = PlaceIndex(_tiles(), (0.5, 0.5), 100, 500)
    chance = random.Random(1)
    points = itertools.cycle([(chance.random(), chance.random()) for _ in range(5_000)])
    speed = per_second(lambda: index.resolve(*next(points)), clock=time.process_time)
    show(
        "Places a CPU second",
        ("polygons", "points/s"),
        [(f"{POLYGONS_A_SIDE**2:,}", f"{speed:,.0f}")],
        "each point to its grid, community, street and zones.",
    )


def _tiles() -> list[Feature]:
    side = 1 / POLYGONS_A_SIDE
    return [
        Feature(
            f"g{x}-{y}",
            "grid",
            {"street": "s", "community": "c"},
            shapely.box(x * side, y * side, (x + 1) * side, (y + 1) * side),
        )
        for x, y in itertools.product(range(POLYGONS_A_SIDE), repeat=2)
    ]
