"""Checks that each stopped promise is met, missed or neutral as its times say."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import (
    AWAITS_DECISION,
    ENDED,
    MET,
    MISSED,
    RUNNING_OR_PAUSED,
    TO_RATE,
    UNCOUNTED,
)
from dispatch.promises.checks.found import Check, or_dash
from dispatch.promises.clocks import is_past_due
from dispatch.store.tables import Alert, LogEntry, Promise
from dispatch.store.transaction import Store

# With these flags a promise that was late when it was taken away is neutral all the same.
_NEUTRAL_FLAGS: Final = frozenset({AWAITS_DECISION, UNCOUNTED})


def check_outcomes(_store: Store, session: Session, check: Check) -> None:
    """Reports lateness that was taken off a unit, or put on one, by hand."""
    of_history = _imported(session)
    rows = session.execute(
        select(Promise, Alert.number)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.state.not_in((*RUNNING_OR_PAUSED, AWAITS_DECISION)))
        .execution_options(yield_per=1000),
    )
    for promise, number in rows:
        check.seen += 1
        should_be = _outcome(promise, is_history=promise.alert_id in of_history)
        if promise.state != should_be:
            _differs(check, number, promise, should_be)


def _outcome(promise: Promise, *, is_history: bool) -> str:
    """What the promise should be. Whether a step kept it or took it away in time is the step's to
    say: met and neutral both stand.
    """
    if promise.stopped_at is None or not is_past_due(promise, promise.stopped_at):
        return MET if promise.state == MISSED else promise.state
    is_neutral = promise.clock == TO_RATE or is_history or promise.flag in _NEUTRAL_FLAGS
    return ENDED if promise.state == ENDED and is_neutral else MISSED


def _imported(session: Session) -> set[str]:
    """The alerts of imported history, which does not say who was late by what it leaves open."""
    recorded = select(LogEntry.alert_id).where(LogEntry.code == "record_outcome")
    return {each for each in session.scalars(recorded) if each is not None}


def _differs(check: Check, number: str, promise: Promise, should_be: str) -> None:
    check.differs(
        "outcome",
        number=number,
        clock=promise.clock,
        unit=promise.unit or "–",
        stopped_at=or_dash(promise.stopped_at),
        due_at=or_dash(promise.due_at),
        state=promise.state,
        should_be=should_be,
    )
