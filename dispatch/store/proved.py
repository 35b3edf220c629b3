"""Which rows are proved by keyed digests, and the digest of one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any, Final

import orjson
from sqlalchemy import Boolean, Column, Float, LargeBinary, Table

from dispatch.store.tables import Base, InstantType
from dispatch.store.tables.base import to_microseconds

# What may change without a proof, and why that does no harm. "*" is the whole table.
FREE: Final[Mapping[str, Mapping[str, str]]] = {
    "sign_in": {
        "*": "sessions come and go each minute, and a proof of when would tell who reported when; "
        "whose one is lies sealed with the key"
    },
    "failed_sign_in": {"*": "counts wrong passwords for minutes, and gives nobody a right"},
    "person": {"language": "the person's own taste, read by nobody else"},
    "photo": {"id": "a number that nothing refers to: alert and digest name the photo"},
    "rung": {
        "attempts": "counts failed tries; what fired, or failed for good, is proved",
        "not_before": "when to try again, never farther ahead than the longest delay",
        "error": "what the last failed try raised, for whoever mends it",
    },
    "notice": {
        "attempts": "counts failed tries; what was sent, or failed for good, is proved",
        "not_before": "when to try again, never farther ahead than the longest delay",
    },
}
# Covered by the chain of the log; of the details the erasure is proved, which the chain allows.
CHAINED: Final = frozenset({"log", "log_detail", "proof"})
# Facts that are written again and again and decide nothing for long.
FREE_FACTS: Final[Mapping[str, str]] = {
    "swept_at": "written every fifteen seconds, for monitoring alone",
    "replaying": "written at each commit of a replay, and ends by itself",
    "clock_offset_us": "of the test clock, which no city has",
}
# The number of each table in proofs: never given anew.
NUMBERS: Final[Mapping[str, int]] = {
    "alert": 1,
    "spot": 2,
    "sealed_link": 3,
    "assignment": 4,
    "photo": 5,
    "taken_step": 6,
    "request": 7,
    "log_detail": 8,
    "person": 9,
    "sealed_identity": 10,
    "role_grant": 11,
    "playbook_version": 12,
    "counter": 13,
    "fact": 14,
    "promise": 15,
    "promise_event": 16,
    "rung": 17,
    "notice": 18,
}
# Where the primary key says nothing, what names a row instead.
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {"photo": ("alert_id", "sha256")}
GONE: Final = bytes(8)
RECORD: Final = 1 + 8 + 8

RowContent = Mapping[Any, Any]  # by the names of columns


@dataclass(frozen=True, eq=False)
class ProvedTable:
    """A table whose rows are proved. `columns`: by name how a value is made plain, and the value
    that stands for nothing (what a later version adds does not change the digests of before).
    `is_kept`: of the others only the deletion is proved.
    """

    table: Table
    number: int
    identity: tuple[str, ...]
    columns: tuple[tuple[str, Callable[[Any], Any], Any], ...]
    defaults: Mapping[str, Any]
    is_kept: bool

    def name_of(self, values: RowContent) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.identity)

    def is_free(self, values: RowContent) -> bool:
        """Whether this row is none of those that are proved."""
        return self.table.name == "fact" and values["name"] in FREE_FACTS

    def record(self, key: bytes, values: RowContent) -> bytes:
        """Number of the table, keyed digests of the row's name and of its values."""
        return self._named(key, values) + self._digest(key, values)

    def gone(self, key: bytes, values: RowContent) -> bytes:
        """The record of a row that was deleted."""
        return self._named(key, values) + GONE

    def _named(self, key: bytes, values: RowContent) -> bytes:
        told = orjson.dumps([self.table.name, *self.name_of(values)])
        name = blake2b(told, key=key, digest_size=8, person=b"name").digest()
        return bytes((self.number,)) + name

    def _digest(self, key: bytes, values: RowContent) -> bytes:
        plain = {
            name: make_plain(value)
            for name, make_plain, nothing in self.columns
            if (value := values.get(name, self.defaults.get(name))) != nothing and value is not None
        }
        told = self.table.name.encode() + orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
        return blake2b(told, key=key, digest_size=8, person=b"row").digest()


@cache
def proved(row: type[Base] | Table) -> ProvedTable | None:
    """How rows of this table are proved; None where nothing of them is."""
    table = row if isinstance(row, Table) else row.__table__
    if not isinstance(table, Table) or table.name not in NUMBERS:
        return None
    free = table.columns if table.name in CHAINED else FREE.get(table.name, {})
    columns = [column for column in table.columns if column.name not in free]
    return ProvedTable(
        table=table,
        number=NUMBERS[table.name],
        identity=_IDENTITY.get(table.name, tuple(each.name for each in table.primary_key.columns)),
        columns=tuple((str(each.name), _plain(each), _nothing(each)) for each in columns),
        defaults={str(each.name): _default(each) for each in columns if each.default is not None},
        is_kept=bool(columns),
    )


def proved_tables() -> list[ProvedTable]:
    """All of them, in the order of their numbers."""
    found = (proved(Base.metadata.tables[name]) for name in NUMBERS)
    return [each for each in found if each is not None]


def _plain(column: Column[Any]) -> Callable[[Any], Any]:
    """A value as it is read back, whatever wrote it: an instant in microseconds, bytes in hex."""
    kind = column.type
    if isinstance(kind, InstantType):
        return to_microseconds
    if isinstance(kind, LargeBinary):
        return bytes.hex
    table: dict[type, Callable[[Any], Any]] = {Boolean: bool, Float: float}
    return next((make for of, make in table.items() if isinstance(kind, of)), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _nothing(column: Column[Any]) -> Any:
    """Of a column that came with a default for the rows of before, that default."""
    return None if column.server_default is None else _default(column)


def _default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)
