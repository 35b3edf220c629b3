"""A report is made: checked criteria in, a table with its title and headings out."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dispatch.errors import Fault, Refused
from dispatch.reports.criteria import Criteria, Row, faults_of
from dispatch.reports.report import Report
from dispatch.translations import translate


@dataclass(frozen=True)
class ReportTable:
    """A report as it was made. `columns`: key and heading, in the order of a table.

    `language` and `zone` are those of its reader: for codes that become words, and local times.
    """

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: list[Row]
    language: str
    zone: ZoneInfo


def make_report(session: Session, report: Report, criteria: Criteria) -> ReportTable:
    """Raises Refused invalid, as check_criteria."""
    check_criteria(session, criteria, report.by)
    return ReportTable(
        name=report.name,
        title=translate(criteria.language, report.title),
        columns=tuple((key, _heading(key, criteria)) for key in report.columns_by(criteria.by)),
        rows=report.rows(session, criteria),
        language=criteria.language,
        zone=ZoneInfo(criteria.playbook.district.timezone),
    )


def check_criteria(
    session: Session,
    criteria: Criteria,
    groupings: tuple[str, ...],
    faults: Iterable[Fault] = (),
) -> None:
    """Raises Refused invalid with all that is wrong, `faults` among it, that were found before."""
    found = [*faults, *faults_of(session, criteria, groupings)]
    if found:
        raise Refused("invalid", faults=found, count=len(found))


def _heading(key: str, criteria: Criteria) -> str:
    """The label's column is headed by what the report is grouped by."""
    name = f"by_{criteria.by or 'department'}" if key == "label" else key
    return translate(criteria.language, f"reports.column.{name}")
