"""Wrong passwords of an account are bounded from anywhere, not only from one address.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "guessed_account",
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("forgotten_at", InstantType(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_guessed_account"),
    )
