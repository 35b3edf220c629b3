"""Who reported stays unknown without the key: each mark is of one row, and no two are alike.

Until now a person had one mark for all steps, photos, requests and links. What exists is marked and
sealed anew, in an order that tells nothing.

Revision ID: 0010
"""

import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from dispatch.store.migrations.versions.of_0010.log import rewrite_log, to_the_day
from dispatch.store.migrations.versions.of_0010.people import (
    ALERT,
    GRANT,
    LINK,
    PERSON,
    REPORTERS_STEPS,
    City,
    change,
    read_city,
    table,
)
from dispatch.store.tables.base import InstantType

revision = "0010"
down_revision = "0009"

# One statement each, on both databases: SQLite copies no table that others refer to.
_ADD = (
    "ALTER TABLE log ADD COLUMN actor VARCHAR(36)",
    """
    ALTER TABLE log ADD COLUMN mark VARCHAR(64)
    CONSTRAINT ck_log_one_hand CHECK (actor IS NULL OR mark IS NULL)
    """,
    "ALTER TABLE taken_step ADD COLUMN actor VARCHAR(36)",
    "ALTER TABLE taken_step ADD COLUMN mark VARCHAR(64)",
    "ALTER TABLE request ADD COLUMN asker VARCHAR(36)",
)
_DROP = (
    "ALTER TABLE log DROP COLUMN actor_ref",
    "ALTER TABLE photo DROP COLUMN by_ref",
)
_SIGN_INS = 1024
_DAY = timedelta(days=1)
_TIMES = {"created_at": InstantType, "seen_at": InstantType, "expires_at": InstantType}
_SIGN_IN = table("sign_in", "digest", "kind", "person_id", "csrf", **_TIMES)
_SEALED_SIGN_IN = table("sign_in", "digest", "kind", "ref", "csrf", box=sa.LargeBinary, **_TIMES)
_TAKEN = table(
    "taken_step",
    *("client_id", "alert_id", "by_ref", "body_digest", "actor", "mark"),
    answer=sa.JSON,
)
_REQUEST = table("request", "id", "kind", "asker", codes=sa.JSON)
_order = random.SystemRandom()


def upgrade() -> None:
    for statement in _ADD:
        op.execute(statement)
    sign_ins: list[dict[str, Any]] = []
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(PERSON)):
        sign_ins = _mark_anew(read_city(context.config.attributes["seal"]))
    for statement in _DROP:
        op.execute(statement)
    op.create_index("ix_log_mark", "log", ["mark"], unique=True)
    with op.batch_alter_table("taken_step") as taken:
        taken.drop_column("by_ref")
        taken.create_check_constraint("one_hand", "(actor IS NULL) <> (mark IS NULL)")
    op.create_index("ix_taken_step_mark", "taken_step", ["mark"], unique=True)
    op.drop_index("ix_sealed_link_ref", "sealed_link")
    op.create_index("ix_sealed_link_ref", "sealed_link", ["ref"], unique=True)
    _renew_sign_ins(sign_ins)


def _mark_anew(city: City) -> list[dict[str, Any]]:
    """The rows of sign-ins, whose table is made anew."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")  # no free page keeps the old marks
    change(_TAKEN, "client_id", _steps(city))
    change(_REQUEST, "id", _requests(city))
    change(ALERT, "id", _bodies(city))
    rewrite_log(city)
    _seal_links(city)
    change(PERSON, "id", _people(city))
    change(GRANT, "id", _grants(city))
    return _sign_ins(city)


def _rows(rows: sa.TableClause) -> list[sa.Row[Any]]:
    return list(op.get_bind().execute(sa.select(rows)))


def _steps(city: City) -> Iterator[dict[str, Any]]:
    for row in _rows(_TAKEN):
        person, mark = city.steps.get(row.by_ref), None
        if person is None or row.answer["step"] in REPORTERS_STEPS:
            mark = city.seal.ref("taken", row.alert_id, person or row.by_ref, row.client_id)
        yield {
            "client_id": row.client_id,
            "actor": None if mark else person,
            "mark": mark,
            "body_digest": city.seal.ref("body", row.client_id, row.body_digest),
        }


def _requests(city: City) -> Iterator[dict[str, Any]]:
    for row in _rows(_REQUEST):
        codes = dict(row.codes)
        mark = codes.pop("by" if row.kind == "void" else "asker", "")
        yield {"id": row.id, "asker": city.steps.get(mark), "codes": codes}


def _bodies(city: City) -> Iterator[dict[str, Any]]:
    for row in _rows(ALERT):
        yield {"id": row.id, "body_digest": city.seal.ref("body", row.id, row.body_digest)}


def _seal_links(city: City) -> None:
    """Two links an alert as before, those of a person numbered from the first report on."""
    reported = Counter[str]()
    links = []
    for row in sorted(_rows(ALERT), key=lambda each: (each.reported_at, each.id)):
        if reporter := city.reporters.get(row.id):
            who, ref = reporter.person, city.seal.ref
            sealed = city.seal.close([who, reporter.role, reporter.unit])
            links.append(_link(ref("alert", row.id), sealed))
            links.append(_link(ref("person", who, str(reported[who])), city.seal.close(row.id)))
            reported[who] += 1
    _order.shuffle(links)
    op.get_bind().execute(sa.delete(LINK))
    _insert(LINK, links)


def _link(ref: str, box: bytes) -> dict[str, Any]:
    return {"id": secrets.token_hex(16), "ref": ref, "box": box}


def _people(city: City) -> Iterator[dict[str, Any]]:
    for row in _rows(PERSON):
        if row.id in city.by_day:
            ended = row.disabled_at and to_the_day(row.disabled_at)
            created = to_the_day(row.created_at)
            yield {"id": row.id, "created_at": created, "disabled_at": ended}


def _grants(city: City) -> Iterator[dict[str, Any]]:
    for row in _rows(GRANT):
        if row.person_id in city.by_day:
            ended = row.to_at and to_the_day(row.to_at)
            yield {"id": row.id, "from_at": to_the_day(row.from_at), "to_at": ended}


def _sign_ins(city: City) -> list[dict[str, Any]]:
    """Sealed, each with another number of its person; of more than so many the last ones."""
    theirs = defaultdict[str, list[sa.Row[Any]]](list)
    for row in _rows(_SIGN_IN):
        theirs[row.person_id].append(row)
    found = []
    for person, rows in theirs.items():
        kept = sorted(rows, key=lambda each: each.seen_at)[-_SIGN_INS:]
        for number, row in zip(_order.sample(range(_SIGN_INS), len(kept)), kept, strict=True):
            ref = city.seal.ref("sign_in", person, str(number))
            found.append(_sealed(city, row) | {"ref": ref, "box": city.seal.close(person)})
    _order.shuffle(found)
    return found


def _sealed(city: City, row: sa.Row[Any]) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ("digest", "kind", "csrf", *_TIMES)}
    if row.person_id not in city.by_day:
        return kept
    days = {name: to_the_day(kept[name]) for name in _TIMES}
    return kept | days | {"expires_at": days["expires_at"] + _DAY}


def _renew_sign_ins(rows: list[dict[str, Any]]) -> None:
    op.drop_table("sign_in")
    op.create_table(
        "sign_in",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=True),
        *(sa.Column(name, InstantType(), nullable=False) for name in _TIMES),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_ref", "sign_in", ["ref"], unique=True)
    _insert(_SEALED_SIGN_IN, rows)


def _insert(into: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(into), rows)
