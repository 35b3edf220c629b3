"""The audit trail: rows are appended to a chain that nobody without the key can continue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.store.log import GENESIS, canonical
from dispatch.store.marks import event_mark, to_the_day
from dispatch.store.rows import add_rows, connection_of
from dispatch.store.sealing import Seal
from dispatch.store.tables import AuditEntry

# An advisory lock of its own, always taken before that of the log.
_AUDIT_LOCK: Final = 0x5A0DA1
_HEAD: Final = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)

SIGNED_IN: Final = "signed_in"
SIGN_IN_FAILED: Final = "sign_in_failed"
LOCKED_OUT: Final = "locked_out"
SIGNED_OUT: Final = "signed_out"
EXPORTED: Final = "exported"
PUBLISHED: Final = "playbook_published"
WORDS_READ: Final = "words_read"
COMMAND_RUN: Final = "command_run"
PHOTO_SEEN: Final = "photo_seen"
SIGN_IN_ENDED: Final = "sign_in_ended"
TOKEN_ENDED: Final = "token_ended"  # noqa: S105 - the name of an event
SIGN_INS_ENDED: Final = "sign_ins_ended"
ALL_ENDED: Final = "all_sign_ins_ended"
ACCESS_REFUSED: Final = "access_refused"
TOKEN_EXPIRED: Final = "token_expired"  # noqa: S105 - the name of an event
# What is written, in the order in which a form offers it; the others are those of record_person.
AUDIT_CODES: Final = (
    SIGNED_IN,
    SIGN_IN_FAILED,
    LOCKED_OUT,
    SIGNED_OUT,
    SIGN_IN_ENDED,
    SIGN_INS_ENDED,
    ALL_ENDED,
    "password_set",
    "second_factor_set",
    "recovery_code_used",
    "second_factor_reset",
    "role_granted",
    "role_ended",
    "person_added",
    "person_disabled",
    "token_made",
    TOKEN_ENDED,
    TOKEN_EXPIRED,
    "link_made",
    EXPORTED,
    PUBLISHED,
    COMMAND_RUN,
    WORDS_READ,
    PHOTO_SEEN,
    ACCESS_REFUSED,
)


@dataclass(frozen=True)
class AuditEvent:
    """Something for the audit trail, before it has its place there: columns as of `AuditEntry`.

    `by_day`: it tells of a volunteer, or of somebody unknown who may be one.
    """

    code: str
    actor: str | None = None
    person: str | None = None
    mark: str | None = None
    alert_id: str | None = None
    address: str | None = None
    codes: dict[str, Any] = field(default_factory=dict)
    by_day: bool = False


def done_by(
    seal: Seal, code: str, person_id: str, *, by_day: bool, address: str | None = None
) -> AuditEvent:
    """What somebody did: staff by id and address, a volunteer by a mark and to the day."""
    if by_day:
        return AuditEvent(code, mark=event_mark(seal, person_id), by_day=True)
    return AuditEvent(code, actor=person_id, address=address)


def done_to(
    seal: Seal, code: str, person_id: str, *, by_day: bool, codes: dict[str, Any]
) -> AuditEvent:
    """What was done with somebody's account."""
    if by_day:
        return AuditEvent(code, mark=event_mark(seal, person_id), codes=codes, by_day=True)
    return AuditEvent(code, person=person_id, codes=codes)


def append_audit(session: Session, seal: Seal, events: Iterable[AuditEvent]) -> None:
    """Writes the events at the end of the chain; locks it until the commit."""
    last, previous = _lock_head(session)
    rows = []
    for seq, event in enumerate(events, start=last + 1):
        row = _row(event, seq, clock.wall())
        previous = row["hash"] = _hash(seal, row, previous)
        rows.append(row)
    add_rows(session, AuditEntry, rows)


def _lock_head(session: Session) -> tuple[int, str]:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _AUDIT_LOCK})
    head = connection_of(session).execute(_HEAD).first()
    return (head.seq, head.hash) if head else (0, GENESIS)


def _row(event: AuditEvent, seq: int, at: datetime) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": to_the_day(at) if event.by_day else at,
        "code": event.code,
        "actor": event.actor,
        "person": event.person,
        "mark": event.mark,
        "alert_id": event.alert_id,
        "address": event.address,
        "codes": event.codes,
    }


def _hash(seal: Seal, row: dict[str, Any], previous: str) -> str:
    return seal.ref("audit", previous, canonical(row).decode())


@dataclass(frozen=True)
class ReadAudit:
    """A row of the trail as it was read. `missing`: the first of the rows that are gone before it;
    `is_changed`: it is not as it was written.
    """

    seq: int
    hash: str
    missing: int | None
    is_changed: bool

    @property
    def head(self) -> str:
        return f"{self.seq}:{self.hash}"


def read_audit(session: Session, seal: Seal) -> Iterator[ReadAudit]:
    """The whole trail in its order."""
    previous, expected = GENESIS, 1
    rows = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)
    for entry in session.scalars(rows):
        missing = None if entry.seq == expected else expected
        is_changed = entry.hash != _hash(seal, _columns(entry), previous)
        yield ReadAudit(entry.seq, entry.hash, missing, is_changed)
        previous, expected = entry.hash, entry.seq + 1


def _columns(entry: AuditEntry) -> dict[str, Any]:
    names = (column.key for column in AuditEntry.__table__.columns)
    return {name: getattr(entry, name) for name in names if name != "hash"}


def audit_head(session: Session) -> str | None:
    """Number and hash of the last row; None where there is none."""
    head = connection_of(session).execute(_HEAD).first()
    return f"{head.seq}:{head.hash}" if head else None
