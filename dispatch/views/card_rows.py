"""What the cards of a list show of other rows: supports, undecided requests, names of handlers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, String, literal_column, select
from sqlalchemy.orm import Session

from dispatch.domain.law.request_names import TO_DECIDE
from dispatch.store.conditions import helps, is_awaited
from dispatch.store.sealing import Seal
from dispatch.store.tables import Assignment, Request

Parts = dict[str, list[Any]]


@dataclass(frozen=True)
class Around:
    """By alert the units that help, the kinds of what was asked and nobody has decided, and the
    units for which a lead that has confirmed still waits.
    """

    supports: Parts = field(default_factory=lambda: defaultdict(list))
    asked: Parts = field(default_factory=lambda: defaultdict(list))
    awaited: Parts = field(default_factory=lambda: defaultdict(list))

    def of(self, what: str) -> Parts:
        """The part for one kind of rows of the statement."""
        return {"helps": self.supports, "asks": self.asked, "awaited": self.awaited}[what]


def around(session: Session, chosen: Select[str]) -> Around:
    """Units in order of their names, requests as they were made; in one statement."""
    helping = select(
        Assignment.alert_id,
        literal_column("'helps'", String).label("what"),
        Assignment.unit.label("word"),
        Assignment.from_at.label("at"),
    ).where(Assignment.alert_id.in_(chosen), helps())
    waiting = select(
        Request.alert_id,
        literal_column("'asks'", String).label("what"),
        Request.kind.label("word"),
        Request.asked_at.label("at"),
    ).where(Request.alert_id.in_(chosen), Request.ruled_at.is_(None), Request.kind.in_(TO_DECIDE))
    awaited = select(
        Assignment.alert_id,
        literal_column("'awaited'", String).label("what"),
        Assignment.unit.label("word"),
        Assignment.from_at.label("at"),
    ).where(Assignment.alert_id.in_(chosen), is_awaited())
    every = helping.union_all(waiting, awaited).subquery()
    found = Around()
    for row in session.execute(select(every).order_by(every.c.what, every.c.at, every.c.word)):
        found.of(row.what)[row.alert_id].append(row.word)
    for units in found.supports.values():
        units.sort()
    return found


def handler_names(rows: Iterable[Row[*tuple[Any, ...]]], seal: Seal | None) -> dict[str, str]:
    """The names of handlers by person, from rows with `handler` and its sealed `identity`."""
    if seal is None:
        return {}
    boxes = {row.handler: row.identity for row in rows if row.identity is not None}
    return {person: seal.open(box)["name"] for person, box in boxes.items()}
