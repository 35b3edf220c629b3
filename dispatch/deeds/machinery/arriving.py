"""Is whoever says so really there, and what is kept of it?"""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.law.arrival import Arrival, judge_arrival
from dispatch.errors import Refused
from dispatch.store.alerts import pin
from dispatch.store.tables import Assignment


def check_arrival(case: Case) -> None:
    """Near the pin, or inside its grid, or with a photo and a reason; raises Refused: too_far_away,
    photo_missing, step_conflict where nobody need come.
    """
    if case.alert.visit == "none":
        raise Refused("step_conflict", status=case.alert.status)
    arrival = arrival_of(case)
    if arrival.kind == "near" or _explained(case):
        return
    if arrival.kind == "far":
        raise Refused("too_far_away", distance_m=arrival.distance_m, allowed_m=arrival.allowed_m)
    if not _is_inside_grid(case):
        raise Refused("photo_missing")


def _explained(case: Case) -> bool:
    """Far off or unknown: a photo and a reason make up for it, and the arrival is flagged."""
    return bool(case.wish_values.get("photos") and case.wish_values.get("reason"))


def arrival_of(case: Case) -> Arrival:
    """How far the handler stands from the pin."""
    spot, fix = pin(case.tx.session, case.alert.id), case.wish_values.get("position")
    return judge_arrival(
        (spot.lon, spot.lat) if spot else None,
        to_wgs84(fix.lon, fix.lat, fix.crs) if fix else None,
        fix.accuracy_m if fix else None,
        case.playbook.district.arrival_radius_m,
    )


def _is_inside_grid(case: Case) -> bool:
    """A point too vague for the radius still counts inside the alert's grid."""
    fix = case.wish_values.get("position")
    if fix is None or case.alert.grid is None:
        return False
    lon, lat = to_wgs84(fix.lon, fix.lat, fix.crs)
    return case.playbook.places.resolve(lon, lat).grid == case.alert.grid


def arrive_for(case: Case, holding: Assignment | None) -> Change:
    """Whoever came works on it for the lead or the support that this assignment is of."""
    arrival, fix = arrival_of(case), case.wish_values.get("position")
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
