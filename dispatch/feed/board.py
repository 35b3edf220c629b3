"""The board: a snapshot of what a person sees, and what changed since."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import Scope
from dispatch.errors import Refused
from dispatch.feed.audience import Rooms, Trace, hearing, traces
from dispatch.feed.cursors import Cursor, head, parse
from dispatch.shapes.board import BoardChange, BoardChanges, BoardSnapshot
from dispatch.shapes.card import Card
from dispatch.shapes.labels import Labels
from dispatch.store.conditions import is_open
from dispatch.store.tables import Alert, LogEntry
from dispatch.store.visibility import visible_in
from dispatch.views.card import cards
from dispatch.views.countdown import Calendars, no_calendars

WIDEST_GAP: Final = 5_000  # log rows; beyond it a new snapshot is the smaller answer


def snapshot(
    session: Session, scope: Scope, labels: Labels, calendars: Calendars = no_calendars
) -> BoardSnapshot:
    """Every open alert that the scope holds, as of one moment of the log.

    One's own reports are not on the board: what is live here would tell who reported.
    """
    return {
        "cursor": str(head(session, scope.topics())),
        "now": as_instant(clock.now()),
        "cards": cards(session, is_open(), visible_in(scope), calendars=calendars),
        "labels": labels,
    }


def changes_after(
    session: Session, scope: Scope, written: str, calendars: Calendars = no_calendars
) -> BoardChanges:
    """What happened to the scope's alerts after a cursor: each alert once, as it stands now.

    Raises Refused bad_cursor, or gap_too_wide where only a new snapshot helps.
    """
    rooms = scope.topics()
    now = head(session, rooms)
    news = read_news(session, _known(written, now), now.seq, calendars)
    return {
        "cursor": str(now),
        "now": as_instant(clock.now()),
        "changes": list(told(news, rooms, now)),
    }


@dataclass(frozen=True)
class News:
    """What happened to one alert in a stretch of the log: the last row, and how it stands now."""

    seq: int
    alert_id: str
    trace: Trace
    card: Card


def read_news(
    session: Session, after: int, upto: int, calendars: Calendars = no_calendars
) -> list[News]:
    """Each alert that the log speaks of in (after, upto], in log order, in seven statements."""
    touched = (LogEntry.seq > after, LogEntry.seq <= upto, LogEntry.alert_id.is_not(None))
    last = session.execute(
        select(LogEntry.alert_id, func.max(LogEntry.seq).label("seq"))
        .where(*touched)
        .group_by(LogEntry.alert_id),
    ).all()
    chosen = select(LogEntry.alert_id).where(*touched)
    found = {card["id"]: card for card in cards(session, Alert.id.in_(chosen), calendars=calendars)}
    stand = traces(session, select(Alert.id).where(Alert.id.in_(chosen)))
    news = [News(row.seq, row.alert_id, stand[row.alert_id], found[row.alert_id]) for row in last]
    return sorted(news, key=lambda each: each.seq)


def told(news: list[News], rooms: Rooms, cursor: Cursor) -> Iterator[BoardChange]:
    """The news as a listener in these rooms hears it."""
    for each in news:
        heard = hearing(rooms, each.trace)
        at = str(cursor.at(each.seq))
        if heard == "card":
            yield {"cursor": at, "card": each.card}
        elif heard == "gone":
            yield {"cursor": at, "gone": each.alert_id}


def _known(written: str, now: Cursor) -> int:
    """The position that somebody holds, where it still leads to now."""
    held = parse(written)
    if held.epoch != now.epoch or not 0 <= now.seq - held.seq <= WIDEST_GAP:
        raise Refused("gap_too_wide")
    return held.seq
