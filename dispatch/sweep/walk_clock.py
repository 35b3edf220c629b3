"""The test clock: moves the city's time, in the test environment alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from dispatch import clock
from dispatch.store.installation_facts import set_clock_offset
from dispatch.store.playbooks import active_version
from dispatch.store.tables import Notice, Rung
from dispatch.store.transaction import Store
from dispatch.sweep.reapply_promises import date_undated
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.sweep.sweep_requests import next_answer, sweep_requests
from dispatch.sweep.warn_of_horizon import warn_of_horizon
from dispatch.telling.deliver_notices import deliver_notices


@dataclass(frozen=True)
class WalkResult:
    """The city's time now, and how many rungs fired on the way."""

    now: datetime
    fired: int


def walk_clock(store: Store, to: datetime) -> WalkResult:
    """Moves the time and stops at every due instant on the way to sweep and deliver, as if time had
    passed.
    """
    before, stop = _fired(store), clock.now()
    _work(store)
    while (instant := _next_instant(store, stop)) is not None and instant <= to:
        day, stop = stop.date(), instant
        _stand_at(store, stop)
        _work(store)
        if stop.date() != day:
            _look_at_calendars(store)
    _stand_at(store, max(to, stop))
    _work(store)
    _look_at_calendars(store)
    return WalkResult(clock.now(), _fired(store) - before)


def jump_clock(store: Store, to: datetime) -> WalkResult:
    """Moves the time at once, forwards as after an outage or backwards; what is due fires at its
    end.
    """
    before = _fired(store)
    _stand_at(store, to)
    _work(store)
    return WalkResult(clock.now(), _fired(store) - before)


def _work(store: Store) -> None:
    sweep_promises(store)
    sweep_requests(store)
    deliver_notices(store)


def _look_at_calendars(store: Store) -> None:
    """The timers do this every few moments; on a walk once a day is enough."""
    with store.read() as session:
        is_empty = active_version(session) is None
    if not is_empty:
        warn_of_horizon(store)
        date_undated(store)


def _fired(store: Store) -> int:
    with store.read() as session:
        fired = select(func.count()).select_from(Rung).where(Rung.state == "fired")
        return session.scalar(fired) or 0


def _stand_at(store: Store, instant: datetime) -> None:
    with store.write() as tx:
        set_clock_offset(tx.session, instant - clock.base())
    clock.look_again()


def _next_instant(store: Store, after: datetime) -> datetime | None:
    """When something is due next: a rung, a retry, or an answer; None where nothing is."""
    times = (
        (Rung.due_at, Rung.state),
        (Rung.not_before, Rung.state),
        (Notice.not_before, Notice.state),
    )
    with store.read() as session:
        found = [
            session.scalar(select(func.min(at)).where(state == "pending", at > after))
            for at, state in times
        ]
        found.append(next_answer(session, after))
    return min((at for at in found if at is not None), default=None)
