"""Where an alert is: its pin, the units there, the desk that is responsible, what is nearby."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dispatch.domain.coordinates import Point, to_wgs84
from dispatch.domain.duplicates import stands_for_no_place
from dispatch.domain.places import Place
from dispatch.domain.reading import Position
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.store.nearby import Nearby, alerts_nearby

# Longitude and latitude of the pin in WGS-84, and the units there; None, None for a place that is
# named by its grid.
PinAndPlace = tuple[float | None, float | None, Place]


def place_of(playbook: Playbook, position: Position | None, grid: str | None) -> PinAndPlace:
    """Where a report says that it is. Raises Refused place_implausible."""
    found = find_place(playbook, position, grid)
    if found is None:
        raise Refused("place_implausible")
    return found


def find_place(
    playbook: Playbook, position: Position | None, grid: str | None
) -> PinAndPlace | None:
    """The place; None where the point lies nowhere near the district."""
    if position is None:
        return None, None, _place_of_grid(playbook, grid)
    lon, lat = to_wgs84(position.lon, position.lat, position.crs)
    place = playbook.places.resolve(lon, lat)
    # a point within a polygon is plausible; the distance is computed only for others
    if place.street is None and not playbook.places.plausible(lon, lat):
        return None
    return lon, lat, place


def _place_of_grid(playbook: Playbook, grid: str | None) -> Place:
    community = playbook.units[grid].parent if grid else None
    street = playbook.units[community].parent if community else None
    return Place(street=street, community=community, grid=grid, zones=frozenset())


def desk_place(
    playbook: Playbook, place: Place | Facts, about_unit: str | None
) -> dict[str, str | None]:
    """The street, community and grid that are responsible; all None where the alert complains about
    that street or one of its units, for then the district stands for it.
    """
    tree, street = playbook.organisation, place.street
    units = {"street": street, "community": place.community, "grid": place.grid}
    if about_unit is None or street is None:
        return units
    concerns = tree.is_within(about_unit, street) or tree.is_within(street, about_unit)
    return dict.fromkeys(units) if concerns else units


def nearby_asked(
    session: Session,
    playbook: Playbook,
    category: str,
    pin: Point | None,
    now: datetime,
    but: str | None = None,
) -> Nearby:
    """The alerts around a pin that rules of the category ask for, `but` the alert itself. Queried
    only where some rule does, to keep the intake fast.
    """
    days = playbook.days_asked(category)
    if days is None or pin is None:
        return Nearby()
    district = playbook.district
    if stands_for_no_place(pin, district.default_points):
        return Nearby()
    since = now - timedelta(days=days) if days else None
    return alerts_nearby(session, category, pin, _within_m(playbook, category), since, but)


def _within_m(playbook: Playbook, category: str) -> int:
    """The distance within which an alert of this category may be the same problem."""
    own = playbook.categories[category].nearby_m
    return playbook.district.nearby_m if own is None else own
