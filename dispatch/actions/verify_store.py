"""Is everything that can be recomputed what it should be? Read only; nothing is repaired."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch import clock
from dispatch.actions.pauses import RESUME
from dispatch.actions.recomputed import recomputed
from dispatch.domain.lifecycle import ONCE, clocks_running
from dispatch.domain.supports import AT_WORK, CLOCKS, clocks_of
from dispatch.store import log
from dispatch.store.alerts import of_support, supports_of
from dispatch.store.replays import not_replayed
from dispatch.store.tables import Alert, Assignment, LogEntry, Promise, Rung
from dispatch.store.transaction import Store

RUNG_STATES: Final = ("pending", "fired", "overtaken", "cancelled", "failed")
# What a fired rung leaves in the log, whatever its action.
RUNG_CODES: Final = (
    "remind",
    "notify",
    "card",
    "lapse",
    "clock_resumed",
    "suspension_over",
    "undecided",
)
# The statuses in which a clock may stand: until a ruling, or until a date.
STANDING: Final = ("returned", "suspended")
# A due rung fires within a second; a failing one is parked with its error after eight minutes.
UNFIRED: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be; `code` is its sentence in commands.verify.differs."""

    code: str
    params: Mapping[str, object]


@dataclass
class Check:
    """One question to the whole store: how much was looked at, what differs, what is only late."""

    name: str
    seen: int = 0
    differences: list[Difference] = field(default_factory=list)
    remarks: list[Difference] = field(default_factory=list)

    def differs(self, code: str, **params: object) -> None:
        self.differences.append(Difference(code, params))


def verify_store(store: Store) -> Iterator[Check]:
    """Each check as it is done; all of them see the store at one moment."""
    with store.read() as session:
        for name, look in CHECKS.items():
            check = Check(name)
            look(store, session, check)
            yield check


def _log(_store: Store, session: Session, check: Check) -> None:
    """The chain of hashes from the first row to the last."""
    check.seen = session.scalar(select(func.count()).select_from(LogEntry)) or 0
    for each in log.breaks(session):
        check.differs(f"log_{each.what}", seq=each.seq)


def _statuses(_store: Store, session: Session, check: Check) -> None:
    """Each alert stands where its last log row left it: a log without its end is found here."""
    last = (
        select(LogEntry.alert_id, func.max(LogEntry.seq).label("seq"))
        .where(LogEntry.to_status.is_not(None))
        .group_by(LogEntry.alert_id)
        .subquery()
    )
    rows = session.execute(
        select(Alert.number, Alert.status, LogEntry.to_status)
        .outerjoin(last, last.c.alert_id == Alert.id)
        .outerjoin(LogEntry, LogEntry.seq == last.c.seq),
    )
    for number, status, logged in rows:
        check.seen += 1
        if status != logged:
            check.differs("status", number=number, status=status, logged=logged or "–")


def _due_times(store: Store, session: Session, check: Check) -> None:
    """Each open promise is due when its limit, its calendar and its events say."""
    for promise, number, due_at in recomputed(store, session):
        check.seen += 1
        if due_at != promise.due_at:
            written = {"number": number, "clock": promise.clock, "due_at": _iso(promise.due_at)}
            check.differs("due", **written, should_be=_iso(due_at))


def _iso(due_at: Any) -> str:
    return due_at.isoformat() if due_at else "–"


def _running_clocks(_store: Store, session: Session, check: Check) -> None:
    """Each alert has exactly the clocks that the law gives to its status, each once."""
    running = _by_whose(session, Promise.alert_id, ~of_support())
    contacted = _contacted(session)
    columns = (Alert.id, Alert.number, Alert.status, Alert.life_safety, Alert.policy)
    for alert in session.execute(select(*columns).execution_options(yield_per=1000)):
        check.seen += 1
        promised = alert.policy.get("promises", {})
        law = clocks_running(alert.status, life_safety=alert.life_safety) & promised.keys()
        if alert.id in contacted:
            law -= {ONCE}
        _compare(check, alert.number, running.get(alert.id, []), law)


def _by_whose(
    session: Session, whose: InstrumentedAttribute[Any], which: ColumnElement[bool]
) -> dict[str, list[str]]:
    """The running clocks, by the alert or the assignment that they are of."""
    running: dict[str, list[str]] = defaultdict(list)
    for owner, clock in session.execute(
        select(whose, Promise.clock).where(Promise.state == "running", which)
    ):
        running[owner].append(clock)
    return running


def _compare(check: Check, number: str, have: Collection[str], law: Collection[str]) -> None:
    if sorted(have) != sorted(law):
        told = {"clocks": have, "should_be": law}
        words = {name: ", ".join(sorted(clocks)) or "–" for name, clocks in told.items()}
        check.differs("clocks", number=number, **words)


def _support_clocks(_store: Store, session: Session, check: Check) -> None:
    """Each unit that has to come has exactly the clocks of what it has not done yet (S56); whoever
    is only told, or was released, has none.
    """
    running = _by_whose(session, Promise.assignment_id, of_support())
    rows = session.execute(
        select(Assignment, Alert.number, Alert.status, Alert.policy)
        .join(Alert, Alert.id == Assignment.alert_id)
        .where(Assignment.kind != "lead")
        .execution_options(yield_per=1000),
    )
    for assignment, number, status, policy in rows:
        check.seen += 1
        begun = frozenset(CLOCKS) & policy.get("promises", {}).keys()
        helping = supports_of([assignment]) if status in AT_WORK else ()
        law = clocks_of(helping[0], begun=begun) if helping else frozenset()
        _compare(check, number, running.get(assignment.id, []), law)


def _contacted(session: Session) -> set[str]:
    """The alerts whose reporters have heard from the unit that leads now."""
    spoken = Assignment.kind == "lead", Assignment.contacted_at.is_not(None)
    rows = select(Assignment.alert_id).where(*spoken, Assignment.to_at.is_(None))
    return set(session.scalars(rows))


def _paused_clocks(_store: Store, session: Session, check: Check) -> None:
    """A clock stands only while its alert waits for a ruling or a date."""
    rows = session.execute(
        select(Alert.number, Alert.status, Promise.clock)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.state == "paused"),
    )
    for number, status, name in rows:
        check.seen += 1
        if status not in STANDING:
            check.differs("paused", number=number, clock=name, status=status)


def _rungs(_store: Store, session: Session, check: Check) -> None:
    """Every rung that was made is in one known state, and each that fired stands in the log."""
    states = session.execute(select(Rung.state, func.count()).group_by(Rung.state))
    counts: dict[str, int] = {state: number for state, number in states}  # noqa: C416 - rows
    check.seen = sum(counts.values())
    for state in counts.keys() - set(RUNG_STATES):
        check.differs("rung_state", state=state, count=counts[state])
    logged = session.scalar(
        select(func.count()).select_from(LogEntry).where(LogEntry.code.in_(RUNG_CODES)),
    )
    if logged != counts.get("fired", 0):
        check.differs("rungs_logged", fired=counts.get("fired", 0), logged=logged)


def _waiting_rungs(_store: Store, session: Session, check: Check) -> None:
    """Nothing waits to fire on a clock that does not run."""
    rows = session.execute(
        select(Alert.number, Promise.clock, Promise.state)
        .select_from(Rung)
        .join(Promise, Promise.id == Rung.promise_id)
        .join(Alert, Alert.id == Rung.alert_id)
        .where(Rung.state == "pending", Rung.action != RESUME),
    )
    for number, name, state in rows:
        check.seen += 1
        if state != "running":
            check.differs("waiting", number=number, clock=name, state=state)


def _late_rungs(store: Store, session: Session, check: Check) -> None:
    """What is due and has not fired, of any age: no fault of the store, for whoever sweeps next
    fires it; but somebody shall know (S60).
    """
    latest = store.now(session) - UNFIRED
    mine = (Rung.state == "pending", *not_replayed(session, clock.wall()))
    waiting = select(func.count(), func.min(Rung.due_at)).where(*mine)
    check.seen, _ = session.execute(waiting).one()
    late, oldest = session.execute(waiting.where(Rung.due_at < latest)).one()
    if late:
        check.remarks.append(Difference("late", {"count": late, "oldest": _iso(oldest)}))


CHECKS: Final[Mapping[str, Callable[[Store, Session, Check], None]]] = {
    "log": _log,
    "statuses": _statuses,
    "due_times": _due_times,
    "running_clocks": _running_clocks,
    "support_clocks": _support_clocks,
    "paused_clocks": _paused_clocks,
    "rungs": _rungs,
    "waiting_rungs": _waiting_rungs,
    "late_rungs": _late_rungs,
}
