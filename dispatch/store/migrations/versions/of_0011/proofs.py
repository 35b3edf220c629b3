"""How migration 0011 proves each row that exists."""

import hmac
from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from dispatch.store.migrations.versions.of_0011.chain import GENESIS, Head

_AT_ONCE = 2000  # records of a proof
_DETAIL = 8
_GONE = bytes(8)
# By table its number in proofs, what names a row, what is not proved, and the defaults of columns
# that came later, which stand for nothing.
_TABLES: dict[str, tuple[int, tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    "alert": (1, ("id",), (), {"reopened": 0}),
    "spot": (2, ("alert_id",), (), {}),
    "sealed_link": (3, ("id",), (), {}),
    "assignment": (4, ("id",), (), {}),
    "photo": (5, ("alert_id", "sha256"), ("id",), {}),
    "taken_step": (6, ("client_id",), (), {}),
    "request": (7, ("id",), (), {}),
    "person": (9, ("id",), ("language",), {}),
    "sealed_identity": (10, ("person_id",), (), {}),
    "role_grant": (11, ("id",), (), {}),
    "playbook_version": (12, ("version",), (), {}),
    "counter": (13, ("name",), (), {}),
    "fact": (14, ("name",), (), {}),
    "promise": (15, ("id",), (), {"extended": 0}),
    "promise_event": (16, ("id",), (), {}),
    "rung": (17, ("id",), ("attempts", "not_before", "error"), {}),
    "notice": (18, ("id",), ("attempts", "not_before"), {}),
}
_FREE_FACTS = ("swept_at", "replaying", "clock_offset_us")
_LOG = sa.table("log", sa.column("seq", sa.BigInteger))
_LOG_DETAIL = sa.table("log_detail", sa.column("seq", sa.BigInteger))
_PROOF = sa.table(
    "proof",
    sa.column("n", sa.BigInteger),
    sa.column("log_seq", sa.BigInteger),
    sa.column("rows", sa.LargeBinary),
    sa.column("hash", sa.String),
)


def prove_rows(key: bytes, head: Head) -> None:
    """Writes the first proofs: of every row, and of the log's details that were erased before."""
    records, previous, n = _records(key), GENESIS, 0
    while rows := b"".join(islice(records, _AT_ONCE)):
        n += 1
        told = f"{previous}:{n}:{head.seq}:{head.hash}:".encode() + rows
        previous = hmac.digest(key, told, "sha256").hex()
        proof = {"n": n, "log_seq": head.seq, "rows": rows, "hash": previous}
        op.get_bind().execute(sa.insert(_PROOF).values(**proof))


def _records(key: bytes) -> Iterator[bytes]:
    for name in _TABLES:
        yield from _records_of(key, name)
    erased = sa.select(_LOG.c.seq).where(_LOG.c.seq.not_in(sa.select(_LOG_DETAIL.c.seq)))
    for seq in op.get_bind().scalars(erased):
        yield _named(key, _DETAIL, ["log_detail", seq]) + _GONE


def _records_of(key: bytes, name: str) -> Iterator[bytes]:
    number, identity, free, nothing = _TABLES[name]
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    columns = [column for column in table.columns if column.name not in free]
    for row in _rows(sa.select(*columns).order_by(*(table.c[each] for each in identity))):
        if name == "fact" and row["name"] in _FREE_FACTS:
            continue
        plain = {
            str(column): value.hex() if isinstance(value, bytes) else value
            for column, value in row.items()
            if value is not None and value != nothing.get(column)
        }
        told = name.encode() + orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
        digest = blake2b(told, key=key, digest_size=8, person=b"row").digest()
        yield _named(key, number, [name, *(row[each] for each in identity)]) + digest


def _rows(rows: sa.Select[Any]) -> Iterator[sa.RowMapping]:
    streamed = rows.execution_options(yield_per=_AT_ONCE)
    return iter(op.get_bind().execute(streamed).mappings())


def _named(key: bytes, number: int, name: list[Any]) -> bytes:
    told = orjson.dumps(name)
    return bytes((number,)) + blake2b(told, key=key, digest_size=8, person=b"name").digest()
