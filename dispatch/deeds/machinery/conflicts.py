"""Refuses a step that was written for another version of the alert."""

from typing import Final

from sqlalchemy import select

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.events import MOVING_EVENTS
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import REPORTER
from dispatch.errors import Refused
from dispatch.store.tables import LogEntry, TakenStep

# What raises the version: steps of people, and what the city does by itself.
_MOVING: Final = frozenset(
    {each.name for each in STEPS.values() if each.needs_version} | MOVING_EVENTS
)


def version_refusal(context: StepContext, version: int | None, after: str | None) -> Refused | None:
    """The refusal version_conflict, with what changed and by whom; None where the person saw the
    alert as it is. Notes and urges change no version and may cross.
    """
    moves = context.step.needs_version
    if not moves or context.alert.version == _version_seen(context, version, after):
        return None
    return _conflict(context)


def _version_seen(context: StepContext, version: int | None, after: str | None) -> int | None:
    """The version that the person saw, or the one that their own earlier step left."""
    if after is None:
        return version
    earlier = context.tx.session.get(TakenStep, after)
    if earlier is None or not context.took(earlier):
        return None
    return earlier.version_after


def _conflict(context: StepContext) -> Refused:
    """Names the unit and the step that moved the alert last; of the reporter's steps only that it
    was the reporter.
    """
    last = context.tx.session.scalar(
        select(LogEntry)
        .where(LogEntry.alert_id == context.alert.id, LogEntry.role.is_not(None))
        .where(LogEntry.code.in_(_MOVING))
        .order_by(LogEntry.seq.desc())
        .limit(1),
    )
    return Refused(
        "version_conflict",
        unit=_unit_of(last),
        step=last.code if last else "",
        at=last.at if last else "",
        version=context.alert.version,
        status=context.alert.status,
    )


def _unit_of(last: LogEntry | None) -> str:
    if last is None:
        return ""
    return last.unit or (REPORTER if last.mark else "")
