"""Decisions a second by the default playbook, with their trace."""

import time
from datetime import UTC, datetime
from itertools import cycle

from benchmarks.table import per_second, show
from dispatch.rules.book.loading import load_folder
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision, decide
from dispatch.settings import load_settings

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def run() -> None:
    started = time.perf_counter()
    playbook = load_folder(load_settings({}).playbook)
    compiled = time.perf_counter() - started
    street = next(unit.id for unit in playbook.units.values() if unit.kind == "street")
    cases = cycle(
        [
            Facts(code, NOON, "路面塌了一个坑", {"urgency": "disrupts"}, street=street)
            for code in playbook.categories
        ],
    )

    def decided() -> Decision:
        return decide(playbook, next(cases))

    def written() -> object:
        return decided().trace.as_json()

    plain = per_second(decided)
    traced = per_second(written)
    show(
        "Decisions a second",
        ("rules", "categories", "decisions/s", "with the trace as JSON", "compiling, ms"),
        [
            (
                f"{len(playbook.rules.rules)}",
                f"{len(playbook.categories)}",
                f"{plain:,.0f}",
                f"{traced:,.0f}",
                f"{compiled * 1000:,.0f}",
            )
        ],
        "lead, supports, promises, ladder, trace; every category in turn; one thread.",
    )
