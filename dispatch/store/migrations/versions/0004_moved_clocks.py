"""Clocks that move: first contact, extensions in the limit's own unit, suspension until a date.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("alert", sa.Column("suspended_until", InstantType(), nullable=True))
    op.add_column("assignment", sa.Column("contacted_at", InstantType(), nullable=True))
    op.add_column("promise_event", sa.Column("amount", sa.Integer(), nullable=True))
    op.add_column(
        "promise", sa.Column("extended", sa.Integer(), nullable=False, server_default="0")
    )
