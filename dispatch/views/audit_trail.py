"""The audit trail as auditors read it: filtered, newest first, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from dispatch.rules.book.playbook import Playbook
from dispatch.store.audit import (
    ACCESS_REFUSED,
    LOCKED_OUT,
    SIGN_IN_ENDED,
    SIGN_IN_FAILED,
    SIGN_INS_ENDED,
    SIGNED_IN,
    SIGNED_OUT,
    TOKEN_ENDED,
    TOKEN_EXPIRED,
)
from dispatch.store.sealing import Seal, identities
from dispatch.store.tables import Alert, AuditEntry
from dispatch.translations import has_words, tongue_of, translate

COLUMNS: Final = ("seq", "at", "code", "actor", "person", "address", "alert", "details")
_DETAIL: Final = "pages.audit.detail"
_ASKED: Final = "pages.audit.asked"
# Details that are codes with words of their own.
_WORDED: Final = {
    "role": "words.role",
    "who": "words.role",  # a volunteer; staff are named
    "code": "pages.audit.code",
    "step": "words.step",
    "refused": "pages.audit.refused",
}
# What people do themselves: a mark stands for who did it, else for whom it was done with.
_OWN_DEEDS: Final = frozenset(
    {
        SIGNED_IN,
        SIGN_IN_FAILED,
        LOCKED_OUT,
        SIGNED_OUT,
        SIGN_IN_ENDED,
        SIGN_INS_ENDED,
        ACCESS_REFUSED,
    }
)
# Who did what nobody is named for; everything else is done by a command on the server.
_UNNAMED: Final = {
    SIGN_IN_FAILED: "unknown",
    LOCKED_OUT: "unknown",
    "password_set": "themselves",
    "second_factor_set": "themselves",
    "recovery_code_used": "themselves",
    TOKEN_EXPIRED: "clock",
}


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
    """In which words and by which clock it is read; `playbook`: whose names for units."""

    seal: Seal
    language: str
    zone: ZoneInfo
    playbook: Playbook


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


def audit_count(session: Session, query: AuditQuery) -> int:
    """How many rows there are of what is wanted, whatever page of them is read."""
    wanted = select(func.count()).select_from(AuditEntry)
    return session.scalar(wanted.where(*_conditions(replace(query, before=None)))) or 0


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
    ids = {each for row in entries for each in (row.actor, row.person, _asked_about(row)) if each}
    sealed = identities(session, seal, ids)
    return {each: f"{who['name']} ({who['login']})" for each, who in sealed.items()}


def _asked_about(entry: AuditEntry) -> str | None:
    """Whom an export of the trail itself was asked about: an id, or that it is a volunteer."""
    asked: Mapping[str, str] = entry.codes.get("filter", {})
    return asked.get("who")


def _numbers(session: Session, entries: Sequence[AuditEntry]) -> dict[str, str]:
    ids = {row.alert_id for row in entries if row.alert_id}
    found = session.execute(select(Alert.id, Alert.number).where(Alert.id.in_(ids)))
    return {row.id: row.number for row in found}


def _row(
    entry: AuditEntry, reader: AuditReader, names: Mapping[str, str], numbers: Mapping[str, str]
) -> AuditRow:
    return {
        "seq": entry.seq,
        "at": _spoken_at(entry, reader.zone),
        "code": translate(reader.language, f"pages.audit.code.{entry.code}"),
        "actor": names.get(entry.actor or "", entry.actor or _unnamed(entry, reader.language)),
        "person": names.get(entry.person or "", entry.person or _volunteer(entry, reader.language)),
        "address": entry.address or "",
        "alert": numbers.get(entry.alert_id or "", entry.alert_id or ""),
        "details": _details(entry.codes, reader, names),
    }


def _unnamed(entry: AuditEntry, language: str) -> str:
    """Who did it where no staff member is named: a volunteer, nobody known, or a command."""
    if entry.mark and entry.code in _OWN_DEEDS:
        return translate(language, "words.role.volunteer")
    if entry.mark and entry.code == TOKEN_ENDED:  # by themselves or for them: the mark says no more
        return ""
    return translate(language, f"pages.audit.by.{_UNNAMED.get(entry.code, 'command')}")


def _volunteer(entry: AuditEntry, language: str) -> str:
    """To whom it was done, where that is a volunteer."""
    is_theirs = entry.mark and entry.code not in _OWN_DEEDS
    return translate(language, "words.role.volunteer") if is_theirs else ""


def _spoken_at(entry: AuditEntry, zone: ZoneInfo) -> str:
    """To the day where it is a volunteer's, or of somebody unknown who may be one."""
    unknown = entry.actor is None and entry.code in {SIGN_IN_FAILED, LOCKED_OUT}
    if entry.mark or unknown:
        return f"{entry.at:%Y-%m-%d}"
    return f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _details(codes: Mapping[str, Any], reader: AuditReader, names: Mapping[str, str]) -> str:
    return " · ".join(
        _said(_DETAIL, key, value, reader, names)
        for key, value in codes.items()
        if value not in (None, "", {})
    )


def _said(group: str, key: str, value: Any, reader: AuditReader, names: Mapping[str, str]) -> str:
    """`单位 福田街道`; a filter within brackets."""
    label = _word(f"{group}.{key}", key, reader.language)
    if isinstance(value, Mapping):
        asked = (_said(_ASKED, name, each, reader, names) for name, each in value.items())
        comma = translate(reader.language, "words.format.comma")
        return f"{label} {comma.join(asked)}"
    return f"{label} {names.get(str(value), _spoken(key, str(value), reader))}"


def _spoken(key: str, value: str, reader: AuditReader) -> str:
    """A role, a unit, a category or a kind of entry as people call it."""
    if key in _WORDED:
        return _word(f"{_WORDED[key]}.{value}", value, reader.language)
    label = reader.playbook.unit_label(value) or reader.playbook.category_label(value)
    return label[tongue_of(reader.language)] if label else value


def _word(key: str, code: str, language: str) -> str:
    return translate(language, key) if has_words(key) else code
