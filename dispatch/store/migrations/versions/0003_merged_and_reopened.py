"""An alert knows into which other one it was merged, and how often it was opened again.

Revision ID: 0003
"""

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"

# One statement each, on both databases: SQLite copies no table that others refer to.
_ADD = (
    "ALTER TABLE alert ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0",
    """
    ALTER TABLE alert ADD COLUMN merged_into VARCHAR(36)
    CONSTRAINT fk_alert_merged_into REFERENCES alert (id)
    """,
    "ALTER TABLE alert ADD COLUMN merged_at BIGINT",
)


def upgrade() -> None:
    for statement in _ADD:
        op.execute(statement)
    op.create_index(
        "ix_alert_merged_into",
        "alert",
        ["merged_into"],
        sqlite_where=text("merged_into IS NOT NULL"),
        postgresql_where=text("merged_into IS NOT NULL"),
    )
