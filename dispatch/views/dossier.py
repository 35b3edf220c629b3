"""One alert, whole: what the drawer and the phone show of it to this person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from dispatch.domain.law.relations import may_read_words, relations
from dispatch.domain.law.steps import REPORTER
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused
from dispatch.rules.playbook import Category, FormField
from dispatch.store.alerts import (
    alert_by_id,
    current_assignments,
    facts_for,
    of_support,
    supports_of,
)
from dispatch.store.sealing import reporter_ref
from dispatch.store.tables import Alert, Photo, Promise, PromiseEvent
from dispatch.translations import translate
from dispatch.views.asked import asked_of, asking_of, suspension_of
from dispatch.views.card import cards, without_people
from dispatch.views.countdown import PAUSING, Turn, as_instant, countdown, spent_of
from dispatch.views.decision import decision_of
from dispatch.views.followed import followed, followers
from dispatch.views.helping import helping_units
from dispatch.views.neighbours import proposed
from dispatch.views.offers import offered_ahead, offered_steps
from dispatch.views.reader import Reader
from dispatch.views.takeable import Question
from dispatch.views.timeline import Told, report_of, texts_of, timeline_of

Json = dict[str, Any]


def dossier(session: Session, reader: Reader, id_or_number: str) -> Json:
    """The alert with timeline, decision, promises and the steps to take now.

    Raises Refused not_found, also where the person may not see it.
    """
    alert = alert_by_id(session, id_or_number)
    mine = alert.reporter_ref == reporter_ref(reader.seal, alert.id, reader.access.person_id)
    assignments = current_assignments(session, alert.id)
    supports = supports_of(assignments)
    facts = facts_for(alert, assignments, is_reporter=mine)
    held = relations(reader.access, facts, reader.organisation)
    if not held:
        raise Refused("not_found")
    told, is_staff = Told.of(session, alert.id), set(held) != {REPORTER}
    with_words = may_read_words(held, household=alert.household)
    category = reader.playbook.categories.get(alert.category)
    [card] = cards(session, Alert.id == alert.id, calendars=reader.calendars, now=reader.now)
    promises = _promises(session, alert)
    leads = [(promise, turns) for promise, turns, helps in promises if not helps]
    asking = asking_of(session, reader, alert, assignments, leads)
    question = Question(session, reader, alert, asking, facts, supports)
    return {
        **(card if is_staff else without_people(card)),
        "now": as_instant(reader.now),
        "mine": mine,
        **_words(report_of(told) if with_words else {}, category, reader, known=with_words),
        "notices": texts_of(told, reader),
        "photos": _photos(session, alert, with_words=with_words),
        "timeline": timeline_of(told, reader, with_people=is_staff, with_words=with_words),
        "decision": decision_of(told, reader, alert.category, with_words=with_words)
        if is_staff
        else None,
        "helping": helping_units(supports, reader) if is_staff else [],
        "promises": [
            _promise(row, turns, reader) | {"support": row.unit if helps else None}
            for row, turns, helps in promises
            if is_staff or not helps
        ],
        "request": asked_of(asking, told),
        "suspension": suspension_of(asking, told),
        "steps": offered_steps(question, held, told),
        "ahead": offered_ahead(question, held, told),
        "merged": followed(session, reader, alert),
        "same_problem": proposed(session, reader, alert, told) if is_staff else None,
        "followers": followers(session, alert) if is_staff else [],
    }


def _words(report: Json, category: Category | None, reader: Reader, *, known: bool) -> Json:
    """What the reporter wrote and answered."""
    return {
        "text": report.get("text", "") if known else None,
        "answers": _answers(report.get("answers", {}), category, reader),
    }


def _answers(given: Mapping[str, Any], category: Category | None, reader: Reader) -> list[Json]:
    fields = {field.name: field for field in category.fields} if category else {}
    return [_answer(name, value, fields.get(name), reader) for name, value in given.items()]


def _answer(name: str, value: Any, field: FormField | None, reader: Reader) -> Json:
    values = value if isinstance(value, list) else [value]
    comma = "、" if reader.tongue == "zh" else ", "
    return {
        "field": name,
        "label": field.label[reader.tongue] if field else name,
        "value": value,
        "value_label": comma.join(_said(each, field, reader) for each in values),
    }


def _said(value: Any, field: FormField | None, reader: Reader) -> str:
    """An answer as people read it: yes, a unit's name, a clock time of the city."""
    if isinstance(value, bool):
        return translate(reader.language, f"words.choice.{'yes' if value else 'no'}")
    if field and field.kind == "unit":
        return reader.unit_label(str(value))
    if field and field.kind == "date_time":
        zone = ZoneInfo(reader.playbook.district.timezone)
        return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}"
    choices = field.choices if field else ()
    labels = {choice.id: choice.label[reader.tongue] for choice in choices}
    return labels.get(str(value), str(value))


def _photos(session: Session, alert: Alert, *, with_words: bool) -> list[Json]:
    """A picture of a home is worth as many words: the reporter's go the same way."""
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
            "at": as_instant(row.declared_at) if row.declared_at else None,
            "url": f"{base}/{row.sha256}" if row.stored else None,
            "thumb": f"{base}/{row.sha256}/thumb" if row.stored else None,
            "width": row.width,
            "height": row.height,
        }
        for row in rows
    ]


def _promises(session: Session, alert: Alert) -> list[tuple[Promise, list[Turn], bool]]:
    """Those of the alert and its lead, then those of supports, which are for staff."""
    helps = of_support().label("helps")
    rows = session.execute(
        select(Promise, helps)
        .where(Promise.alert_id == alert.id)
        .order_by(helps, Promise.started_at, Promise.due_at, Promise.clock),
    )
    found = [(promise, bool(helps)) for promise, helps in rows]
    turns = _turns(session, [promise.id for promise, _ in found])
    return [(promise, turns.get(promise.id, []), helps) for promise, helps in found]


def _turns(session: Session, promise_ids: list[str]) -> dict[str, list[Turn]]:
    """Pauses and their ends of several promises, in one statement."""
    found: dict[str, list[Turn]] = {}
    for row in session.scalars(
        select(PromiseEvent)
        .where(PromiseEvent.promise_id.in_(promise_ids))
        .where(PromiseEvent.kind.in_(PAUSING))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    ):
        turn = Turn(row.kind, row.at, row.reason, row.owner, row.until)
        found.setdefault(row.promise_id, []).append(turn)
    return found


def _promise(row: Promise, turns: list[Turn], reader: Reader) -> Json:
    limit = Limit.parse(row.limit)
    until = row.stopped_at or reader.now
    used, given = spent_of(row, turns, until, reader.calendars) or (None, None)
    return {
        "clock": row.clock,
        "unit": row.unit,
        "limit": {"value": limit.value, "unit": limit.unit},
        "extended": row.extended,
        "started_at": as_instant(row.started_at),
        "due_at": row.due_at and as_instant(row.due_at),
        "stopped_at": row.stopped_at and as_instant(row.stopped_at),
        "state": row.state,
        "outcome": row.state if row.state in {"met", "missed"} else None,
        "flag": row.flag,
        "card": row.card,
        **countdown(row, turns, reader.calendars, reader.now),
        "used_s": used,
        "remaining_s": None if used is None or given is None else given - used,
        "basis": row.basis,
    }
