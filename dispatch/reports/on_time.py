"""Who keeps the promise to dispose? Those due in the period, kept or not, with the interval."""

from collections import Counter, defaultdict
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.scores import Rate
from dispatch.reports.asked import Asked, Row
from dispatch.store.tables import Alert, Promise

TITLE: Final = "reports.on_time.title"
COLUMNS: Final = ("rank", "label", "due", "kept", "rate", "low", "high")
CLOCK: Final = "dispose"


def rows(session: Session, asked: Asked) -> list[Row]:
    """One row a department; ranked by the lower bound, and only with enough cases.

    Promises that ended without fault of anybody (`ended`) are not counted, nor those that stand
    or wait for a decision.
    """
    kept: dict[str | None, Counter[bool]] = defaultdict(Counter)
    for unit, lead, state in session.execute(
        select(Promise.unit, Alert.lead, Promise.state)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(
            *asked.conditions(),
            *asked.within(Promise.due_at),
            Promise.clock == CLOCK,
            Promise.due_at <= asked.instant,
            Promise.state.in_(("running", "met", "missed")),
            Promise.flag.is_distinct_from("pending"),
        ),
    ):
        kept[unit or lead][state == "met"] += 1
    rated = [(unit, Rate(count[True], count.total())) for unit, count in kept.items()]
    rated.sort(key=lambda each: (not each[1].may_rank, -(each[1].low or 0), each[0] or ""))
    return [_row(unit, rate, place, asked) for place, (unit, rate) in enumerate(rated, start=1)]


def _row(unit: str | None, rate: Rate, place: int, asked: Asked) -> Row:
    """The ranked come first, so the place in the list is the rank."""
    return {
        "rank": place if rate.may_rank else None,
        "department": unit,
        "label": asked.label("department", unit),
        "due": rate.n,
        "kept": rate.kept,
        "rate": rate.share,
        "low": rate.low,
        "high": rate.high,
    }
