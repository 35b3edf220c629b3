"""How many alerts were reported, and how many of them are still open?"""

from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from dispatch.domain.law.statuses import OPEN
from dispatch.reports.asked import BY, Asked, Row
from dispatch.store.tables import Alert

TITLE: Final = "reports.volumes.title"
COLUMNS: Final = ("label", "alerts", "open", "closed", "elsewhere")


def rows(session: Session, asked: Asked) -> list[Row]:
    """One row for each department, street or category (department if nothing is said).

    `elsewhere` are those that ended without being dealt with here: declined, referred, merged,
    voided, withdrawn.
    """
    by = asked.by or "department"
    column = BY[by]
    is_open = case((Alert.status.in_(OPEN), 1), else_=0)
    is_closed = case((Alert.status == "closed", 1), else_=0)
    counted = session.execute(
        select(
            column.label("value"),
            func.count().label("alerts"),
            func.sum(is_open).label("open"),
            func.sum(is_closed).label("closed"),
        )
        .where(*asked.conditions(), *asked.within(Alert.reported_at))
        .group_by(column),
    )
    found = [
        {
            by: row.value,
            "label": asked.label(by, row.value),
            "alerts": row.alerts,
            "open": int(row.open),
            "closed": int(row.closed),
            "elsewhere": row.alerts - int(row.open) - int(row.closed),
        }
        for row in counted
    ]
    return sorted(found, key=lambda row: (-row["alerts"], row[by] or ""))
