"""What a step demands beyond its status and its role: one function a step, all in one table."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from dispatch.actions import merging, reopening, voiding
from dispatch.actions.case import Case
from dispatch.domain import promises
from dispatch.domain.arrival import Arrival, judge_arrival
from dispatch.domain.coordinates import to_wgs84
from dispatch.domain.promises import Limit
from dispatch.domain.worktime import CalendarEnds
from dispatch.errors import Refused
from dispatch.rules.engine import barred_units
from dispatch.rules.facts import Facts
from dispatch.store.alerts import pin
from dispatch.store.merged import followers_of
from dispatch.store.tables import Request

URGE_EVERY: Final = timedelta(hours=4)
MOST_RETURNS: Final = 2
# DOMAIN §3: from signed, a return comes within so much (an assumption of the playbook's authors).
RETURN_WITHIN: Final = Limit(1, "work_days")


def _lead_is_free(case: Case) -> None:
    """An alert about a unit goes neither to it nor to those above and below it."""
    unit = case.unit("lead")
    if unit.id in _barred(case):
        raise case.refuse_field("lead", "unknown_value", value=unit.id, known="units")


def _barred(case: Case) -> frozenset[str]:
    if case.alert.about_unit is None:
        return frozenset()
    facts = Facts(
        category=case.alert.category,
        reported_at=case.alert.reported_at,
        street=case.alert.street,
        about_unit=case.alert.about_unit,
    )
    return barred_units(case.playbook, facts)


def _another_lead(case: Case) -> None:
    _lead_is_free(case)
    if case.wish_values["lead"] == case.alert.lead:
        raise case.refuse_field("lead", "repeated")


def _withdraw(case: Case) -> None:
    if case.alert.life_safety:
        raise Refused("life_safety_stays")
    if followers_of(case.tx.session, case.alert.id):
        raise Refused("others_follow")


def _return(case: Case) -> None:
    """Once per unit, twice per alert, never after a final ruling; from signed soon, and seen."""
    alert = case.alert
    asked = case.tx.session.scalar(
        select(func.count())
        .select_from(Request)
        .where(
            Request.alert_id == alert.id,
            Request.kind == "return",
            Request.unit == alert.lead,
        ),
    )
    if asked or alert.returns >= MOST_RETURNS or alert.ruled_final:
        raise Refused("return_limit")
    case.unit("proposed")
    if alert.status == "signed":
        _return_after_signing(case)


def _return_after_signing(case: Case) -> None:
    if not case.wish_values.get("finding"):
        raise case.refuse_field("finding", "missing")
    signed = case.lead.signed_at if case.lead else None
    if signed is None:
        return
    hours = case.playbook.calendars[case.playbook.hours_of(case.alert.lead)]
    try:
        until = promises.due(signed, RETURN_WITHIN, hours)
    except CalendarEnds:
        return  # nobody can say that it is too late
    if until is not None and case.tx.now > until:
        raise Refused("return_limit")


def _rule(case: Case) -> None:
    """Upheld and joint rulings name a unit, or the one that the return proposed."""
    if case.wish_values["verdict"] != "rejected" and case.wish_values.get("lead"):
        _lead_is_free(case)


def _arrive(case: Case) -> None:
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


def _submit(case: Case) -> None:
    if case.alert.status == "signed" and case.alert.visit == "required":
        raise Refused("step_conflict", status=case.alert.status)
    if case.category.closing == "after_photo" and not case.wish_values.get("photos"):
        raise Refused("photo_missing")


def _verify_ok(case: Case) -> None:
    if case.alert.whistle and not case.wish_values.get("grade"):
        raise case.refuse_field("grade", "missing")
    if case.wish_values.get("grade") == "poor" and not case.wish_values.get("reason"):
        raise case.refuse_field("reason", "missing")


def _urge(case: Case) -> None:
    urged = case.alert.urged_at
    if urged is not None and case.tx.now < urged + URGE_EVERY:
        raise Refused("urged_lately", hours=4, at=_iso(urged + URGE_EVERY))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


GUARDS: Final[Mapping[str, Callable[[Case], None]]] = {
    "accept": _lead_is_free,
    "withdraw": _withdraw,
    "return": _return,
    "rule": _rule,
    "reassign": _another_lead,
    "arrive": _arrive,
    "submit": _submit,
    "verify_ok": _verify_ok,
    "urge": _urge,
    "void": voiding.ask_once,
    "confirm_void": voiding.second_person,
    "refuse_void": voiding.was_asked,
    "reopen": reopening.in_time,
    "merge": merging.may_merge,
    "unmerge": merging.may_unmerge,
}
