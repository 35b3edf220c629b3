"""Records an arrival: how far the handler is from the pin."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.law.arrival import Arrival, judge_arrival
from dispatch.domain.law.looked_up import LookedUp
from dispatch.store.alerts import pin
from dispatch.store.tables import Assignment


def look_up_arrival(context: StepContext) -> LookedUp:
    """How far the handler is from the pin, for the law to judge."""
    return LookedUp(arrival=arrival_of(context), is_in_grid=_is_inside_grid(context))


def arrival_of(context: StepContext) -> Arrival:
    """The arrival by the position that came with the step."""
    spot, fix = pin(context.tx.session, context.alert.id), context.values.get("position")
    return judge_arrival(
        (spot.lon, spot.lat) if spot else None,
        to_wgs84(fix.lon, fix.lat, fix.crs) if fix else None,
        fix.accuracy_m if fix else None,
        context.playbook.district.arrival_radius_m,
    )


def _is_inside_grid(context: StepContext) -> bool:
    """A position too vague for the radius still counts inside the alert's grid."""
    fix = context.values.get("position")
    if fix is None or context.alert.grid is None:
        return False
    lon, lat = to_wgs84(fix.lon, fix.lat, fix.crs)
    return context.playbook.places.resolve(lon, lat).grid == context.alert.grid


def record_arrival(context: StepContext, holding: Assignment | None) -> Change:
    """Records the arrival on the assignment of the lead or support that the handler works for."""
    arrival, fix = arrival_of(context), context.values.get("position")
    if holding is not None:
        holding.arrived_at = context.tx.now
        holding.handler = holding.handler or context.access.person_id
    detail = words_and_photos(context).detail
    if fix is not None:
        detail["position"] = [fix.lon, fix.lat, fix.accuracy_m, fix.crs]
    flagged = arrival.kind != "near"
    return Change(
        codes={"arrival": arrival.kind, "distance_m": arrival.distance_m, "flagged": flagged},
        detail=detail,
    )
