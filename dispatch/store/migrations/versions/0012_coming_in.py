"""Wrong passwords of an account are bounded from anywhere; tokens last ninety days from here on.

Revision ID: 0012
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from dispatch import clock
from dispatch.store.tables.base import InstantType

revision = "0012"
down_revision = "0011"

_TOKENS_LAST = timedelta(days=90)
_SIGN_IN = sa.table("sign_in", sa.column("kind"), sa.column("expires_at", InstantType()))


def upgrade() -> None:
    op.create_table(
        "guessed_account",
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("forgotten_at", InstantType(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_guessed_account"),
    )
    latest = clock.wall() + _TOKENS_LAST
    lasting = (_SIGN_IN.c.kind == "token") & (_SIGN_IN.c.expires_at > latest)
    op.execute(_SIGN_IN.update().where(lasting).values(expires_at=latest))
