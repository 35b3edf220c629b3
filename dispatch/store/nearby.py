"""Alerts of the same kind around a place, as far as a rule asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch.domain.coordinates import Point
from dispatch.domain.duplicates import Neighbour, box_around, metres
from dispatch.domain.law.statuses import OPEN
from dispatch.store.alerts import pin
from dispatch.store.rows import connection_of
from dispatch.store.tables import Alert, Spot

_OF_A_NEIGHBOUR = (Alert.id, Alert.number, Alert.status, Alert.reported_at)
# More than so many of one kind at one place tell nobody more; the oldest of them stand for all.
MOST: Final = 50
# What was no problem of its own is no repetition.
_NOT_REAL = ("declined", "referred", "merged", "voided", "withdrawn")


@dataclass(slots=True)
class Nearby:
    """`around`: those that are open; `earlier`: when those since a moment were reported."""

    around: list[Neighbour] = field(default_factory=list)
    earlier: list[datetime] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many are not done."""
        return len(self.around)


def open_around(
    session: Session, alert: Alert, within_m: float, visible: ColumnElement[bool]
) -> list[Neighbour]:
    """Open alerts of the same kind around one into which it could be merged, the nearest first;
    none where it has no pin.
    """
    here = pin(session, alert.id)
    if here is None:
        return []
    west, south, east, north = box_around((here.lon, here.lat), within_m)
    rows = session.execute(
        select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
        .join(Spot, Spot.alert_id == Alert.id)
        .where(Alert.category == alert.category, Alert.status.in_(OPEN), Alert.id != alert.id)
        .where(Spot.lon.between(west, east), Spot.lat.between(south, north), visible)
        .where(~Alert.household, Alert.about_unit.is_(None))
        .order_by(Alert.reported_at, Alert.id),
    )
    found = [
        Neighbour(*row[:4], round(metres((here.lon, here.lat), (row.lon, row.lat)))) for row in rows
    ]
    return sorted((each for each in found if each.metres <= within_m), key=_distance)


def _distance(neighbour: Neighbour) -> int:
    return neighbour.metres


def _by_hand(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The word with nothing behind it: no index has that, so that no database thinks of starting
    at the thousands of a category or a status instead of at the few that lie around.
    """
    return column.concat(literal_column("''"))


def _is_one_of(statuses: Iterable[str]) -> ColumnElement[bool]:
    """Written out, so that the statement is made once: it stands in the way of every alert."""
    return _by_hand(Alert.status).in_([literal_column(f"'{each}'") for each in sorted(statuses)])


_AROUND: Final = (
    select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
    .join(Spot, Spot.alert_id == Alert.id)
    .where(_by_hand(Alert.category) == bindparam("category"))
    .where(Spot.lon.between(bindparam("west"), bindparam("east")))
    .where(Spot.lat.between(bindparam("south"), bindparam("north")))
    .order_by(Alert.reported_at)
    .limit(MOST)
)
_OPEN_AROUND: Final = _AROUND.where(_is_one_of(OPEN))
_SINCE_AROUND: Final = _AROUND.where(~_is_one_of(_NOT_REAL)).where(
    _is_one_of(OPEN) | (Alert.reported_at >= bindparam("since"))
)


def alerts_nearby(
    session: Session, category: str, here: Point, within_m: float, since: datetime | None
) -> Nearby:
    """Same category, at most so far away, at most MOST of them, in one statement; `since` None:
    only what is open.
    """
    west, south, east, north = box_around(here, within_m)
    asked = {"category": category, "west": west, "south": south, "east": east, "north": north}
    rows = connection_of(session).execute(
        *((_OPEN_AROUND, asked) if since is None else (_SINCE_AROUND, asked | {"since": since}))
    )
    found = Nearby()
    for row in rows:
        away = metres(here, (row.lon, row.lat))
        if away > within_m:
            continue
        neighbour = Neighbour(row.id, row.number, row.status, row.reported_at, round(away))
        if neighbour.status in OPEN:
            found.around.append(neighbour)
        if since is not None and neighbour.reported_at >= since:
            found.earlier.append(neighbour.reported_at)
    return found
