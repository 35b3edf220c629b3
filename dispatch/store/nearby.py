"""Finds alerts of the same category around a place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch.domain.coordinates import Point
from dispatch.domain.duplicates import Neighbour, box_around, metres
from dispatch.domain.law.statuses import NO_PROBLEM, OPEN, SUSPENDED, TAKES_IN
from dispatch.store.alerts import pin
from dispatch.store.rows import connection_of
from dispatch.store.tables import Alert, Spot

_OF_A_NEIGHBOUR = (Alert.id, Alert.number, Alert.status, Alert.reported_at)
# More of one kind at one place give no further information; the oldest are taken.
MOST_AROUND: Final = 50


@dataclass(slots=True)
class Nearby:
    """`around`: the open alerts; `earlier`: when those since a given moment were reported."""

    around: list[Neighbour] = field(default_factory=list)
    earlier: list[datetime] = field(default_factory=list)

    @property
    def open(self) -> int:
        """The number of open alerts."""
        return len(self.around)


def open_around(
    session: Session, alert: Alert, within_m: float, visible: ColumnElement[bool]
) -> list[Neighbour]:
    """Open alerts of the same category around an alert, into which it could be merged, nearest
    first; empty where it has no pin. One that is put off until a date is not among them, and a
    danger to life finds only dangers for which somebody comes.
    """
    here = pin(session, alert.id)
    if here is None:
        return []
    west, south, east, north = box_around((here.lon, here.lat), within_m)
    rows = session.execute(
        select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
        .join(Spot, Spot.alert_id == Alert.id)
        .where(
            Alert.category == alert.category,
            Alert.status.in_(TAKES_IN if alert.life_safety else OPEN - {SUSPENDED}),
            Alert.life_safety | (not alert.life_safety),
            Alert.id != alert.id,
        )
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


def _without_index(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The column concatenated with an empty string, which no index covers: so the database starts
    from the few alerts around the place, not from the thousands of one category or status.
    """
    return column.concat(literal_column("''"))


def _is_one_of(statuses: Iterable[str]) -> ColumnElement[bool]:
    """The statuses written out as literals, so that the statement is compiled once."""
    return _without_index(Alert.status).in_(
        [literal_column(f"'{each}'") for each in sorted(statuses)]
    )


_AROUND: Final = (
    select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
    .join(Spot, Spot.alert_id == Alert.id)
    .where(_without_index(Alert.category) == bindparam("category"))
    .where(Spot.lon.between(bindparam("west"), bindparam("east")))
    .where(Spot.lat.between(bindparam("south"), bindparam("north")))
    .order_by(Alert.reported_at)
    .limit(MOST_AROUND)
)
_OPEN_AROUND: Final = _AROUND.where(_is_one_of(OPEN))
_SINCE_AROUND: Final = _AROUND.where(~_is_one_of(NO_PROBLEM)).where(
    _is_one_of(OPEN) | (Alert.reported_at >= bindparam("since"))
)


def alerts_nearby(
    session: Session,
    category: str,
    here: Point,
    within_m: float,
    since: datetime | None,
    but: str | None = None,
) -> Nearby:
    """Alerts of the category within `within_m` metres, MOST_AROUND at most, in one statement;
    `since` None: only open ones. `but`: the alert itself, where it is in already.
    """
    west, south, east, north = box_around(here, within_m)
    asked = {"category": category, "west": west, "south": south, "east": east, "north": north}
    rows = connection_of(session).execute(
        *((_OPEN_AROUND, asked) if since is None else (_SINCE_AROUND, asked | {"since": since}))
    )
    found = Nearby()
    for row in rows:
        away = metres(here, (row.lon, row.lat))
        if away > within_m or row.id == but:
            continue
        neighbour = Neighbour(row.id, row.number, row.status, row.reported_at, round(away))
        if neighbour.status in OPEN:
            found.around.append(neighbour)
        if since is not None and neighbour.reported_at >= since:
            found.earlier.append(neighbour.reported_at)
    return found
