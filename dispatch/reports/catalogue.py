"""Every report, by its name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.errors import Refused
from dispatch.reports import on_time, overdue, paused, volumes
from dispatch.reports.report import Report

REPORTS: Final[Mapping[str, Report]] = MappingProxyType(
    {
        report.name: report
        for report in (
            overdue.REPORT,
            paused.REPORT,
            volumes.REPORT,
            on_time.REPORT,
        )
    },
)


def find_report(name: str) -> Report:
    """Raises Refused unknown_report."""
    report = REPORTS.get(name)
    if report is None:
        raise Refused("unknown_report", name=name, known=", ".join(REPORTS))
    return report
