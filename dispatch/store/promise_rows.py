"""Reads the promises of one alert with the events that paused them, in two statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import RUNNING_OR_PAUSED, TO_DISPOSE
from dispatch.domain.time.pauses import PAUSING, PauseEvent
from dispatch.store.conditions import is_assignment_of_helper
from dispatch.store.tables import Assignment, Promise, PromiseEvent

# Built once: every page asks for them.
_PROMISES: Final = (
    select(Promise, Assignment.kind)
    .outerjoin(Assignment, is_assignment_of_helper())
    .where(Promise.alert_id == bindparam("alert"))
    .order_by(Assignment.kind.is_not(None), Promise.started_at, Promise.round, Promise.due_at)
    .order_by(Promise.clock, Promise.id)
)
_PAUSES: Final = (
    select(PromiseEvent)
    .where(PromiseEvent.promise_id.in_(bindparam("promises", expanding=True)))
    .where(PromiseEvent.kind.in_(PAUSING))
    .order_by(PromiseEvent.at, PromiseEvent.kind)
)


@dataclass(frozen=True)
class PromiseWithPauses:
    """One promise; `mode`: how the unit helps that owes it; None of the lead's and of the alert's
    own.
    """

    promise: Promise
    pauses: list[PauseEvent]
    mode: str | None

    @property
    def helps(self) -> bool:
        """Whether a unit that helps owes it, not the lead and not the alert itself."""
        return self.mode is not None


def promises_of(session: Session, alert_id: str) -> list[PromiseWithPauses]:
    """Those of the alert and its lead, then those of supports, each oldest first."""
    rows = session.execute(_PROMISES, {"alert": alert_id})
    found = [(promise, mode) for promise, mode in rows]
    events = _pause_events(session, [promise.id for promise, _ in found])
    return [PromiseWithPauses(promise, events.get(promise.id, []), mode) for promise, mode in found]


def lead_dispose_promise(promises: Iterable[PromiseWithPauses]) -> PromiseWithPauses | None:
    """The lead's promise to dispose while it runs or is paused, or None."""
    return next(
        (
            each
            for each in promises
            if not each.helps
            and each.promise.clock == TO_DISPOSE
            and each.promise.state in RUNNING_OR_PAUSED
        ),
        None,
    )


def _pause_events(session: Session, promise_ids: list[str]) -> dict[str, list[PauseEvent]]:
    """The pause events of several promises, by promise and in order."""
    found: dict[str, list[PauseEvent]] = {}
    for row in session.scalars(_PAUSES, {"promises": promise_ids}):
        event = PauseEvent(row.kind, row.at, row.reason, row.owner, row.until)
        found.setdefault(row.promise_id, []).append(event)
    return found
