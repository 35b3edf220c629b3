"""Alerts over HTTP: report one, list them, read one, take a step."""

import time
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, Final

from flask import Blueprint, Response, current_app, g, jsonify

from dispatch import clock
from dispatch.blueprints.bodies import asked_once, body
from dispatch.blueprints.list_filters import refuse_unknown_values
from dispatch.blueprints.rate_limit import RateLimit
from dispatch.blueprints.request_access import access, language, store
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.law.step_fields import read_step_fields
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import REPORTER
from dispatch.domain.reading import Faults, echo, read_instant, read_uuid
from dispatch.domain.roles import may_report
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import scope_of
from dispatch.errors import Refused
from dispatch.installation.note_reading import note_reading
from dispatch.intake.receipts import Receipt
from dispatch.intake.report_alert import report_alert
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.intake.report_form import read_report
from dispatch.rules.telling.danger import numbers_to_call, spoken_numbers
from dispatch.shapes.labels import NamedUnit
from dispatch.shapes.report import ReceiptPromise, ReportReceipt
from dispatch.translations import tongue_of, translate
from dispatch.translations.spoken_instant import spoken_instant
from dispatch.views.alert_page import alert_page
from dispatch.views.listing import list_page, read_query
from dispatch.views.reader import Reader

alerts = Blueprint("alerts", __name__, url_prefix="/api/v1")
_LIMIT: Final = "shaodao.intake"


@alerts.put("/alerts/<alert_id>")
def report(alert_id: str) -> tuple[Response, int]:
    """201 a new alert, 200 the same again."""
    who, city = access(), store()
    faults = Faults()
    read_uuid("id", alert_id, faults)
    faults.refuse()
    with city.read() as session:
        playbook = city.playbook(session)
    grant = may_report(who, playbook.organisation)
    if grant is None:
        raise Refused("forbidden")
    parsed = read_report(playbook, body(), clock.now())
    _limit_rate(who.person_id)
    receipt = report_alert(city, who, grant, alert_id, parsed)
    return jsonify(_receipt(receipt, playbook, parsed.text)), 201 if receipt.is_new else 200


def _limit_rate(person_id: str) -> None:
    """Raise Refused slow_down for one report too many; per person, for an office shares one
    address.
    """
    per_minute = store().settings.intake_per_minute
    limit: RateLimit = current_app.extensions.setdefault(_LIMIT, RateLimit(per_minute))
    if seconds := limit.ask(person_id, time.monotonic()):
        raise Refused("slow_down", seconds=seconds)


def _receipt(receipt: Receipt, playbook: Playbook, text: str) -> ReportReceipt:
    spoken = language()
    tongue = tongue_of(spoken)
    lead, into = _unit(receipt.lead, playbook, tongue), receipt.merged_into
    rule = playbook.rule(receipt.rule)
    label = rule.label[tongue] if rule else ""
    answer: ReportReceipt = {
        "id": receipt.id,
        "number": receipt.number,
        "version": receipt.version,
        "status": receipt.status,
        "lead": lead,
        "promises": _promised(receipt.promises),
        "reason": _reason(receipt, label, lead["label"] if lead else ""),
        "notices": [each[tongue] for each in receipt.notices],
        "life_safety": receipt.life_safety,
        "merged_into": None
        if into is None
        else {
            "number": into.number,
            "status": into.status,
            "lead": _unit(into.lead, playbook, tongue),
            "promises": _promised(into.promises),
        },
    }
    if receipt.life_safety:
        category = playbook.categories[receipt.category]
        called = numbers_to_call(playbook.district, category, text)
        answer["emergency"] = spoken_numbers(called, tongue)
    return answer


def _unit(slug: str | None, playbook: Playbook, tongue: str) -> NamedUnit | None:
    label = playbook.unit_label(slug)
    return {"id": slug, "label": label[tongue]} if slug and label else None


def _promised(promises: Iterable[tuple[str, datetime | None]]) -> list[ReceiptPromise]:
    return [{"clock": name, "due_at": as_instant(due_at)} for name, due_at in promises]


def _reason(receipt: Receipt, rule: str, lead: str) -> str:
    if receipt.merged_into is not None:
        number = receipt.merged_into.number
        return translate(language(), "log.decision.merged", number=number)
    if receipt.lead is None:
        return translate(language(), "log.decision.to_desk", rule=rule)
    return translate(language(), "log.decision.dispatch", rule=rule, lead=lead)


@alerts.get("/alerts")
def listed() -> Response:
    """A page of the alerts that the person may see."""
    who, city = access(), store()
    with city.read() as session:
        playbook = city.playbook(session)
        asked = asked_once()
        query = read_query(city.seal, asked, clock.now(), playbook.district)
        refuse_unknown_values(session, playbook, asked)
        seen = scope_of(who, playbook.organisation)
        return jsonify(list_page(session, city.seal, seen, query, city.calendars(session)))


@alerts.get("/alerts/<id_or_number>")
def shown(id_or_number: str) -> Response:
    """One alert, whole."""
    who, city = access(), store()
    with city.read() as session:
        playbook = city.playbook(session)
        reader = Reader(
            access=who,
            organisation=playbook.organisation,
            playbook=playbook,
            seal=city.seal,
            language=language(),
            now=clock.now(),
            calendars=city.calendars(session),
            versions=partial(city.playbook_at, session),
        )
        page = alert_page(session, reader, id_or_number)
    if page["lon"] is None and page["text"] is not None and not page["mine"]:
        note_reading(city, who, page["id"])
    return jsonify(page)


@alerts.post("/alerts/<alert_id>/steps")
def step_taken(alert_id: str) -> tuple[Response, int]:
    """201 the step was taken, 200 it was taken before under the same client_id."""
    who, city = access(), store()
    wish = _wish(body())
    g.asked_step = wish.step
    with city.read() as session:
        playbook = city.playbook(session)
    try:
        taken = take_step(city, who, playbook.organisation, alert_id, wish)
    except Refused as refused:
        raise _in_words(refused, playbook) from refused
    return jsonify(taken.answer), 201 if taken.is_new else 200


def _in_words(refused: Refused, playbook: Playbook) -> Refused:
    """The same refusal, with units, steps and times as people call them."""
    spoken, params = language(), dict(refused.params)
    tongue = tongue_of(spoken)
    label = playbook.unit_label(str(params.get("unit")))
    if label:
        params["unit"] = label[tongue]
    elif params.get("unit") == REPORTER:
        params["unit"] = translate(spoken, f"words.turn.{REPORTER}")
    elif "unit" in params:
        params["unit"] = translate(spoken, "log.nobody")
    for name, words in _NAMED.items():
        if name in params:
            said = [translate(spoken, f"{words}.{each}") for each in str(params[name]).split(",")]
            params[name] = translate(spoken, "words.format.comma").join(said)
    for name, value in params.items():
        if isinstance(value, datetime):
            params[name] = spoken_instant(value, playbook.district.timezone, spoken)
    return Refused(refused.code, faults=refused.faults, **params)


# Parameters of a refusal that are codes with words of their own.
_NAMED: Final = {"step": "words.step", "who": "words.turn", "status": "words.status"}


def _wish(sent: dict[str, Any]) -> StepCommand:
    """The step as asked; every fault at once."""
    faults = Faults()
    name = sent.get("step")
    step = STEPS.get(name) if isinstance(name, str) else None
    if step is None or not step.is_over_http:
        known = ", ".join(each.name for each in STEPS.values() if each.is_over_http)
        faults.add("step", "unknown_value", value=echo(name), known=known)
    client_id = read_uuid("client_id", sent.get("client_id"), faults)
    version, after = sent.get("version"), sent.get("after")
    if after is not None:
        read_uuid("after", after, faults)
    if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
        faults.add("version", "wrong_type", wanted="number")
    if step and version is None and after is None and step.needs_version:
        faults.add("version", "missing")
    device_at = sent.get("device_at")
    if device_at is not None:
        device_at = read_instant("device_at", device_at, faults, now=clock.wall())
    try:
        values = read_step_fields(step, sent) if step else {}
    except Refused as refused:
        faults.extend(refused.faults)
        values = {}
    faults.refuse()
    return StepCommand(
        step=step.name if step else "",
        client_id=client_id or "",
        values=values,
        version=version,
        after=after,
        device_at=device_at,
    )
