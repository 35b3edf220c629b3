"""What the cards of a list show of other rows: supports, undecided requests, names of handlers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, String, literal_column, select
from sqlalchemy.orm import Session

from dispatch.domain.law.request_names import TO_DECIDE
from dispatch.store.conditions import helps
from dispatch.store.sealing import Seal
from dispatch.store.tables import Assignment, Request

Parts = dict[str, list[Any]]


@dataclass(frozen=True)
class Around:
    """By alert the units that help, and the kinds of what was asked and nobody has decided."""

    supports: Parts = field(default_factory=lambda: defaultdict(list))
    asked: Parts = field(default_factory=lambda: defaultdict(list))


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
    both = helping.union_all(waiting).subquery()
    found = Around()
    for row in session.execute(select(both).order_by(both.c.what, both.c.at, both.c.word)):
        (found.supports if row.what == "helps" else found.asked)[row.alert_id].append(row.word)
    for units in found.supports.values():
        units.sort()
    return found


def handler_names(rows: Iterable[Row[*tuple[Any, ...]]], seal: Seal | None) -> dict[str, str]:
    """The names of handlers by person, from rows with `handler` and its sealed `identity`."""
    if seal is None:
        return {}
    boxes = {row.handler: row.identity for row in rows if row.identity is not None}
    return {person: seal.open(box)["name"] for person, box in boxes.items()}
