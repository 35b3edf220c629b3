"""How migration 0010 rewrites the log: marks of one deed each, and the chain anew."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from dispatch.store.migrations.versions.of_0010.people import (
    REPORTERS_STEPS,
    VOLUNTEER,
    City,
    change,
    table,
)
from dispatch.store.tables.base import InstantType

_GENESIS = "0" * 64
_AT_ONCE = 2000
_LONGEST_ID = 36
_UNCHANGED = ("seq", "code", "alert_id", "from_status", "to_status", "digest")
_CHAINED = (*_UNCHANGED, "at", "device_at", "role", "unit", "codes")
_LOG = table(
    "log",
    *("code", "alert_id", "role", "unit", "actor_ref", "from_status", "to_status"),
    *("digest", "hash", "actor", "mark"),
    seq=sa.BigInteger,
    at=InstantType,
    device_at=InstantType,
    codes=sa.JSON,
)
_FACT = table("fact", "name", "value")


def rewrite_log(city: City) -> None:
    """Marks each row anew and chains all of them. A row that the old chain did not prove keeps its
    old hash, so that the new chain names it as well. The old head is kept as a fact.
    """
    heads, last = _Heads(), 0
    while rows := _next_rows(last):
        change(_LOG, "seq", [_rewritten(city, heads, row) for row in rows])
        last = rows[-1].seq
    if last:
        kept = {"name": "log_head_before_0010", "value": f"{last} {heads.old}"}
        op.get_bind().execute(sa.insert(_FACT).values(kept))


@dataclass
class _Heads:
    """The hash of the row before, in the old chain and in the new one."""

    old: str = _GENESIS
    new: str = _GENESIS


def _next_rows(after: int) -> list[sa.Row[Any]]:
    rows = sa.select(_LOG).where(_LOG.c.seq > after).order_by(_LOG.c.seq).limit(_AT_ONCE)
    return list(op.get_bind().execute(rows))


def _rewritten(city: City, heads: _Heads, row: sa.Row[Any]) -> dict[str, Any]:
    before = {name: getattr(row, name) for name in (*_CHAINED, "actor_ref")}
    now = _about_person(city, before) if row.alert_id is None else _about_alert(city, before)
    chained = {name: now[name] for name in (*_CHAINED, "actor", "mark")}
    is_proved = row.hash == _hash(before, heads.old)
    heads.old, heads.new = row.hash, _hash(chained, heads.new) if is_proved else row.hash
    return chained | {"hash": heads.new}


def _about_person(city: City, row: dict[str, Any]) -> dict[str, Any]:
    """What was done with a volunteer is known by a mark, and to the day."""
    person = row["codes"].get("person")
    if person not in city.by_day:
        return _by_staff(row)
    codes = {name: value for name, value in row["codes"].items() if name != "person"}
    mark = _drawn(city, "event", person)
    return _by_staff(row) | {"codes": {"mark": mark, **codes}, "at": to_the_day(row["at"])}


def _about_alert(city: City, row: dict[str, Any]) -> dict[str, Any]:
    """The reporter acts as a volunteer of no unit; a service, and staff in their own role, by
    their id.
    """
    alert = row["alert_id"]
    if row["actor_ref"] is None or row["actor_ref"] != city.refs[alert]:
        return _by_staff(row)
    reporter = city.reporters.get(alert)
    if reporter is None:
        return row | {"actor": city.service_of(alert), "mark": None}
    if row["code"] not in REPORTERS_STEPS:
        return row | {"actor": reporter.person, "mark": None}
    at = row["device_at"]
    return row | {
        "actor": None,
        "mark": _drawn(city, "log", alert, reporter.person),
        "role": VOLUNTEER,
        "unit": None,
        "device_at": at and to_the_day(at),
    }


def _drawn(city: City, *parts: str) -> str:
    """A salt and what of the digest remains: another one each time."""
    salt = secrets.token_hex(8)
    return salt + city.seal.ref(*parts, salt)[len(salt) :]


def _by_staff(row: dict[str, Any]) -> dict[str, Any]:
    ref = row["actor_ref"]
    return row | {"actor": ref if ref and len(ref) <= _LONGEST_ID else None, "mark": None}


def to_the_day(at: datetime) -> datetime:
    """The beginning of the day in UTC."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _hash(row: dict[str, Any], previous: str) -> str:
    """As the log itself was chained in this version."""
    told = json.dumps(
        row,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda moment: moment.isoformat(),
    )
    return hashlib.sha256(previous.encode() + told.encode()).hexdigest()
