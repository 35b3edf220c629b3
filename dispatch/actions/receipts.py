"""What a reporter is told at once: number, who, until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.rules.engine import Decision
from dispatch.store.alerts import of_support
from dispatch.store.tables import Alert, LogEntry, Promise


@dataclass(frozen=True)
class Receipt:
    """What the reporter is told. `is_new` False: the same request came before."""

    id: str
    number: str
    version: int
    status: str
    category: str
    lead: str | None
    life_safety: bool
    promises: tuple[tuple[str, datetime | None], ...]
    rule: str | None
    is_new: bool


def receipt_of(
    alert: Mapping[str, Any], promises: Sequence[Mapping[str, Any]], decision: Decision
) -> Receipt:
    """The receipt of an alert that was taken in just now."""
    return Receipt(
        id=alert["id"],
        number=alert["number"],
        version=alert["version"],
        status=alert["status"],
        category=alert["category"],
        lead=alert["lead"],
        life_safety=alert["life_safety"],
        promises=tuple((row["clock"], row["due_at"]) for row in promises),
        rule=decision.rule,
        is_new=True,
    )


def receipt_from_rows(session: Session, alert: Alert) -> Receipt:
    """The receipt of an alert that stands there already."""
    promises = session.execute(
        select(Promise.clock, Promise.due_at)
        .where(Promise.alert_id == alert.id, Promise.state == "running", ~of_support())
        .order_by(Promise.clock),
    )
    decided = session.scalar(
        select(LogEntry.codes).where(
            LogEntry.alert_id == alert.id,
            LogEntry.code.in_(("dispatch", "propose")),
        ),
    )
    return Receipt(
        id=alert.id,
        number=alert.number,
        version=alert.version,
        status=alert.status,
        category=alert.category,
        lead=alert.lead,
        life_safety=alert.life_safety,
        promises=tuple((name, due_at) for name, due_at in promises),
        rule=decided["rule"] if decided else None,
        is_new=False,
    )
