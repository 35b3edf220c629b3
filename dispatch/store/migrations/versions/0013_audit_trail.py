"""The audit trail: sign-ins, rights, exports, publications, reads of words about homes.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

from dispatch.store.tables.base import InstantType

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False),
        sa.Column("at", InstantType, nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(36)),
        sa.Column("person", sa.String(36)),
        sa.Column("mark", sa.String(64)),
        sa.Column("alert_id", sa.String(36)),
        sa.Column("address", sa.String(64)),
        sa.Column("codes", sa.JSON, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sa.UniqueConstraint("mark", name="uq_audit_mark"),
    )
    for column in ("at", "code", "actor", "person", "alert_id"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
