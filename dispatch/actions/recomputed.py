"""When should every open promise be due? Recomputed from the events of all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.actions.clocks import RUNNING
from dispatch.actions.due_times import EXTEND, MERGING, PAUSING, due_of, pauses_from
from dispatch.domain.merging import Extension, MergeEvent, TakenOver, taken_over
from dispatch.domain.promises import Pause, PauseEvent
from dispatch.store.tables import Alert, Promise, PromiseEvent
from dispatch.store.transaction import Store


def recomputed(store: Store, session: Session) -> Iterator[tuple[Promise, str, datetime | None]]:
    """Each open promise, its alert's number, and when its events say that it is due."""
    pauses, longer = _pauses(session), _extensions(session)
    taken = _taken(session, longer)
    rows = session.execute(
        select(Promise, Alert.number)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.state.in_(RUNNING))
        .execution_options(yield_per=1000),
    )
    for promise, number in rows:
        playbook = store.playbook_at(session, promise.playbook_version)
        by = sum(amount for _, amount in longer.get(promise.id, ()))
        mine = pauses.get(promise.id, []), taken.get(promise.id, ())
        due_at, _ = due_of(playbook, {**vars(promise), "extended": by}, *mine)
        yield promise, number, due_at


def _taken(
    session: Session, longer: Mapping[str, Sequence[Extension]]
) -> Mapping[str, Collection[TakenOver]]:
    """What open promises took over from merged alerts, by promise."""
    events: dict[str, list[MergeEvent]] = defaultdict(list)
    for event in _events(session, MERGING):
        events[event.promise_id].append((event.kind, event.at, str(event.reason), event.until))
    return {
        promise_id: taken_over(each, longer.get(promise_id, ())).values()
        for promise_id, each in events.items()
    }


def _pauses(session: Session) -> Mapping[str, list[Pause]]:
    """The pauses of all open promises at once, by promise."""
    events: dict[str, list[PauseEvent]] = defaultdict(list)
    for event in _events(session, PAUSING):
        events[event.promise_id].append((event.kind, event.at, event.reason))
    return {promise_id: pauses_from(each) for promise_id, each in events.items()}


def _extensions(session: Session) -> Mapping[str, Sequence[Extension]]:
    """What was added to the limits of open promises, by promise."""
    found: dict[str, list[Extension]] = defaultdict(list)
    for event in _events(session, (EXTEND,)):
        found[event.promise_id].append((event.at, event.amount or 0))
    return found


def _events(session: Session, kinds: Sequence[str]) -> Iterable[PromiseEvent]:
    """Of all open promises, in the order in which they happened."""
    return session.scalars(
        select(PromiseEvent)
        .join(Promise, Promise.id == PromiseEvent.promise_id)
        .where(Promise.state.in_(RUNNING), PromiseEvent.kind.in_(kinds))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    )
