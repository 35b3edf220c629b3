"""A lead that has confirmed its part waits for the units that still work.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("assignment", sa.Column("confirmed_at", InstantType(), nullable=True))
