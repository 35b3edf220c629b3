"""Nobody acts on what they have not seen: the version that a step was written for."""

from sqlalchemy import select

from dispatch.deeds.machinery.case import Case
from dispatch.domain.law.who import REPORTER
from dispatch.errors import Refused
from dispatch.store.tables import Alert, LogEntry, TakenStep


def check_version(case: Case, version: int | None, after: str | None) -> None:
    """Raises Refused version_conflict with what changed and by whom. Notes and urges move nothing
    and may cross.
    """
    moves = case.step.to is not None or case.step.moves_version
    if moves and case.alert.version != _version_seen(case, version, after):
        raise _conflict(case)


def _version_seen(case: Case, version: int | None, after: str | None) -> int | None:
    """The version that the person saw, or the one that an own earlier step left behind."""
    if after is None:
        return version
    earlier = case.tx.session.get(TakenStep, after)
    if earlier is None or earlier.by_ref != case.by_ref or earlier.alert_id != case.alert.id:
        return None
    return earlier.version_after


def _conflict(case: Case) -> Refused:
    """A unit's deed, or the reporter's, whose unit stays untold."""
    last = case.tx.session.scalar(
        select(LogEntry)
        .where(LogEntry.alert_id == case.alert.id, LogEntry.role.is_not(None))
        .where(LogEntry.to_status.is_not(None))
        .order_by(LogEntry.seq.desc())
        .limit(1),
    )
    return Refused(
        "version_conflict",
        unit=_unit_of(last, case.alert),
        step=last.code if last else "",
        at=last.at.isoformat() if last else "",
        version=case.alert.version,
        status=case.alert.status,
    )


def _unit_of(last: LogEntry | None, alert: Alert) -> str:
    if last is None or last.unit is None:
        return ""
    return REPORTER if last.actor_ref == alert.reporter_ref else last.unit
