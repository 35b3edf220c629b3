"""The log, chained by key: rows are appended in the order of commits, each commit with a proof."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select, text, true
from sqlalchemy.orm import Session

from dispatch.store.rows import add_rows, connection_of
from dispatch.store.tables import LogDetail, LogEntry, Proof

GENESIS = "0" * 64
# One advisory lock for the whole log, taken as the last thing before the commit, so that the order
# of `seq` is the order of commits (that of a sequence is not).
_LOG_LOCK = 0x5A0DA0

_ONE = select(literal(1)).subquery()
_LAST = select(LogEntry.seq, LogEntry.hash).order_by(LogEntry.seq.desc()).limit(1).subquery()
_PROVED = select(Proof.n, Proof.hash).order_by(Proof.n.desc()).limit(1).subquery()
_HEAD = select(_LAST.c.seq, _LAST.c.hash, _PROVED.c.n, _PROVED.c.hash.label("proof")).select_from(
    _ONE.outerjoin(_LAST, true()).outerjoin(_PROVED, true())
)


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


@dataclass(frozen=True)
class Head:
    """Where log and proofs end."""

    seq: int
    hash: str
    n: int
    proof: str


def append(session: Session, events: Iterable[DatedEvent], records: bytes, key: bytes) -> None:
    """Writes the events at the end of the chain, and the proof of this transaction: `records` of
    the rows that it wrote. Call it last in a transaction: it locks the log until the commit.
    """
    head = _lock_head(session)
    seq, previous = head.seq, head.hash
    entries, details = [], []
    for dated in events:
        seq += 1
        salt, event = secrets.token_bytes(16), dated.event
        entry = _entry(event, seq, dated.at, digest=detail_digest(salt, event.detail))
        previous = entry["hash"] = entry_hash(entry, previous, key)
        entries.append(entry)
        details.append({"seq": seq, "salt": salt, "body": event.detail})
    add_rows(session, LogEntry, entries)
    add_rows(session, LogDetail, details)
    proof = {"n": head.n + 1, "log_seq": seq, "rows": records}
    add_rows(session, Proof, [proof | {"hash": proof_hash(proof, previous, head.proof, key)}])


def _lock_head(session: Session) -> Head:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOG_LOCK})
    found = connection_of(session).execute(_HEAD).one()
    return Head(found.seq or 0, found.hash or GENESIS, found.n or 0, found.proof or GENESIS)


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


def entry_hash(entry: dict[str, Any], previous: str, key: bytes) -> str:
    """HMAC-SHA-256 of the previous row's hash and this row's columns in canonical form."""
    return hmac.digest(key, previous.encode() + canonical(entry), "sha256").hex()


def proof_hash(proof: dict[str, Any], log_hash: str, previous: str, key: bytes) -> str:
    """HMAC-SHA-256 of the proof before, the log's last hash and the records of rows."""
    told = f"{previous}:{proof['n']}:{proof['log_seq']}:{log_hash}:".encode() + proof["rows"]
    return hmac.digest(key, told, "sha256").hex()


def key_mark(key: bytes) -> str:
    """What tells one key from another, and nothing of the key."""
    return hmac.digest(key, b"shaodao log key", "sha256").hex()


def canonical(value: dict[str, Any]) -> bytes:
    """The canonical JSON of an object: sorted keys, no spaces, instants as ISO 8601."""
    return json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda moment: moment.isoformat(),
    ).encode()
