"""Who called a unit to help: it is released by them, or with their consent.

Revision ID: 0009
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

revision = "0009"
down_revision = "0008"

_LOG = sa.table(
    "log",
    sa.column("seq", sa.BigInteger),
    sa.column("at", InstantType),
    sa.column("code", sa.String),
    sa.column("alert_id", sa.String),
    sa.column("role", sa.String),
    sa.column("codes", sa.JSON),
)
_ASSIGNMENT = sa.table(
    "assignment",
    sa.column("alert_id", sa.String),
    sa.column("kind", sa.String),
    sa.column("unit", sa.String),
    sa.column("from_at", InstantType),
    sa.column("to_at", InstantType),
    sa.column("caller", sa.String),
)


def upgrade() -> None:
    op.add_column("assignment", sa.Column("caller", sa.String(16), nullable=True))
    helps = _ASSIGNMENT.c.kind != "lead"
    op.execute(_ASSIGNMENT.update().where(helps).values(caller="rules"))
    for called in _called_by_people():
        _name_caller(called)


def _called_by_people() -> list[sa.Row[Any]]:
    by_people = _LOG.c.code.in_(("call_support", "rule"))
    return list(op.get_bind().execute(sa.select(_LOG).where(by_people).order_by(_LOG.c.seq)))


def _name_caller(called: sa.Row[Any]) -> None:
    """Of the units that the row of the log names; and what was handed back goes on in a new row."""
    own = called.codes.get("support")
    units = [own] if own else called.codes.get("supports", [])
    op.execute(
        _ASSIGNMENT.update()
        .where(_ASSIGNMENT.c.alert_id == called.alert_id, _ASSIGNMENT.c.kind != "lead")
        .where(_ASSIGNMENT.c.unit.in_(units), _ASSIGNMENT.c.from_at >= called.at)
        .values(caller=_caller(called))
    )


def _caller(called: sa.Row[Any]) -> str:
    if called.code == "rule":
        return "district"
    return "lead_unit" if called.role == "department_dispatcher" else "street"
