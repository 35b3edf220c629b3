"""A notice may be about the installation itself: the calendar ends, and no alert is meant.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.alter_column("alert_id", existing_type=sa.String(36), nullable=True)
