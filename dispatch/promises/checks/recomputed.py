"""Recomputes every open promise from its events: what moved it, and when it is due."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.time.pauses import PAUSING, Pause, PauseEvent, pauses_from
from dispatch.domain.time.taken_over import UNMERGE, Extension, MergeEvent, TakenOver, taken_over
from dispatch.promises.due_times import EXTENSION, MERGING, recomputed_due
from dispatch.promises.rungs_owed import PromiseHistory
from dispatch.store.conditions import is_running_or_paused
from dispatch.store.tables import Alert, Promise, PromiseEvent
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class Recomputed:
    """An open promise, its history by its events, its row with what extensions added, and its due
    time as recomputed.
    """

    promise: Promise
    alert: Alert
    history: PromiseHistory
    row: Mapping[str, Any]
    due_at: datetime | None


def recomputed(store: Store, session: Session) -> Iterator[Recomputed]:
    """Every open promise, recomputed."""
    pauses, longer = _pauses(session), _extensions(session)
    taken, given_back = _taken(session, longer)
    rows = session.execute(
        select(Promise, Alert)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(is_running_or_paused())
        .execution_options(yield_per=1000),
    )
    for promise, alert in rows:
        mine = promise.id
        history = PromiseHistory(pauses.get(mine, []), taken.get(mine, ()), given_back.get(mine))
        columns = {each.key: getattr(promise, each.key) for each in Promise.__mapper__.column_attrs}
        row = columns | {"extended": sum(amount for _, amount in longer.get(mine, ()))}
        book = store.playbook_at(session, promise.playbook_version)
        due_at, _ = recomputed_due(book, row, history.pauses, history.taken)
        yield Recomputed(promise, alert, history, row, due_at)


def _taken(
    session: Session, longer: Mapping[str, Sequence[Extension]]
) -> tuple[Mapping[str, Collection[TakenOver]], Mapping[str, datetime]]:
    """What open promises took over from merged alerts, and when each last gave one back."""
    events: dict[str, list[MergeEvent]] = defaultdict(list)
    given_back: dict[str, datetime] = {}
    for event in _events(session, MERGING):
        events[event.promise_id].append((event.kind, event.at, str(event.reason), event.until))
        if event.kind == UNMERGE:
            given_back[event.promise_id] = event.at
    taken = {
        promise_id: taken_over(each, longer.get(promise_id, ())).values()
        for promise_id, each in events.items()
    }
    return taken, given_back


def _pauses(session: Session) -> Mapping[str, list[Pause]]:
    """The pauses of all open promises, by promise."""
    events: dict[str, list[PauseEvent]] = defaultdict(list)
    for event in _events(session, PAUSING):
        events[event.promise_id].append(PauseEvent(event.kind, event.at, event.reason))
    return {promise_id: pauses_from(each) for promise_id, each in events.items()}


def _extensions(session: Session) -> Mapping[str, Sequence[Extension]]:
    """The extensions of all open promises, by promise."""
    found: dict[str, list[Extension]] = defaultdict(list)
    for event in _events(session, (EXTENSION,)):
        found[event.promise_id].append((event.at, event.amount or 0))
    return found


def _events(session: Session, kinds: Sequence[str]) -> Iterable[PromiseEvent]:
    """The events of all open promises in order."""
    return session.scalars(
        select(PromiseEvent)
        .join(Promise, Promise.id == PromiseEvent.promise_id)
        .where(is_running_or_paused(), PromiseEvent.kind.in_(kinds))
        .order_by(PromiseEvent.at, PromiseEvent.id),
    )
