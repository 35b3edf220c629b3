"""The base class and the column types of all tables."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_microseconds(value: datetime) -> int:
    """Whole microseconds since 1970 UTC; a naive datetime raises ValueError."""
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place in a table")
    return (value - _EPOCH) // _MICROSECOND


class InstantType(TypeDecorator[datetime]):
    """An aware datetime, stored as whole microseconds since 1970 UTC on both databases.

    Integers compare, sort and index alike everywhere. A naive datetime is a programmer's error and
    raises ValueError.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        del dialect
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# SQLite gives a rowid alias, and so an automatic key, only to INTEGER.
BigKey = BigInteger().with_variant(Integer, "sqlite")

# Every constraint has a name, so that later migrations can find it on both databases.
_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base class of every table."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        datetime: InstantType,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
