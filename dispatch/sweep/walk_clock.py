"""The test clock: the city's time walks or jumps. Only the test environment ever gets here."""

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
from dispatch.sweep.warn_of_horizon import warn_of_horizon
from dispatch.telling.deliver_notices import deliver_notices


@dataclass(frozen=True)
class Walked:
    """Where the city's clock stands now, and how many rungs fired on the way, whoever swept."""

    now: datetime
    fired: int


def walk_clock(store: Store, to: datetime) -> Walked:
    """Stop at every due instant on the way, sweep and deliver there, as if time had passed."""
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
    return Walked(clock.now(), _fired(store) - before)


def jump_clock(store: Store, to: datetime) -> Walked:
    """As after an outage, or backwards: nothing happens on the way, everything due at its end."""
    before = _fired(store)
    _stand_at(store, to)
    _work(store)
    return Walked(clock.now(), _fired(store) - before)


def _work(store: Store) -> None:
    sweep_promises(store)
    deliver_notices(store)


def _look_at_calendars(store: Store) -> None:
    """As the timers do every few moments; on a walk once a day is often enough."""
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
    """When something is due next: a rung, or a try after one that failed."""
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
    return min((at for at in found if at is not None), default=None)
