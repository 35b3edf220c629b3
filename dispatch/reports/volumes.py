"""Volumes: how many alerts were reported in a period, and how many of them are still open."""

from typing import Final

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from dispatch.reports.criteria import PARTS, Criteria, Row
from dispatch.reports.report import Report
from dispatch.store.conditions import is_open
from dispatch.store.tables import Alert


def rows(session: Session, criteria: Criteria) -> list[Row]:
    """One row for each department, street or category (department if nothing is said).

    `elsewhere` are those that ended without being dealt with here: declined, referred, merged,
    voided, withdrawn.
    """
    by = criteria.by or "department"
    column = PARTS[by]
    still_open = case((is_open(), 1), else_=0)
    is_closed = case((Alert.status == "closed", 1), else_=0)
    counted = session.execute(
        select(
            column.label("value"),
            func.count().label("alerts"),
            func.sum(still_open).label("open"),
            func.sum(is_closed).label("closed"),
        )
        .where(*criteria.conditions(), *criteria.within(Alert.reported_at))
        .group_by(column),
    )
    found = [
        {
            by: row.value,
            "label": criteria.label(by, row.value),
            "alerts": row.alerts,
            "open": int(row.open),
            "closed": int(row.closed),
            "elsewhere": row.alerts - int(row.open) - int(row.closed),
        }
        for row in counted
    ]
    return sorted(found, key=lambda row: (-row["alerts"], row[by] or ""))


REPORT: Final = Report(
    name="volumes",
    columns=("label", "alerts", "open", "closed", "elsewhere"),
    moments=("from", "to"),
    by=tuple(PARTS),
    rows=rows,
)
