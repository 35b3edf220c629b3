"""On time: of the promises that came due in a period, the share that was kept.

A department answers for its own promises to dispose. Streets, categories and the city are counted
by the dates that reporters were told: a unit that takes an alert over begins with its whole limit,
and the reporter's date stands.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, SQLColumnExpression, literal, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import MET, MISSED, OVERALL, RUNNING, TO_DISPOSE
from dispatch.domain.scores import Rate
from dispatch.reports.criteria import CITY, GROUPINGS, PARTS, Criteria, Row
from dispatch.reports.report import Report
from dispatch.store.conditions import is_decided
from dispatch.store.tables import Alert, Promise


def clock_of(by: str) -> str:
    """The clock that a grouping counts: the units' own, or the dates that reporters were told."""
    return TO_DISPOSE if by == "department" else OVERALL


def rows(session: Session, criteria: Criteria) -> list[Row]:
    """One row for each department, street or category, or one for the city (department if nothing
    is said); ranked by the lower bound, and only with enough cases.

    Promises that ended without fault of anybody (`ended`) are not counted, nor those that are
    paused or wait for a decision.
    """
    by = criteria.by or "department"
    kept: dict[str | None, Counter[bool]] = defaultdict(Counter)
    for value, state in session.execute(
        select(_grouped_by(by, criteria), Promise.state)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(
            *_conditions(by, criteria),
            *criteria.within(Promise.due_at),
            Promise.clock == clock_of(by),
            Promise.due_at <= criteria.instant,
            Promise.state.in_((RUNNING, MET, MISSED)),
            is_decided(),
        ),
    ):
        kept[value][state == MET] += 1
    rated = [(value, Rate(count[True], count.total())) for value, count in kept.items()]
    rated.sort(key=lambda each: (not each[1].may_rank, -(each[1].low or 0), each[0] or ""))
    return [_row(by, *each, place, criteria) for place, each in enumerate(rated, start=1)]


def _grouped_by(by: str, criteria: Criteria) -> SQLColumnExpression[Any]:
    """A department answers for the promises that it owed itself, whoever leads the alert now."""
    if by == CITY:
        return literal(CITY)
    return criteria.owing_unit() if by == "department" else PARTS[by]


def _conditions(by: str, criteria: Criteria) -> Iterator[ColumnElement[bool]]:
    return criteria.conditions_of_clocks() if by == "department" else criteria.conditions()


def _row(by: str, value: str | None, rate: Rate, place: int, criteria: Criteria) -> Row:
    """The ranked come first, so the place in the list is the rank."""
    return {
        "rank": place if rate.may_rank else None,
        by: value,
        "label": criteria.label(by, value),
        "due": rate.n,
        "kept": rate.kept,
        "rate": rate.share,
        "low": rate.low,
        "high": rate.high,
    }


REPORT: Final = Report(
    name="on-time",
    columns=("rank", "label", "due", "kept", "rate", "low", "high"),
    moments=("at", "from", "to"),
    by=GROUPINGS,
    rows=rows,
)
