"""An alert's clocks: promises and their rungs begin, pause, go on and end with the deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, literal_column, select, update
from sqlalchemy.orm import Session

from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.domain.time import promises
from dispatch.domain.time.cards import plan_cards
from dispatch.domain.time.escalation import PlannedRung, RunningPromise, plan_rungs
from dispatch.domain.time.extensions import extended, given
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit
from dispatch.promises.due_times import calendar_of, due_of, pauses_of
from dispatch.promises.policy import Policy
from dispatch.store.conditions import is_running_or_paused
from dispatch.store.ids import new_id
from dispatch.store.rows import add_rows, connection_of
from dispatch.store.tables import Assignment, Promise, Rung

LEAD: Final = "lead"  # the kind of assignment beside those of supports
# Cards come from thresholds, not from the ladder: their levels begin where no ladder reaches.
FIRST_CARD = 100
Row = dict[str, Any]
_CANCEL: Final = (
    update(cast("Table", Rung.__table__))
    .where(Rung.promise_id == bindparam("of_promise"), Rung.state == literal_column("'pending'"))
    .values(state="cancelled")
)


@dataclass(frozen=True)
class Start:
    """A clock that begins: for which alert, round and unit.

    `assignment`: of the lead or the support that owes it; none for a clock of the alert itself.
    `budget_s`: seconds of own time instead of the limit, where a promise goes on.
    """

    alert_id: str
    clock: str
    round: int
    unit: str | None
    assignment: str | None = None
    budget_s: int | None = None


def begin(session: Session, policy: Policy, starts: Iterable[Start], now: datetime) -> list[Row]:
    """Write the promises of those clocks that the policy knows, and their rungs."""
    rows = planned(session, policy, starts, now)
    rungs = [rung for row in rows for rung in rungs_of(policy, row)]
    add_rows(session, Promise, rows)
    add_rows(session, Rung, rungs)
    return rows


def planned(session: Session, policy: Policy, starts: Iterable[Start], now: datetime) -> list[Row]:
    """The promises of those clocks that the policy knows, as rows; nothing is written."""
    return [
        _promise(session, policy, start, now) for start in starts if start.clock in policy.terms
    ]


def _promise(session: Session, policy: Policy, start: Start, now: datetime) -> Row:
    terms = policy.terms[start.clock]
    row: Row = {
        "id": new_id(),
        "alert_id": start.alert_id,
        "clock": start.clock,
        "round": start.round,
        "unit": start.unit,
        "assignment_id": start.assignment,
        "limit": terms["limit"],
        "budget_s": start.budget_s,
        "extended": 0,
        "basis": terms["basis"],
        "ladder": policy.ladder,
        "started_at": now,
        "state": "running",
    }
    row["calendar"] = calendar_of(session, policy.editions(policy.today), row, terms)
    row["playbook_version"] = policy.calendar_version(row["calendar"])
    row["due_at"], row["flag"] = due_of(policy.editions(row["playbook_version"]), row, ())
    return row


def rungs_of(
    policy: Policy, row: Row, pauses: tuple[Pause, ...] = (), *, hastened: bool = False
) -> list[Row]:
    """The rungs of a promise's row; it is flagged where the calendar ends before the last one."""
    if row["due_at"] is None:
        return []
    ladder = _planned(policy, row, _promised(policy, row, pauses, hastened=hastened))
    if any(rung.due_at is None for rung in ladder):
        row["flag"] = "ladder_ends"
    return rung_rows(row, ladder)


def rung_rows(row: Row, ladder: Iterable[PlannedRung]) -> list[Row]:
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
    policy: Policy, row: Row, pauses: tuple[Pause, ...], *, hastened: bool
) -> RunningPromise:
    calendar = policy.editions(row["playbook_version"]).calendars[row["calendar"]]
    start, limit, by = row["started_at"], Limit.parse(row["limit"]), row["extended"]
    seconds = row["budget_s"]
    if seconds is not None and by:
        seconds = given(start, limit, calendar, seconds, by)
    longer = extended(limit, by)
    return RunningPromise(start, row["due_at"], longer, calendar, pauses, seconds, hastened)


def _planned(policy: Policy, row: Row, promised: RunningPromise) -> list[PlannedRung]:
    """Ladder and cards; nobody is pushed to rate: that clock only closes by itself."""
    if row["clock"] == "rate":
        return [PlannedRung(promised.due, level=1, turn=0, action="lapse", to=())]
    ladder = policy.playbook.ladders[row["ladder"]].rungs
    safety = policy.life_safety
    return [
        *plan_rungs(ladder, promised, life_safety=safety),
        *plan_cards(policy.playbook.cards, promised, life_safety=safety, level=FIRST_CARD),
    ]


@dataclass(frozen=True)
class Running:
    """The promises of an alert that run or pause.

    `main`: by clock, those of the alert itself and of its lead; `supports`: by assignment and
    clock, those of each support, which neither stop nor start the others (S56).
    """

    main: dict[str, Promise]
    supports: dict[str, dict[str, Promise]]

    def of_supports(self) -> list[Promise]:
        return [promise for each in self.supports.values() for promise in each.values()]

    def all(self) -> list[Promise]:
        return [*self.main.values(), *self.of_supports()]


def running(session: Session, alert_id: str) -> Running:
    """What runs or pauses on an alert, in one statement."""
    found = Running({}, {})
    for promise, kind in session.execute(
        select(Promise, Assignment.kind)
        .outerjoin(Assignment, Assignment.id == Promise.assignment_id)
        .where(Promise.alert_id == alert_id, is_running_or_paused()),
    ):
        helps = promise.assignment_id if kind not in {None, LEAD} else None
        mine = found.supports.setdefault(helps, {}) if helps else found.main
        mine[promise.clock] = promise
    return found


def keep(session: Session, promise: Promise, now: datetime) -> str:
    """The promised deed was done: met, or missed once its due time passed or its card went out.

    Where somebody asked in time to move it, and nobody has decided, that is decided with it.
    """
    if promise.card is not None:
        return _stop(session, promise, "missed", now)
    late = promise.due_at is not None and now > promise.due_at
    if late and promise.flag == AWAITS_DECISION:
        return _stop(session, promise, AWAITS_DECISION, now)
    return _stop(session, promise, "missed" if late else "met", now)


def end(session: Session, promise: Promise, now: datetime) -> str:
    """The clock has no meaning any more: neutral, neither met nor missed."""
    return _stop(session, promise, "ended", now)


def _stop(session: Session, promise: Promise, state: str, now: datetime) -> str:
    promise.state = state
    promise.stopped_at = now
    promise.flag = None if promise.flag == AWAITS_DECISION != state else promise.flag
    cancel_rungs(session, promise)
    return state


def cancel_rungs(session: Session, promise: Promise) -> None:
    """In the deed's own transaction: none of them fires later, in no process.

    Rungs that this session holds are not looked at: whoever holds one asks its promise first,
    and one that fires in this very deed is written as fired after this.
    """
    connection_of(session).execute(_CANCEL, {"of_promise": promise.id})


def rework_seconds(session: Session, policy: Policy, promise: Promise) -> int:
    """What a stopped promise goes on with after rework: the rest, at least a quarter. Seconds."""
    calendar = policy.editions(promise.playbook_version).calendars[promise.calendar]
    start, limit = promise.started_at, Limit.parse(promise.limit)
    written = promises.budget(start, limit, calendar)
    mine = given(start, limit, calendar, promise.budget_s, promise.extended)
    stopped, pauses = promise.stopped_at or start, pauses_of(session, promise)
    if promise.due_at is not None:  # sooner, where it took over another alert's due time
        sooner = promises.used(start, promise.due_at, limit.unit, calendar, pauses)
        mine = min(mine, sooner)
    spent = promises.used(start, stopped, limit.unit, calendar, pauses)
    return promises.rework_budget(written, mine - spent)
