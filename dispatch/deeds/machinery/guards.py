"""What a step demands beyond its status and its role: one function a step, all in one table."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from dispatch.deeds.machinery import (
    arriving,
    extensions,
    merging,
    reopening,
    support_deeds,
    suspensions,
    voiding,
)
from dispatch.deeds.machinery.case import Case
from dispatch.domain.law.supports import OWN_STEPS
from dispatch.domain.time import promises
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.errors import Refused
from dispatch.store.merged import followers_of
from dispatch.store.requests import RETURN, open_request
from dispatch.store.tables import Request

URGE_EVERY: Final = timedelta(hours=4)
MOST_RETURNS: Final = 2
# DOMAIN §3: from signed, a return comes within so much (an assumption of the playbook's authors).
RETURN_WITHIN: Final = Limit(1, "work_days")


def _lead_is_free(case: Case) -> None:
    _is_free(case, "lead")


def _is_free(case: Case, field: str) -> None:
    """An alert about a unit goes neither to it nor to those above and below it."""
    unit = case.unit(field)
    if unit.id in case.barred:
        raise case.refuse_field(field, "unknown_value", value=unit.id, known="units")


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
            Request.kind == RETURN,
            Request.unit == alert.lead,
        ),
    )
    if asked or alert.returns >= MOST_RETURNS or alert.ruled_final:
        raise Refused("return_limit")
    _is_free(case, "proposed")
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
    """By somebody else than who returned it; upheld and joint rulings name a unit, or the one
    that the return proposed.
    """
    request = open_request(case.tx.session, case.alert.id, RETURN)
    if request is not None and request.codes.get("asker") == case.by_ref:
        raise Refused("own_request")
    if case.wish_values["verdict"] != "rejected" and case.wish_values.get("lead"):
        _lead_is_free(case)


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


def _contact(case: Case) -> None:
    if case.lead is not None and case.lead.contacted_at is not None:
        raise Refused("already_contacted")


GUARDS: Final[Mapping[str, Callable[[Case], None]]] = {
    "accept": _lead_is_free,
    "withdraw": _withdraw,
    "return": _return,
    "rule": _rule,
    "reassign": _another_lead,
    "arrive": arriving.check_arrival,
    "submit": _submit,
    "confirm": support_deeds.check_all_finished,
    "call_support": support_deeds.check_call,
    "release_support": support_deeds.check_release,
    **dict.fromkeys(OWN_STEPS, support_deeds.check_turn),
    "support_arrive": support_deeds.check_arrival,
    "verify_ok": _verify_ok,
    "urge": _urge,
    "void": voiding.ask_once,
    "confirm_void": voiding.second_person,
    "refuse_void": voiding.was_asked,
    "contact": _contact,
    "extend": extensions.check_extend,
    "grant_extension": extensions.check_decision,
    "refuse_extension": extensions.check_decision,
    "suspend": suspensions.check_suspend,
    "grant_suspension": suspensions.check_grant,
    "refuse_suspension": suspensions.check_refusal,
    "reopen": reopening.in_time,
    "merge": merging.may_merge,
    "unmerge": merging.may_unmerge,
}
