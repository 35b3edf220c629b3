"""Somebody comes to the place: how far they stand from the pin, and what is kept of it."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.law.arrival import Arrival, judge_arrival
from dispatch.domain.law.values import LookedUp
from dispatch.store.alerts import pin
from dispatch.store.tables import Assignment


def arrival_found(case: Case) -> LookedUp:
    """How far whoever came stands from the pin, for the law to judge."""
    return LookedUp(arrival=arrival_of(case), is_in_grid=_is_inside_grid(case))


def arrival_of(case: Case) -> Arrival:
    """How far the handler stands from the pin."""
    spot, fix = pin(case.tx.session, case.alert.id), case.values.get("position")
    return judge_arrival(
        (spot.lon, spot.lat) if spot else None,
        to_wgs84(fix.lon, fix.lat, fix.crs) if fix else None,
        fix.accuracy_m if fix else None,
        case.playbook.district.arrival_radius_m,
    )


def _is_inside_grid(case: Case) -> bool:
    """A point too vague for the radius still counts inside the alert's grid."""
    fix = case.values.get("position")
    if fix is None or case.alert.grid is None:
        return False
    lon, lat = to_wgs84(fix.lon, fix.lat, fix.crs)
    return case.playbook.places.resolve(lon, lat).grid == case.alert.grid


def arrive_for(case: Case, holding: Assignment | None) -> Change:
    """Whoever came works on it for the lead or the support that this assignment is of."""
    arrival, fix = arrival_of(case), case.values.get("position")
    if holding is not None:
        holding.arrived_at = case.tx.now
        holding.handler = holding.handler or case.access.person_id
    detail = only_words(case).detail
    if fix is not None:
        detail["position"] = [fix.lon, fix.lat, fix.accuracy_m, fix.crs]
    flagged = arrival.kind != "near"
    return Change(
        codes={"arrival": arrival.kind, "distance_m": arrival.distance_m, "flagged": flagged},
        detail=detail,
    )
