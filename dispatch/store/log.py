"""The hash-chained log: rows are appended in commit order and can be verified."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from dispatch.store.rows import add_rows, connection_of
from dispatch.store.tables import LogDetail, LogEntry

GENESIS = "0" * 64
# One advisory lock for the whole log, taken as the last thing before the commit, so that the order
# of `seq` is the order of commits (that of a sequence is not).
_LOG_LOCK = 0x5A0DA0

_HEAD = select(LogEntry.seq, LogEntry.hash).order_by(LogEntry.seq.desc()).limit(1)


@dataclass(frozen=True)
class Event:
    """Something that happened, before it has its place in the log.

    `codes` are part of the chain and stay for ever; `detail` may be erased, for the chain holds
    only its digest. `actor`: the person's id, of staff and services; `mark`: of the reporter.
    """

    code: str
    alert_id: str | None = None
    role: str | None = None
    unit: str | None = None
    actor: str | None = None
    mark: str | None = None
    from_status: str | None = None
    to_status: str | None = None
    device_at: datetime | None = None
    codes: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DatedEvent:
    """An event and when it happened."""

    at: datetime
    event: Event


def append(session: Session, events: Iterable[DatedEvent]) -> int:
    """Writes the events at the end of the chain and returns the seq of the last one. Call it last
    in a transaction: it locks the log until the commit.
    """
    seq, previous = _lock_head(session)
    entries, details = [], []
    for dated in events:
        seq += 1
        salt, event = secrets.token_bytes(16), dated.event
        entry = _entry(event, seq, dated.at, digest=detail_digest(salt, event.detail))
        previous = entry["hash"] = entry_hash(entry, previous)
        entries.append(entry)
        details.append({"seq": seq, "salt": salt, "body": event.detail})
    add_rows(session, LogEntry, entries)
    add_rows(session, LogDetail, details)
    return seq


def _lock_head(session: Session) -> tuple[int, str]:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})
    head = connection_of(session).execute(_HEAD).first()
    return (head.seq, head.hash) if head else (0, GENESIS)


def _entry(event: Event, seq: int, at: datetime, *, digest: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": at,
        "device_at": event.device_at,
        "code": event.code,
        "alert_id": event.alert_id,
        "role": event.role,
        "unit": event.unit,
        "actor": event.actor,
        "mark": event.mark,
        "from_status": event.from_status,
        "to_status": event.to_status,
        "codes": event.codes,
        "digest": digest,
    }


def detail_digest(salt: bytes, body: dict[str, Any]) -> str:
    """SHA-256 of salt and canonical body: proves the details without storing them."""
    return hashlib.sha256(salt + canonical(body)).hexdigest()


def entry_hash(entry: dict[str, Any], previous: str) -> str:
    """SHA-256 of the previous row's hash and this row's columns in canonical form."""
    return hashlib.sha256(previous.encode() + canonical(entry)).hexdigest()


def canonical(value: dict[str, Any]) -> bytes:
    """The canonical JSON of an object: sorted keys, no spaces, instants as ISO 8601."""
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda moment: moment.isoformat(),
    ).encode()


@dataclass(frozen=True)
class ChainBreak:
    """A row at which the chain does not hold: `what` is hash, detail or gap."""

    seq: int
    what: str


def chain_breaks(session: Session) -> Iterator[ChainBreak]:
    """Every row at which the log was changed after it was written; erased details are no break."""
    previous, expected = GENESIS, 1
    for entry, detail in _whole_log(session):
        if entry.seq != expected:
            yield ChainBreak(expected, "gap")
        if entry.hash != entry_hash(_columns(entry), previous):
            yield ChainBreak(entry.seq, "hash")
        if detail is not None and entry.digest != detail_digest(detail.salt, detail.body):
            yield ChainBreak(entry.seq, "detail")
        previous, expected = entry.hash, entry.seq + 1


def _whole_log(session: Session) -> Iterable[Row[LogEntry, LogDetail]]:
    return session.execute(
        select(LogEntry, LogDetail)
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .order_by(LogEntry.seq)
        .execution_options(yield_per=1000),
    )


def _columns(entry: LogEntry) -> dict[str, Any]:
    return {
        column.key: getattr(entry, column.key)
        for column in LogEntry.__table__.columns
        if column.key != "hash"
    }
