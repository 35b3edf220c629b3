"""Checks that each open promise has the pending rungs that its ladder and events give it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, zip_longest
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import PAUSED
from dispatch.domain.supports import LEAD
from dispatch.domain.time.ladders import BY_TIME_ALONE
from dispatch.domain.time.pauses import PAUSING, RESUME
from dispatch.promises.checks.found import Check, Difference, or_dash
from dispatch.promises.checks.recomputed import Recomputed, recomputed
from dispatch.promises.policy import policy_of
from dispatch.promises.replan import PAST_COLUMNS, SNOOZE, is_past, snoozed_until
from dispatch.promises.rungs_owed import LadderPosition, position_of, rungs_owed
from dispatch.store.rows import RowValues
from dispatch.store.tables import Assignment, LogEntry, PromiseEvent, Rung
from dispatch.store.transaction import Store

CHUNK: Final = 500
_A_MOMENT: Final = timedelta(seconds=1)
SentenceParams = dict[str, Any]
# By position, action and recipients, how many rungs are due when.
RungCounts = Mapping[tuple[LadderPosition, str, str], Counter[datetime]]


def check_ladders(store: Store, session: Session, check: Check) -> None:
    """Reports rungs that were deleted, moved or inserted by hand. Promises whose own due time
    differs are left to the check of due times.
    """
    every = (each for each in recomputed(store, session) if each.due_at == each.promise.due_at)
    while chunk := list(islice(every, CHUNK)):
        rungs = _Rungs(session, chunk)
        for each in chunk:
            have = rungs.pending(each)
            check.seen += len(have)
            for code, params in _differences(have, rungs.owed(store, session, each)):
                told = {"number": each.alert.number, "clock": each.promise.clock, **params}
                if _is_of_an_earlier_plan(store, session, each, told):
                    check.remarks.append(Difference("rung_of_earlier_plan", told))
                else:
                    check.differs(code, **told)


def _is_of_an_earlier_plan(
    store: Store, session: Session, each: Recomputed, told: SentenceParams
) -> bool:
    """Whether the rung waits for the opening after the due time: so the versions planned it that
    let reminders wait for office hours whatever they remind of. It fires then, and none is planned
    so any more.
    """
    due_at, action = each.promise.due_at, told["action"]
    if due_at is None or action in BY_TIME_ALONE or told["due_at"] == or_dash(None):
        return False
    at, policy = datetime.fromisoformat(told["due_at"]), policy_of(store, session, each.alert)
    hours = policy.editions(each.promise.playbook_version).calendars[each.promise.calendar]
    is_opening = hours.next_opening(at) == at == hours.next_opening(at - _A_MOMENT)
    better = told["should_be"]
    is_sooner = better == or_dash(None) or datetime.fromisoformat(better) < due_at
    return is_opening and at > due_at and is_sooner


def _differences(have: RungCounts, want: RungCounts) -> Iterator[tuple[str, SentenceParams]]:
    for step in sorted(have.keys() | want.keys()):
        (level, _), action, _ = step
        written, should_be = have.get(step, Counter()), want.get(step, Counter())
        pairs = zip_longest((written - should_be).elements(), (should_be - written).elements())
        for due_at, better in pairs:
            times = {"due_at": or_dash(due_at), "should_be": or_dash(better)}
            code = "rung_missing" if due_at is None else "rung_moved" if better else "rung_surplus"
            yield code, {"level": level, "action": action, **times}


class _Rungs:
    """The rungs of several promises, read in a few statements."""

    def __init__(self, session: Session, chunk: Sequence[Recomputed]) -> None:
        self._pending: dict[str, list[RowValues]] = defaultdict(list)
        self._past: dict[str, list[RowValues]] = defaultdict(list)
        mine = Rung.promise_id.in_([each.promise.id for each in chunk])
        is_pending = Rung.state == "pending"
        for row in session.execute(
            select(*PAST_COLUMNS, Rung.to).where(mine, is_pending | is_past())
        ):
            if row.state == "pending":
                self._pending[row.promise_id].append(row._asdict())
            if row.state != "pending" or row.snoozed_s:
                self._past[row.promise_id].append(row._asdict())
        self._ends = _ends(session, [e.promise.id for e in chunk if e.promise.state == PAUSED])
        put_off = [e for e in chunk if any(row["snoozed_s"] for row in self._past[e.promise.id])]
        self._snoozes = _snoozes(session, put_off)
        self._helps = _supports(session, put_off)

    def pending(self, each: Recomputed) -> RungCounts:
        """The pending rungs; of a paused clock only those that would resume it, for others are
        found by another check.
        """
        is_paused = each.promise.state == PAUSED
        rows = self._pending[each.promise.id]
        return _ladder(row for row in rows if not is_paused or row["action"] == RESUME)

    def owed(self, store: Store, session: Session, each: Recomputed) -> RungCounts:
        """The rungs that should be pending; of a paused clock those that end one of its pauses."""
        if each.promise.state == PAUSED:
            rows = self._pending[each.promise.id]
            ends = self._ends[each.promise.id]
            return _ladder(row for row in rows if (*row["to"], row["due_at"]) in ends)
        policy, past = policy_of(store, session, each.alert), self._past[each.promise.id]
        history = each.history
        if any(row["snoozed_s"] for row in past):
            told = self._snoozes[each.alert.id]
            helps = each.promise.assignment_id in self._helps
            history = replace(history, put_off=snoozed_until(each.promise, told, helps=helps))
        return _ladder(rungs_owed(policy, dict(each.row), history, past))


def _ladder(rows: Iterable[RowValues]) -> RungCounts:
    found: dict[tuple[LadderPosition, str, str], Counter[datetime]] = defaultdict(Counter)
    for row in rows:
        found[position_of(row), row["action"], ",".join(row["to"])][row["due_at"]] += 1
    return found


def _ends(session: Session, promises: Sequence[str]) -> Mapping[str, set[tuple[str, datetime]]]:
    """Of paused clocks the (reason, until) of each open pause, by promise."""
    found: dict[str, set[tuple[str, datetime]]] = defaultdict(set)
    events = select(PromiseEvent).where(
        PromiseEvent.promise_id.in_(promises), PromiseEvent.kind.in_(PAUSING)
    )
    for event in session.scalars(events.order_by(PromiseEvent.at, PromiseEvent.kind)):
        mine = found[event.promise_id]
        if event.kind == RESUME:
            mine -= {end for end in mine if end[0] == event.reason}
        elif event.until is not None:
            mine.add((str(event.reason), event.until))
    return found


def _snoozes(
    session: Session, put_off: Sequence[Recomputed]
) -> Mapping[str, list[tuple[datetime, Mapping[str, Any]]]]:
    """The log rows of what was put off on these alerts, by alert and in order."""
    found: dict[str, list[tuple[datetime, Mapping[str, Any]]]] = defaultdict(list)
    rows = select(LogEntry.alert_id, LogEntry.at, LogEntry.codes).where(
        LogEntry.alert_id.in_([each.alert.id for each in put_off]), LogEntry.code == SNOOZE
    )
    for alert_id, at, codes in session.execute(rows.order_by(LogEntry.seq)):
        found[str(alert_id)].append((at, codes))
    return found


def _supports(session: Session, put_off: Sequence[Recomputed]) -> set[str]:
    """The ids of the assignments among these promises that are a support's."""
    owing = [each.promise.assignment_id for each in put_off]
    rows = select(Assignment.id).where(Assignment.id.in_(owing), Assignment.kind != LEAD)
    return set(session.scalars(rows))
