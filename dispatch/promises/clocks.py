"""Begins and ends the promises of an alert, and plans their rungs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import (
    AWAITS_DECISION,
    ENDED,
    LADDER_ENDS,
    MET,
    MISSED,
    OVERALL,
    RUNNING,
    TO_RATE,
)
from dispatch.domain.law.late import is_after_due
from dispatch.domain.supports import LEAD
from dispatch.domain.time.cards import plan_cards
from dispatch.domain.time.escalation import PlannedRung, RunningPromise, plan_rungs
from dispatch.domain.time.extensions import extended, given
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit
from dispatch.promises.cancel_rungs import cancel_rungs
from dispatch.promises.due_times import calendar_of, recomputed_due
from dispatch.promises.policy import Policy
from dispatch.store.conditions import is_running_or_paused
from dispatch.store.ids import new_id
from dispatch.store.rows import RowValues, add_rows
from dispatch.store.tables import Assignment, Promise, Rung

# Cards come from thresholds, not from the ladder; their levels begin above every ladder.
FIRST_CARD_LEVEL = 100


@dataclass(frozen=True)
class ClockStart:
    """A clock that begins: for which alert, round and unit.

    `assignment`: of the lead or the support that owes it; None for a clock of the alert itself.
    `unit`: who owes it; for the overall clock the unit whose hours count.
    `budget_s`: seconds of own time instead of the limit, where a promise continues. `is_support`:
    the unit was called to help, and may have limits of its own.
    """

    alert_id: str
    clock: str
    round: int
    unit: str | None
    assignment: str | None = None
    budget_s: int | None = None
    is_support: bool = False


def begin_promises(
    session: Session, policy: Policy, starts: Iterable[ClockStart], now: datetime
) -> list[RowValues]:
    """Writes the promises of those clocks that the policy promises, and their rungs; returns the
    promises' rows.
    """
    rows = planned_promises(session, policy, starts, now)
    rungs = [rung for row in rows for rung in planned_rung_rows(policy, row)]
    add_rows(session, Promise, rows)
    add_rows(session, Rung, rungs)
    return rows


def planned_promises(
    session: Session, policy: Policy, starts: Iterable[ClockStart], now: datetime
) -> list[RowValues]:
    """The promises of those clocks that the policy promises, as rows; nothing is written."""
    found = (
        (start, policy.terms_of(start.clock, start.unit if start.is_support else None))
        for start in starts
    )
    return [_promise(session, policy, start, terms, now) for start, terms in found if terms]


def _promise(
    session: Session, policy: Policy, start: ClockStart, terms: Mapping[str, str], now: datetime
) -> RowValues:
    row: RowValues = {
        "id": new_id(),
        "alert_id": start.alert_id,
        "clock": start.clock,
        "round": start.round,
        "unit": None if start.clock == OVERALL else start.unit,
        "assignment_id": start.assignment,
        "limit": terms["limit"],
        "budget_s": start.budget_s,
        "extended": 0,
        "basis": terms["basis"],
        "ladder": policy.ladder,
        "started_at": now,
        "state": RUNNING,
    }
    row["calendar"] = calendar_of(session, policy.editions(policy.today), row, terms, start.unit)
    row["playbook_version"] = policy.calendar_version(row["calendar"])
    row["due_at"], row["flag"] = recomputed_due(policy.editions(row["playbook_version"]), row, ())
    return row


def planned_rung_rows(
    policy: Policy, row: RowValues, pauses: tuple[Pause, ...] = (), *, hastened: bool = False
) -> list[RowValues]:
    """The rungs of a promise's row, as rows; the promise is flagged where the calendar ends before
    its last rung.
    """
    if row["due_at"] is None:
        return []
    ladder = _planned(policy, row, _promised(policy, row, pauses, hastened=hastened))
    if any(rung.due_at is None for rung in ladder):
        row["flag"] = LADDER_ENDS
    return rung_rows(row, ladder)


def rung_rows(row: RowValues, ladder: Iterable[PlannedRung]) -> list[RowValues]:
    return [
        {
            "id": new_id(),
            "promise_id": row["id"],
            "alert_id": row["alert_id"],
            "level": rung.level,
            "turn": rung.turn,
            "action": rung.action,
            "to": list(rung.to),
            "due_at": rung.due_at,
            "state": "pending",
            "attempts": 0,
            "snoozed_s": 0,
        }
        for rung in ladder
        if rung.due_at is not None
    ]


def _promised(
    policy: Policy, row: RowValues, pauses: tuple[Pause, ...], *, hastened: bool
) -> RunningPromise:
    calendar = policy.editions(row["playbook_version"]).calendars[row["calendar"]]
    start, limit, by = row["started_at"], Limit.parse(row["limit"]), row["extended"]
    seconds = row["budget_s"]
    if seconds is not None and by:
        seconds = given(start, limit, calendar, seconds, by)
    longer = extended(limit, by)
    return RunningPromise(start, row["due_at"], longer, calendar, pauses, seconds, hastened)


def _planned(policy: Policy, row: RowValues, promised: RunningPromise) -> list[PlannedRung]:
    """Ladder and cards. Nobody is reminded to rate: that clock only closes the alert. The overall
    clock reminds nobody either: the units have promises of their own.
    """
    if row["clock"] == OVERALL:
        return []
    if row["clock"] == TO_RATE:
        return [PlannedRung(promised.due, level=1, turn=0, action="lapse", to=())]
    ladder = policy.playbook.ladders[row["ladder"]].rungs
    safety = policy.life_safety
    return [
        *plan_rungs(ladder, promised, life_safety=safety),
        *plan_cards(policy.playbook.cards, promised, life_safety=safety, level=FIRST_CARD_LEVEL),
    ]


@dataclass(frozen=True)
class OpenPromises:
    """The promises of an alert that run or are paused.

    `main`: by clock, those of the alert itself and of its lead; `supports`: by assignment and
    clock, those of each support, which neither stop nor start the others.
    """

    main: dict[str, Promise]
    supports: dict[str, dict[str, Promise]]

    def of_supports(self) -> list[Promise]:
        return [promise for each in self.supports.values() for promise in each.values()]

    def all(self) -> list[Promise]:
        return [*self.main.values(), *self.of_supports()]


def open_promises(session: Session, alert_id: str) -> OpenPromises:
    """The promises that run or are paused, read in one statement."""
    found = OpenPromises({}, {})
    for promise, kind in session.execute(
        select(Promise, Assignment.kind)
        .outerjoin(Assignment, Assignment.id == Promise.assignment_id)
        .where(Promise.alert_id == alert_id, is_running_or_paused()),
    ):
        helps = promise.assignment_id if kind not in {None, LEAD} else None
        mine = found.supports.setdefault(helps, {}) if helps else found.main
        mine[promise.clock] = promise
    return found


def keep_promise(session: Session, promise: Promise, now: datetime) -> str:
    """Stops a promise whose deed was done, and returns its state: met, or missed once its due time
    has passed or it has a card. Pending where a request made in time is undecided.
    """
    late = is_past_due(promise, now)
    if late and promise.card is None and promise.flag == AWAITS_DECISION:
        return _stop(session, promise, AWAITS_DECISION, now)
    return _stop(session, promise, MISSED if late else MET, now)


def take_away(session: Session, promise: Promise, now: datetime) -> str:
    """Stops a promise that a step takes away from its unit, and returns its state: missed where it
    was late by then, else ended.

    Ended, too, while a request that was asked in time is undecided, and where nobody can be late: a
    reporter who does not rate.
    """
    if is_missed(promise, now):
        return _stop(session, promise, MISSED, now)
    nobody_decided = promise.clock != TO_RATE and is_past_due(promise, now)
    end_promise(session, promise, now)
    if nobody_decided:
        promise.flag = AWAITS_DECISION  # for good
    return promise.state


def is_missed(promise: Promise, now: datetime) -> bool:
    """Whether an open promise is missed if it is taken away now: late, and nobody's word is waited
    for.
    """
    undecided = promise.flag == AWAITS_DECISION and promise.card is None
    return promise.clock != TO_RATE and is_past_due(promise, now) and not undecided


def is_past_due(promise: Promise, now: datetime) -> bool:
    """Whether its due time has passed, or it has a card."""
    return promise.card is not None or is_after_due(promise.due_at, now)


def end_promise(session: Session, promise: Promise, now: datetime) -> str:
    """Stops a promise that has become meaningless: neither met nor missed."""
    return _stop(session, promise, ENDED, now)


def _stop(session: Session, promise: Promise, state: str, now: datetime) -> str:
    promise.state = state
    promise.stopped_at = now
    promise.flag = None if promise.flag == AWAITS_DECISION != state else promise.flag
    cancel_rungs(session, promise)
    return state
