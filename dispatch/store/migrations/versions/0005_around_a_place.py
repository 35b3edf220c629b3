"""What lies around a place is found by the map, however many alerts there have ever been.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index("ix_spot_lat_lon", "spot", ["lat", "lon", "alert_id"])
