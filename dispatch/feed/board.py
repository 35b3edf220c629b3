"""The board: a snapshot of the alerts that a person sees, and the changes since a cursor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import Scope
from dispatch.errors import Refused
from dispatch.feed.audience import AlertVisibility, Topics, change_kind, read_visibilities
from dispatch.feed.cursors import Cursor, head, parse_cursor
from dispatch.shapes.board import BoardChange, BoardChanges, BoardSnapshot
from dispatch.shapes.card import Card
from dispatch.shapes.labels import Labels
from dispatch.store.conditions import is_open
from dispatch.store.sealing import Seal
from dispatch.store.tables import Alert, LogEntry
from dispatch.store.visibility import visible_in
from dispatch.views.card import cards
from dispatch.views.countdown import Calendars, no_calendars

WIDEST_GAP: Final = 5_000  # log rows; for a wider gap a new snapshot is the smaller answer


def snapshot(
    session: Session,
    scope: Scope,
    labels: Labels,
    calendars: Calendars = no_calendars,
    seal: Seal | None = None,
) -> BoardSnapshot:
    """Every open alert in the scope, as of one position of the log. `seal`: as for `cards`.

    The person's own reports are not on the board: live changes of them would tell who reported.
    """
    return {
        "cursor": str(head(session, scope.topics())),
        "now": as_instant(clock.now()),
        "cards": cards(session, is_open(), visible_in(scope), calendars=calendars, seal=seal),
        "labels": labels,
    }


def changes_after(
    session: Session,
    scope: Scope,
    written: str,
    calendars: Calendars = no_calendars,
    seal: Seal | None = None,
) -> BoardChanges:
    """The changes of alerts in the scope after a cursor: each alert once, as it is now.

    Raises Refused bad_cursor, or gap_too_wide where the client needs a new snapshot.
    """
    topics = scope.topics()
    now = head(session, topics)
    changes = read_changes(session, _position(written, now), now.seq, calendars, seal)
    return {
        "cursor": str(now),
        "now": as_instant(clock.now()),
        "changes": list(changes_for(changes, topics, now)),
    }


@dataclass(frozen=True)
class AlertChange:
    """An alert that a stretch of the log is about: its last row there, its visibility
    and card now.
    """

    seq: int
    alert_id: str
    visibility: AlertVisibility
    card: Card


def read_changes(
    session: Session,
    after: int,
    upto: int,
    calendars: Calendars = no_calendars,
    seal: Seal | None = None,
) -> list[AlertChange]:
    """The alerts of the log rows in (after, upto], in log order, in seven statements."""
    touched = (LogEntry.seq > after, LogEntry.seq <= upto, LogEntry.alert_id.is_not(None))
    last = session.execute(
        select(LogEntry.alert_id, func.max(LogEntry.seq).label("seq"))
        .where(*touched)
        .group_by(LogEntry.alert_id),
    ).all()
    chosen = select(LogEntry.alert_id).where(*touched)
    now = cards(session, Alert.id.in_(chosen), calendars=calendars, seal=seal)
    found = {card["id"]: card for card in now}
    stand = read_visibilities(session, select(Alert.id).where(Alert.id.in_(chosen)))
    changes = [
        AlertChange(row.seq, row.alert_id, stand[row.alert_id], found[row.alert_id]) for row in last
    ]
    return sorted(changes, key=lambda each: each.seq)


def changes_for(
    changes: list[AlertChange], topics: Topics, cursor: Cursor
) -> Iterator[BoardChange]:
    """The changes as a listener to these topics may see them."""
    for each in changes:
        heard = change_kind(topics, each.visibility)
        at = str(cursor.at(each.seq))
        if heard == "card":
            yield {"cursor": at, "card": each.card}
        elif heard == "gone":
            yield {"cursor": at, "gone": each.alert_id}


def _position(written: str, now: Cursor) -> int:
    """The position of a client's cursor; raises Refused gap_too_wide where it cannot be
    continued.
    """
    held = parse_cursor(written)
    if held.epoch != now.epoch or not 0 <= now.seq - held.seq <= WIDEST_GAP:
        raise Refused("gap_too_wide")
    return held.seq
