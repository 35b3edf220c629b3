"""How migration 0011 chains the log by key."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

GENESIS = "0" * 64
_AT_ONCE = 2000
_TEXTS = ("code", "alert_id", "role", "unit", "actor", "mark", "from_status", "to_status", "digest")
_LOG = sa.table(
    "log",
    sa.column("seq", sa.BigInteger),
    sa.column("at", InstantType),
    sa.column("device_at", InstantType),
    *(sa.column(name, sa.String) for name in _TEXTS),
    sa.column("codes", sa.JSON),
    sa.column("hash", sa.String),
)
_CHAINED = ("seq", "at", "device_at", *_TEXTS, "codes")
_SET = sa.update(_LOG).where(_LOG.c.seq == sa.bindparam("of_seq")).values(hash=sa.bindparam("new"))


@dataclass(frozen=True)
class Head:
    """The number and the hash of the log's last row."""

    seq: int
    hash: str


def chain_by_key(key: bytes) -> tuple[Head, Head]:
    """Chains all rows anew; returns the old head and the new one. A row that the old chain did not
    prove keeps its old hash, so that the new chain names it as well.
    """
    old = new = Head(0, GENESIS)
    while rows := _next_rows(old.seq):
        changed = []
        for row in rows:
            told = _canonical({name: getattr(row, name) for name in _CHAINED})
            is_proved = row.hash == hashlib.sha256(old.hash.encode() + told).hexdigest()
            anew = hmac.digest(key, new.hash.encode() + told, "sha256").hex()
            old = Head(row.seq, row.hash)
            new = Head(row.seq, anew if is_proved else row.hash)
            changed.append({"of_seq": row.seq, "new": new.hash})
        op.get_bind().execute(_SET, changed)
    return old, new


def _next_rows(after: int) -> list[sa.Row[Any]]:
    rows = sa.select(_LOG).where(_LOG.c.seq > after).order_by(_LOG.c.seq).limit(_AT_ONCE)
    return list(op.get_bind().execute(rows))


def _canonical(row: dict[str, Any]) -> bytes:
    """As the log itself was chained in this version."""
    return json.dumps(
        row,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda moment: moment.isoformat(),
    ).encode()
