"""The receipt of a report: number, lead, promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import OVERALL, TO_DISPOSE
from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.rules.deciding.engine import Decision
from dispatch.store.conditions import is_running, owed_by_helper
from dispatch.store.merged import awaited_promise, master_of
from dispatch.store.tables import Alert, LogDetail, LogEntry, Promise

DECISION_CODES: Final = ("dispatch", "propose", "accept", DECIDED_AGAIN)


@dataclass(frozen=True)
class MasterReceipt:
    """The alert into which a report was merged, and its promises."""

    number: str
    status: str
    lead: str | None
    promises: tuple[tuple[str, datetime | None], ...]


@dataclass(frozen=True)
class Receipt:
    """What the reporter is told. `is_new` False: the same report came before; `merged_into`: it was
    merged; `notices`: texts of the rules by language.
    """

    id: str
    number: str
    version: int
    status: str
    category: str
    lead: str | None
    life_safety: bool
    promises: tuple[tuple[str, datetime | None], ...]
    rule: str | None
    notices: tuple[Mapping[str, str], ...]
    is_new: bool
    merged_into: MasterReceipt | None = None


def new_receipt(
    alert: Mapping[str, Any],
    promises: Sequence[Mapping[str, Any]],
    decision: Decision,
    merged_into: MasterReceipt | None = None,
) -> Receipt:
    """The receipt of an alert that came in just now."""
    return Receipt(
        id=alert["id"],
        number=alert["number"],
        version=alert["version"],
        status=alert["status"],
        category=alert["category"],
        lead=alert["lead"],
        life_safety=alert["life_safety"],
        promises=tuple(
            (row["clock"], row["due_at"]) for row in promises if row["clock"] != OVERALL
        ),
        rule=decision.rule,
        notices=decision.notices,
        is_new=True,
        merged_into=merged_into,
    )


def master_receipt(session: Session, master: Alert) -> MasterReceipt:
    """The receipt's part on the alert that a report was merged into."""
    promises, later = _promised(session, master.id), awaited_promise(session, master)
    if later is not None:  # nobody accepted it yet: this promise was made to another reporter
        promises = (*promises, (_told_clock(later.clock), later.due_at))
    return MasterReceipt(master.number, master.status, master.lead, promises)


def _promised(session: Session, alert_id: str) -> tuple[tuple[str, datetime | None], ...]:
    rows = session.execute(
        select(Promise.clock, Promise.due_at)
        .where(Promise.alert_id == alert_id, is_running(), ~owed_by_helper())
        .where(Promise.clock != TO_DISPOSE)
        .order_by(Promise.clock),
    )
    return tuple((_told_clock(name), due_at) for name, due_at in rows)


def _told_clock(name: str) -> str:
    """Reporters know one promise to dispose: the date that they were told."""
    return TO_DISPOSE if name == OVERALL else name


def receipt_from_rows(session: Session, alert: Alert) -> Receipt:
    """The receipt of an alert that came in before."""
    master = master_of(session, alert)
    decided = _decisions(session, alert)
    return Receipt(
        id=alert.id,
        number=alert.number,
        version=alert.version,
        status=alert.status,
        category=alert.category,
        lead=alert.lead,
        life_safety=alert.life_safety,
        promises=_promised(session, alert.id),
        rule=next((codes["rule"] for codes, _ in reversed(decided) if "rule" in codes), None),
        notices=tuple((decided[-1][1] or {}).get("notices", ())) if decided else (),
        is_new=False,
        merged_into=None if master is None else master_receipt(session, master),
    )


def _decisions(session: Session, alert: Alert) -> list[tuple[Mapping[str, Any], Any]]:
    """Codes and details of the decision, and of what the street made of it."""
    rows = session.execute(
        select(LogEntry.codes, LogDetail.body)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .where(LogEntry.alert_id == alert.id, LogEntry.code.in_(DECISION_CODES))
        .order_by(LogEntry.seq),
    )
    return [(codes, body) for codes, body in rows]
