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
    "guessed_account": {"*": "counts wrong passwords for an hour, and gives nobody a right"},
    "person": {"language": "the person's own taste, read by nobody else"},
    "second_factor": {
        "last_step": "which code was taken last: changed, an old one opens for a minute at most"
    },
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
# The audit trail has a chain of its own: a proof of when a volunteer signed in would tell too much.
CHAINED: Final = frozenset({"log", "log_detail", "proof", "audit"})
# Facts that are written again and again and decide nothing for long.
FREE_FACTS: Final[Mapping[str, str]] = {
    "swept_at": "written every fifteen seconds, for monitoring alone",
    "replaying": "written at each commit of a replay, and ends by itself",
    "forwarded_at": "written once an hour while a proxy is not trusted, for monitoring alone",
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
    "second_factor": 19,
    "recovery_code": 20,
}
# Where the primary key says nothing, what names a row instead.
_IDENTITY: Final[Mapping[str, tuple[str, ...]]] = {"photo": ("alert_id", "sha256")}
GONE: Final = bytes(8)
RECORD: Final = 1 + 8 + 8

RowContent = Mapping[Any, Any]  # by the names of columns


@dataclass(frozen=True, eq=False)
class ProvedTable:
    """A table whose rows are proved. `free`: columns that are not; `made_plain`: by column how a
    value becomes what is read back, whatever wrote it; `defaults`: what is written where nothing is
    said; `nothing`: of columns that came later the default, which stands for nothing, so that the
    digests of before hold. Without `is_kept` only the deletion of a row is proved.
    """

    table: Table
    number: int
    identity: tuple[str, ...]
    free: tuple[str, ...]
    made_plain: tuple[tuple[str, Callable[[Any], Any]], ...]
    defaults: Mapping[str, Any]
    nothing: tuple[tuple[str, Any], ...]
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
        whole = {**self.defaults, **values}
        plain = {name: value for name, value in whole.items() if value is not None}
        for name, make_plain in self.made_plain:
            if name in plain:
                plain[name] = make_plain(plain[name])
        for name in self.free:
            plain.pop(name, None)
        for name, nothing in self.nothing:
            if plain[name] == nothing:
                del plain[name]
        told = self.table.name.encode() + orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)
        return blake2b(told, key=key, digest_size=8, person=b"row").digest()


@cache
def proved(row: type[Base] | Table) -> ProvedTable | None:
    """How rows of this table are proved; None where nothing of them is."""
    table = row if isinstance(row, Table) else row.__table__
    if not isinstance(table, Table) or table.name not in NUMBERS:
        return None
    is_kept = table.name not in CHAINED
    columns = {str(each.name): each for each in table.columns}
    later = {name: each for name, each in columns.items() if each.server_default}
    plain = {name: _made_plain(each) for name, each in columns.items()}
    return ProvedTable(
        table=table,
        number=NUMBERS[table.name],
        identity=_IDENTITY.get(table.name, tuple(each.name for each in table.primary_key.columns)),
        free=tuple(FREE.get(table.name, ())),
        made_plain=tuple((name, make) for name, make in plain.items() if make is not None),
        defaults={name: _default(each) for name, each in columns.items() if each.default},
        nothing=tuple((name, _default(each)) for name, each in later.items()),
        is_kept=is_kept,
    )


def proved_tables() -> list[ProvedTable]:
    """All of them, in the order of their numbers."""
    found = (proved(Base.metadata.tables[name]) for name in NUMBERS)
    return [each for each in found if each is not None]


def _made_plain(column: Column[Any]) -> Callable[[Any], Any] | None:
    """An instant in microseconds, bytes in hex; None for what is read back as it was written."""
    if isinstance(column.type, InstantType):
        return to_microseconds
    kinds: dict[type, Callable[[Any], Any]] = {LargeBinary: bytes.hex, Boolean: bool, Float: float}
    return next((make for of, make in kinds.items() if isinstance(column.type, of)), None)


def _default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)
