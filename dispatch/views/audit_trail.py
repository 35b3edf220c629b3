"""The audit trail as auditors read it: filtered, newest first, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.store.audit import LOCKED_OUT, SIGN_IN_FAILED
from dispatch.store.sealing import Seal, identities
from dispatch.store.tables import Alert, AuditEntry
from dispatch.translations import has_words, translate

COLUMNS: Final = ("seq", "at", "code", "actor", "person", "address", "alert", "details")
_DETAIL: Final = "pages.audit.detail"


@dataclass(frozen=True)
class AuditQuery:
    """What of the trail is wanted. `who` did it, or had it done to their account: a person's id.
    `before`: only older rows than this one.
    """

    code: str | None = None
    who: str | None = None
    alert_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True)
class AuditReader:
    """In which words and by which clock it is read."""

    seal: Seal
    language: str
    zone: ZoneInfo


class AuditRow(TypedDict):
    """`at` of a volunteer is a day. A volunteer is said to be one, and nothing else."""

    seq: int
    at: str
    code: str
    actor: str
    person: str
    address: str
    alert: str
    details: str


def audit_rows(
    session: Session, reader: AuditReader, query: AuditQuery, most: int | None = None
) -> list[AuditRow]:
    """The newest `most` rows of what is wanted; all of them without it."""
    wanted = select(AuditEntry).where(*_conditions(query)).order_by(AuditEntry.seq.desc())
    entries = session.scalars(wanted.limit(most)).all()
    names, numbers = _names(session, reader.seal, entries), _numbers(session, entries)
    return [_row(entry, reader, names, numbers) for entry in entries]


def _conditions(query: AuditQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.code:
        found.append(AuditEntry.code == query.code)
    if query.who:
        found.append((AuditEntry.actor == query.who) | (AuditEntry.person == query.who))
    if query.alert_id:
        found.append(AuditEntry.alert_id == query.alert_id)
    if query.since:
        found.append(AuditEntry.at >= query.since)
    if query.until:
        found.append(AuditEntry.at < query.until)
    if query.before:
        found.append(AuditEntry.seq < query.before)
    return found


def _names(session: Session, seal: Seal, entries: Sequence[AuditEntry]) -> dict[str, str]:
    """Staff by name and account."""
    ids = {each for row in entries for each in (row.actor, row.person) if each}
    sealed = identities(session, seal, ids)
    return {each: f"{who['name']} ({who['login']})" for each, who in sealed.items()}


def _numbers(session: Session, entries: Sequence[AuditEntry]) -> dict[str, str]:
    ids = {row.alert_id for row in entries if row.alert_id}
    found = session.execute(select(Alert.id, Alert.number).where(Alert.id.in_(ids)))
    return {row.id: row.number for row in found}


def _row(
    entry: AuditEntry, reader: AuditReader, names: Mapping[str, str], numbers: Mapping[str, str]
) -> AuditRow:
    volunteer = translate(reader.language, "words.role.volunteer") if entry.mark else ""
    return {
        "seq": entry.seq,
        "at": _spoken_at(entry, reader.zone),
        "code": translate(reader.language, f"pages.audit.code.{entry.code}"),
        "actor": names.get(entry.actor or "", entry.actor or volunteer),
        "person": names.get(entry.person or "", entry.person or ""),
        "address": entry.address or "",
        "alert": numbers.get(entry.alert_id or "", entry.alert_id or ""),
        "details": _details(entry.codes, reader.language),
    }


def _spoken_at(entry: AuditEntry, zone: ZoneInfo) -> str:
    """To the day where it is a volunteer's, or of somebody unknown who may be one."""
    unknown = entry.actor is None and entry.code in {SIGN_IN_FAILED, LOCKED_OUT}
    if entry.mark or unknown:
        return f"{entry.at:%Y-%m-%d}"
    return f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _details(codes: Mapping[str, Any], language: str) -> str:
    return " · ".join(
        f"{_word(_DETAIL, key, language)} {_spoken(key, value, language)}"
        for key, value in codes.items()
        if value not in (None, "", {})
    )


def _spoken(key: str, value: Any, language: str) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}={each}" for name, each in value.items())
    return _word("words.role", str(value), language) if key == "role" else str(value)


def _word(group: str, code: str, language: str) -> str:
    key = f"{group}.{code}"
    return translate(language, key) if has_words(key) else code
