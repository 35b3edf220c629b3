"""One alert with everything that the drawer and the phone show of it to this person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from dispatch.domain.law.audience import MissedPromise, WordsReader
from dispatch.domain.law.clock_names import MET, MISSED, OVERALL, RUNNING_OR_PAUSED, TO_DISPOSE
from dispatch.domain.law.late import late
from dispatch.domain.law.relations import may_read_words
from dispatch.domain.law.who import REPORTER
from dispatch.domain.time.instants import as_instant
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused
from dispatch.rules.book.category import Category, FormField
from dispatch.rules.questions.answers import Wording
from dispatch.rules.questions.kinds import answer_in_words
from dispatch.shapes.alert import AlertPage, AlertPhoto, GivenAnswer
from dispatch.shapes.card import Card
from dispatch.shapes.promise import AlertPromise
from dispatch.store.alerts import alert_by_id
from dispatch.store.promise_rows import PromiseWithPauses
from dispatch.store.situations import AlertRows, read_alert_rows, situation_of
from dispatch.store.tables import Alert, Photo, Promise
from dispatch.translations import translate
from dispatch.views.card import cards
from dispatch.views.card_readers import told_clock, without_people
from dispatch.views.countdown import countdown, used_and_given_of
from dispatch.views.decision import decision_of
from dispatch.views.helping import helping_units
from dispatch.views.holding import held_because
from dispatch.views.merged_alerts import shown_followers, shown_master
from dispatch.views.neighbours import proposed_merge
from dispatch.views.offers import OfferContext, offered_ahead, offered_steps
from dispatch.views.reader import Reader
from dispatch.views.requests import shown_requests, shown_suspension
from dispatch.views.timeline import AlertLog, report_of, texts_of, timeline_of


def alert_page(session: Session, reader: Reader, id_or_number: str) -> AlertPage:
    """The alert with its timeline, decision and promises, and the steps that may be taken now.

    Raises Refused not_found, also where the person may not see it.
    """
    alert = alert_by_id(session, id_or_number)
    reader = replace(reader, decided_by=reader.editions(alert.playbook_version))
    read = read_alert_rows(session, alert)
    situation = situation_of(session, reader, read)
    if not situation.held:
        raise Refused("not_found")
    log = AlertLog.of(session, alert.id)
    return _page(OfferContext(session, reader, alert, situation, log), read)


def _page(context: OfferContext, read: AlertRows) -> AlertPage:
    session, reader, alert, log = context.session, context.reader, context.alert, context.log
    held, facts = context.situation.held, context.situation.facts
    is_staff = set(held) != {REPORTER}
    with_words = may_read_words(held, household=alert.household)
    report = report_of(log) if with_words else {}
    # answers belong to the form in which they were given, also once the kind was corrected
    told = report.get("category", alert.category)
    category = reader.book_with(told).categories.get(told)
    words = WordsReader(is_staff=is_staff, reads_home=with_words)
    return {
        **_card(context, is_staff=is_staff),
        "now": as_instant(reader.now),
        "mine": facts.is_reporter,
        "text": report.get("text", "") if with_words else None,
        "landmark": report.get("landmark"),
        "answers": [
            *_answers(report.get("answers", {}), category, reader),
            *_about(report.get("about_unit"), reader),
        ],
        "notices": texts_of(log, reader),
        "photos": _photos(session, alert, with_words=with_words),
        "timeline": timeline_of(log, reader, words, _missed(read.promises, reader.now)),
        "held_because": held_because(log, reader, alert.lead) if is_staff else None,
        "decision": decision_of(log, reader, alert.category, with_words=with_words)
        if is_staff
        else None,
        "helping": helping_units(context.situation.supports, reader) if is_staff else [],
        **_promises(read.promises, reader, is_staff=is_staff),
        "requests": shown_requests(reader, read.requests, log, words, read.promises),
        "suspension": shown_suspension(reader, alert, log, words),
        "steps": offered_steps(context),
        "ahead": offered_ahead(context),
        "merged": shown_master(session, reader, alert),
        "same_problem": proposed_merge(session, reader, alert, log) if is_staff else None,
        "followers": shown_followers(read.followers) if is_staff else [],
    }


def _card(context: OfferContext, *, is_staff: bool) -> Card:
    session, reader, alert = context.session, context.reader, context.alert
    [card] = cards(
        session,
        Alert.id == alert.id,
        calendars=reader.calendars,
        now=reader.now,
        for_reporters=not is_staff,
        seal=reader.seal,
    )
    return card if is_staff else without_people(card)


def _answers(
    given: Mapping[str, Any], category: Category | None, reader: Reader
) -> list[GivenAnswer]:
    fields = {field.name: field for field in category.fields} if category else {}
    return [_answer(name, value, fields.get(name), reader) for name, value in given.items()]


def _about(unit: str | None, reader: Reader) -> list[GivenAnswer]:
    """The unit that is complained about, where the report names one beside its form."""
    if unit is None:
        return []
    label = translate(reader.language, "words.about_unit")
    return [
        {
            "field": "about_unit",
            "label": label,
            "value": unit,
            "value_label": reader.unit_label(unit),
        }
    ]


def _answer(name: str, value: Any, field: FormField | None, reader: Reader) -> GivenAnswer:
    values = value if isinstance(value, list) else [value]
    comma = translate(reader.language, "words.format.comma")
    kind, wording = field.kind if field else None, _wording(field, reader)
    return {
        "field": name,
        "label": field.label[reader.tongue] if field else name,
        "value": value,
        "value_label": comma.join(answer_in_words(each, kind, wording) for each in values),
    }


def _wording(field: FormField | None, reader: Reader) -> Wording:
    return Wording(
        language=reader.language,
        tongue=reader.tongue,
        zone=ZoneInfo(reader.playbook.district.timezone),
        choices=field.choices if field else (),
        unit=reader.unit_label,
    )


def _photos(session: Session, alert: Alert, *, with_words: bool) -> list[AlertPhoto]:
    """The reporter's photos only where the reporter's words may be read."""
    rows = session.scalars(
        select(Photo)
        .where(Photo.alert_id == alert.id, Photo.declared_at.is_not(None))
        .where(true() if with_words else Photo.purpose != "report")
        .order_by(Photo.declared_at, Photo.id),
    )
    base = f"/api/v1/alerts/{alert.id}/photos"
    return [
        {
            "sha256": row.sha256,
            "purpose": row.purpose,
            "at": as_instant(row.declared_at),
            "url": f"{base}/{row.sha256}" if row.stored else None,
            "thumb": f"{base}/{row.sha256}/thumb" if row.stored else None,
            "width": row.width,
            "height": row.height,
        }
        for row in rows
    ]


def _missed(read: Iterable[PromiseWithPauses], now: datetime) -> list[MissedPromise]:
    """The promises that were given to the reporter and not kept: the date that they were told, for
    that of the unit to dispose.
    """
    mine = [each.promise for each in read if not each.helps]
    hidden = TO_DISPOSE if any(row.clock == OVERALL for row in mine) else None
    return [
        MissedPromise(told_clock(row.clock), row.due_at, row.stopped_at or now)
        for row in mine
        if row.clock != hidden
        if row.due_at is not None and (row.state == MISSED or _is_late(row, now))
    ]


def _is_late(row: Promise, now: datetime) -> bool:
    return late(clock=row.clock, state=row.state, due_at=row.due_at, now=now, flag=row.flag)


class _Promises(TypedDict):
    promises: list[AlertPromise]
    told: AlertPromise | None


def _promises(read: Iterable[PromiseWithPauses], reader: Reader, *, is_staff: bool) -> _Promises:
    """For staff what the units owe, and apart from it the date that the reporter was told; for
    reporters that date as the promise to dispose.
    """
    hidden = OVERALL if is_staff else TO_DISPOSE
    shown = [_promise(each, reader) for each in read if is_staff or not each.helps]
    told = [each for each in shown if each["clock"] == OVERALL]
    promises = [each for each in shown if each["clock"] != hidden]
    if is_staff:
        # one that is over may have begun at the same instant as the one that goes on
        told.sort(key=lambda each: each["state"] in RUNNING_OR_PAUSED)
        return {"promises": promises, "told": told[-1] if told else None}
    for each in promises:
        each["clock"] = told_clock(each["clock"])
    return {"promises": promises, "told": None}


def _promise(read: PromiseWithPauses, reader: Reader) -> AlertPromise:
    row, events = read.promise, read.pauses
    limit = Limit.parse(row.limit)
    until = row.stopped_at or reader.now
    used, given = used_and_given_of(row, events, until, reader.calendars) or (None, None)
    return {
        "clock": row.clock,
        "support": row.unit if read.helps else None,
        "mode": read.mode,
        "unit": row.unit,
        "limit": {"value": limit.value, "unit": limit.unit},
        "extended": row.extended,
        "started_at": as_instant(row.started_at),
        "due_at": as_instant(row.due_at),
        "stopped_at": as_instant(row.stopped_at),
        "state": row.state,
        "outcome": row.state if row.state in {MET, MISSED} else None,
        "flag": row.flag,
        "card": row.card,
        **countdown(row, events, reader.calendars, reader.now),
        "used_s": used,
        "remaining_s": None if used is None or given is None else given - used,
        "basis": row.basis,
    }
