"""Alerts of the same kind around a place, as far as a rule asks for them."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.domain.duplicates import Neighbour, Point, box_around, metres
from dispatch.domain.lifecycle import OPEN
from dispatch.store.alerts import pin
from dispatch.store.tables import Alert, Spot

_OF_A_NEIGHBOUR = (Alert.id, Alert.number, Alert.status, Alert.reported_at)
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
    """Open alerts of the same kind around one, the nearest first; none where it has no pin."""
    here = pin(session, alert.id)
    if here is None:
        return []
    west, south, east, north = box_around((here.lon, here.lat), within_m)
    rows = session.execute(
        select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
        .join(Spot, Spot.alert_id == Alert.id)
        .where(Alert.category == alert.category, Alert.status.in_(OPEN), Alert.id != alert.id)
        .where(Spot.lon.between(west, east), Spot.lat.between(south, north), visible)
        .order_by(Alert.reported_at, Alert.id),
    )
    found = [
        Neighbour(*row[:4], round(metres((here.lon, here.lat), (row.lon, row.lat)))) for row in rows
    ]
    return sorted((each for each in found if each.metres <= within_m), key=_distance)


def _distance(neighbour: Neighbour) -> int:
    return neighbour.metres


def alerts_nearby(
    session: Session, category: str, here: Point, within_m: float, since: datetime | None
) -> Nearby:
    """Same category, at most so far away, in one statement; `since` None: only what is open."""
    is_open = Alert.status.in_(OPEN)
    west, south, east, north = box_around(here, within_m)
    rows = session.execute(
        select(*_OF_A_NEIGHBOUR, Spot.lon, Spot.lat)
        .join(Spot, Spot.alert_id == Alert.id)
        .where(Alert.category == category, Alert.status.not_in(_NOT_REAL))
        .where(is_open if since is None else is_open | (Alert.reported_at >= since))
        .where(Spot.lon.between(west, east), Spot.lat.between(south, north))
        .order_by(Alert.reported_at),
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
