"""Whoever did not call a unit to help asks whoever did to release it, and is answered."""

from datetime import datetime

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.request_names import RELEASE
from dispatch.domain.law.support_callers import released_by
from dispatch.domain.law.who import LEAD_UNIT, STREET
from dispatch.domain.law.windows import answered_until
from dispatch.domain.time.instants import as_instant
from dispatch.store.ids import new_id
from dispatch.store.requests import open_request
from dispatch.store.tables import Alert, Request


def ask_release(context: StepContext, unit: str, asks_as: str) -> Request:
    """Writes what a person asks in a relation (`asks_as`); it waits for whoever called the unit."""
    asked_for = next(each for each in context.situation.supports if each.unit == unit)
    caller = released_by(asked_for, life_safety=context.situation.life_safety)
    asked = Request(
        id=new_id(),
        alert_id=context.alert.id,
        kind=RELEASE,
        unit=_unit_of(context, asks_as),
        asker=context.access.person_id,
        asked_at=context.tx.now,
        codes={
            "support": unit,
            "asks_as": asks_as,
            "caller": caller,
            "caller_unit": _unit_of(context, caller),
            "answered_until": as_instant(_answered_until(context, caller)),
        },
    )
    context.tx.session.add(asked)
    return asked


def decide_release(context: StepContext, verdict: str) -> Request:
    """Writes the caller's verdict on the request; the law has made sure that there is one."""
    request = open_request(context.tx.session, context.alert.id, RELEASE)
    if request is None:
        raise LookupError(f"nobody asked to release a support of {context.alert.id}")
    request.ruled_at, request.verdict = context.tx.now, verdict
    return request


def desks_of(alert: Alert, request: Request) -> dict[str, str]:
    """The desks that called the unit and that ask for its release, as they are now."""
    roles = {"caller": request.codes["caller"], "asker": request.codes["asks_as"]}
    return {name: _desk(alert, relation) for name, relation in roles.items()}


def _desk(alert: Alert, relation: str) -> str:
    found = {LEAD_UNIT: alert.lead, STREET: alert.street}.get(relation)
    return found or DISTRICT_DESK


def _unit_of(context: StepContext, relation: str) -> str:
    desk = _desk(context.alert, relation)
    return context.playbook.district.id if desk == DISTRICT_DESK else desk


def _answered_until(context: StepContext, caller: str) -> datetime:
    """By the office hours of whoever has to answer."""
    hours = context.playbook.hours_of(_unit_of(context, caller))
    calendar, danger = context.playbook.calendars[hours], context.situation.life_safety
    return answered_until(context.tx.now, calendar, life_safety=danger)
