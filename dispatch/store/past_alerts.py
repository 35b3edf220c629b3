"""Reads past alerts with the facts by which they were decided, from the log and the rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.decided_parts import decided_parts
from dispatch.rules.proving.what_if import PastAlert
from dispatch.rules.questions.answers import Answer
from dispatch.store.sealing import Seal, reporters_roles
from dispatch.store.tables import Alert, LogDetail, LogEntry, Spot

BookOf = Callable[[int], Playbook]
# The rules ran: when it came in, and again when kind, place or danger were corrected.
_DECIDED: Final = ("dispatch", "propose", DECIDED_AGAIN)


def past_alerts(
    session: Session,
    seal: Seal,
    since: datetime,
    candidate: Playbook,
    book_of: BookOf | None = None,
) -> Iterator[PastAlert]:
    """Those reported since, oldest first; places are seen through the candidate's polygons.
    `book_of`: the playbook of a version, by which the rest of a decision is worked out again.

    What retention erased (words, answers, position) is unknown, never guessed.
    """
    recent = _told().where(Alert.reported_at >= since)
    for rows in session.execute(recent.execution_options(yield_per=500)).partitions():
        roles = reporters_roles(session, seal, [row[0].id for row in rows])
        for row in rows:
            past = _past(row, roles, candidate)
            yield _with_parts(past, row, book_of) if book_of else past


def facts_as_reported(session: Session, seal: Seal, alert_id: str, playbook: Playbook) -> Facts:
    """The facts of one alert as it was reported, resolved by this playbook."""
    row = session.execute(_told().where(Alert.id == alert_id)).first()
    if row is None:
        raise Refused("not_found")
    return _past(row, reporters_roles(session, seal, [alert_id]), playbook).facts


def _told() -> Select[*tuple[Any, ...]]:
    """Alerts with their place, their report and what was decided, oldest first."""
    report, decided = aliased(LogEntry), aliased(LogEntry)
    told, trace = aliased(LogDetail), aliased(LogDetail)
    newest = (
        select(func.max(LogEntry.seq))
        .where(LogEntry.alert_id == Alert.id, LogEntry.code.in_(_DECIDED))
        .scalar_subquery()
        .correlate(Alert)
    )
    return (
        select(Alert, Spot, report.role, told.body, decided.code, decided.codes, trace.body)
        .join(report, (report.alert_id == Alert.id) & (report.code == "report"))
        .join(decided, decided.seq == newest)
        .outerjoin(told, told.seq == report.seq)
        .outerjoin(trace, trace.seq == decided.seq)
        .outerjoin(Spot, Spot.alert_id == Alert.id)
        .order_by(Alert.reported_at, Alert.id)
    )


def _past(row: Row[*tuple[Any, ...]], roles: Mapping[str, str], candidate: Playbook) -> PastAlert:
    """`roles`: by alert that of the person who reported it; the log has that of services."""
    alert, spot, role, told, code, codes, trace = tuple(row)
    report = (told or {}).get("report", {})
    known = (trace or {}).get("facts", {})
    return PastAlert(
        number=alert.number,
        facts=Facts(
            category=alert.category,
            reported_at=alert.reported_at,
            text=report.get("text", ""),
            answers=_answers(report.get("answers", {})),
            reporter_role=roles.get(alert.id, role),
            source=alert.source,
            photos=len(report.get("photos", ())),
            occurred_at=alert.occurred_at,
            about_unit=alert.about_unit,
            open_nearby=known.get("open_nearby", 0),
            earlier=tuple(map(datetime.fromisoformat, known.get("earlier", ()))),
            **alert.policy.get("set", {}),
            **_place(alert, spot, candidate),
        ),
        lead=codes.get("lead"),
        rule=codes.get("rule"),
        needs_person=code == "propose" or bool(codes.get("needs_person")),
        limits={name: terms["limit"] for name, terms in alert.policy["promises"].items()},
    )


def _with_parts(past: PastAlert, row: Row[*tuple[Any, ...]], book_of: BookOf) -> PastAlert:
    """With the rest of what was decided, worked out once more by the playbook of that time."""
    alert, spot = row[0], row[1]
    book = book_of(alert.playbook_version)
    if past.facts.category not in book.categories:
        return past
    facts = replace(past.facts, **_place(alert, spot, book))
    return replace(past, parts=decided_parts(book, facts, decide(book, facts)))


def _answers(written: Mapping[str, Any]) -> dict[str, Answer]:
    """JSON has no tuples: several choices come back as a list."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
    }


def _place(alert: Alert, spot: Spot | None, candidate: Playbook) -> dict[str, Any]:
    if spot is None:
        return {"street": alert.street, "community": alert.community, "grid": alert.grid}
    place = candidate.places.resolve(spot.lon, spot.lat)
    return {
        "street": place.street,
        "community": place.community,
        "grid": place.grid,
        "zones": frozenset(place.zones),
        "lon": spot.lon,
        "lat": spot.lat,
    }
