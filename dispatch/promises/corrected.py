"""What becomes of the clocks of an alert that was corrected and stays where it is.

The new kind's terms are looked up for each clock. A shorter limit counts from the correction, a
longer one from the clock's own beginning, and what is late stays late. A clock that stands keeps
its terms, and so does one that waits for a decision; where life turns out to be in danger, none
stands or waits.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_changes import ONCE, clocks_running
from dispatch.domain.law.clock_names import OF_THE_LEAD, OVERALL, PAUSED, TO_DISPOSE
from dispatch.domain.law.support_steps import SUPPORT_CLOCKS, SUPPORTS_ACT_IN, clocks_of
from dispatch.domain.time import promises
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart, OpenPromises
from dispatch.promises.due_times import calendar_of, read_pauses, read_taken_over, recomputed_due
from dispatch.promises.pauses import PauseReason, pause_promise, resume_promise
from dispatch.promises.policy import Policy
from dispatch.promises.replan import is_past, replan
from dispatch.store.alerts import (
    assignments_of,
    is_contacted,
    lead_assignment,
    lead_assignment_id,
    supports_of,
)
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Transaction


@dataclass
class CorrectedClocks:
    """The clocks that begin now, and what became of those that stopped, by clock."""

    begun: list[ClockStart] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """A corrected alert before its clocks follow. `policy`: with its new terms; `owner`: the unit
    that owes a clock now; `was_dangerous`: life was in danger before.
    """

    tx: Transaction
    policy: Policy
    alert: Alert
    owner: Callable[[str], str | None]
    was_dangerous: bool

    @property
    def running(self) -> frozenset[str]:
        """The clocks that the alert's status and its new terms let run."""
        law = clocks_running(self.alert.status, life_safety=self.alert.life_safety)
        return frozenset(clock for clock in law if self.policy.terms_of(clock))

    def is_promised(self, clock: str) -> bool:
        """Whether the new terms promise it."""
        return self.policy.terms_of(clock) is not None


def correct_clocks(correction: Correction) -> CorrectedClocks:
    """Stops, pauses, resumes and replans the open promises by the new terms; whoever calls begins
    those that are returned.
    """
    session, alert = correction.tx.session, correction.alert
    opened, found = clocks.open_promises(session, alert.id), CorrectedClocks()
    for clock, promise in sorted(opened.main.items()):
        _follow(correction, clock, promise, found)
    new = correction.running - opened.main.keys() - _done(correction)
    found.begun += [_start(correction, clock) for clock in sorted(new)]
    _correct_supports(correction, opened, found)
    return found


def _done(correction: Correction) -> set[str]:
    """The clocks of what the lead has done: it called the reporter, it confirmed and waits for the
    units that still work.
    """
    session, alert = correction.tx.session, correction.alert
    done = {ONCE} if is_contacted(session, alert) else set()
    lead = lead_assignment(assignments_of(session, alert.id))
    is_confirmed = alert.status == "submitted" and lead is not None and lead.confirmed_at
    return done | ({TO_DISPOSE} if is_confirmed else set())


def correct_taken_over(correction: Correction) -> CorrectedClocks:
    """The clocks of an alert that goes to another unit with the correction: what goes on follows
    the new terms, the rest is begun by the move. Whoever calls begins those that are returned.
    """
    session, found = correction.tx.session, CorrectedClocks()
    opened = clocks.open_promises(session, correction.alert.id)
    gone = [each for clock, each in opened.main.items() if not correction.is_promised(clock)]
    _take_away_all(correction, gone)
    told = opened.main.get(OVERALL)
    if told is not None and told not in gone:
        _follow(correction, OVERALL, told, found)
    _correct_supports(correction, opened, found)
    return found


def _follow(correction: Correction, clock: str, promise: Promise, found: CorrectedClocks) -> None:
    """One clock of the alert or of its lead."""
    tx, alert = correction.tx, correction.alert
    if not correction.is_promised(clock):
        found.outcomes[clock] = clocks.take_away(tx.session, promise, tx.now)
    elif promise.state == PAUSED:
        if clock in correction.running:  # a danger to life is worked on while a return waits
            resume_promise(tx.session, correction.policy, promise, tx.now, alert.status)
            _renew(correction, promise, found)
    elif clock not in correction.running and not (clock == OVERALL and alert.status == "reported"):
        pause_promise(tx.session, promise, tx.now, PauseReason(alert.status))
    elif clock != OVERALL and promise.unit != correction.owner(clock):
        found.outcomes[clock] = clocks.take_away(tx.session, promise, tx.now)
        found.begun.append(_start(correction, clock))
    else:
        _renew(correction, promise, found)


def _renew(correction: Correction, promise: Promise, found: CorrectedClocks) -> None:
    """A clock that runs begins by its new terms, or goes on as it is."""
    if start := _anew(correction, promise):
        clocks.end_promise(correction.tx.session, promise, correction.tx.now)
        found.begun.append(start)
    else:
        _keep(correction, promise)


def _start(correction: Correction, clock: str, budget_s: int | None = None) -> ClockStart:
    alert, lead = correction.alert, None
    if clock in OF_THE_LEAD:
        lead = lead_assignment_id(correction.tx.session, alert.id)
    return ClockStart(alert.id, clock, alert.round, correction.owner(clock), lead, budget_s)


def _anew(correction: Correction, promise: Promise) -> ClockStart | None:
    """How the clock begins by its new terms; None where it goes on as it is."""
    now, due_at = correction.tx.now, promise.due_at
    terms = correction.policy.terms_of(promise.clock) or {}
    is_settled = promise.card is not None or promise.flag is not None
    if due_at is None or due_at <= now or is_settled or terms.get("limit") == promise.limit:
        return None
    whole = _start(correction, promise.clock)
    [fresh] = clocks.planned_promises(
        correction.tx.session, correction.policy, [whole], correction.tx.now
    )
    if fresh["due_at"] is not None and fresh["due_at"] < due_at:
        return whole
    rest = _longer(correction, promise, due_at)
    return None if rest is None else _start(correction, promise.clock, rest)


def _longer(correction: Correction, promise: Promise, due_at: datetime) -> int | None:
    """The seconds that are left of a longer limit, counted from the promise's beginning; None where
    it is not longer, goes on with a remainder, or keeps an earlier due time of a merged alert.
    """
    session, policy, now = correction.tx.session, correction.policy, correction.tx.now
    if promise.budget_s is not None or read_taken_over(session, promise):
        return None
    terms = policy.terms_of(promise.clock) or {}
    goes_on = {"alert_id": promise.alert_id, "clock": promise.clock, "unit": promise.unit}
    today = policy.editions(policy.today)
    owner = correction.owner(promise.clock)
    calendar = calendar_of(session, today, goes_on | {"budget_s": 0}, terms, owner)
    row = {
        "limit": terms["limit"],
        "calendar": calendar,
        "started_at": promise.started_at,
        "budget_s": None,
        "extended": 0,
    }
    book = policy.editions(policy.calendar_version(calendar))
    later, _ = recomputed_due(book, row, read_pauses(session, promise))
    if later is None or later <= due_at:
        return None
    try:
        unit = Limit.parse(terms["limit"]).unit
        return promises.used(now, later, unit, book.calendars[calendar], ())
    except CalendarEnds:
        return None


def _keep(correction: Correction, promise: Promise) -> None:
    """It goes on as it is; its ladder and its cards follow the danger, as far as none had its
    turn.
    """
    session, policy = correction.tx.session, correction.policy
    is_new_ladder = promise.ladder != policy.ladder and not _has_fired(session, promise)
    if is_new_ladder:
        promise.ladder = policy.ladder
    if is_new_ladder or correction.was_dangerous != correction.alert.life_safety:
        replan(session, policy, promise)


def _has_fired(session: Session, promise: Promise) -> bool:
    past = select(Rung.id).where(Rung.promise_id == promise.id, is_past()).limit(1)
    return session.scalar(past) is not None


def _correct_supports(correction: Correction, opened: OpenPromises, found: CorrectedClocks) -> None:
    """Units that help keep their limits; clocks that the new kind does not promise end, and those
    that it promises besides begin.
    """
    session, alert = correction.tx.session, correction.alert
    if alert.status not in SUPPORTS_ACT_IN:
        return
    promised = frozenset(SUPPORT_CLOCKS) & correction.policy.terms.keys()
    for support in supports_of(assignments_of(session, alert.id)):
        law, mine = clocks_of(support, begun=promised), opened.supports.get(support.id, {})
        _take_away_all(correction, [each for clock, each in mine.items() if clock not in law])
        for clock in sorted(law & mine.keys()):
            _keep(correction, mine[clock])
        found.begun += [
            ClockStart(alert.id, clock, alert.round, support.unit, support.id, is_support=True)
            for clock in sorted(law - mine.keys())
        ]


def _take_away_all(correction: Correction, stopped: Iterable[Promise]) -> None:
    for promise in stopped:
        clocks.take_away(correction.tx.session, promise, correction.tx.now)
