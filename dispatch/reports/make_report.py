"""A report is made: checked criteria in, a table with its title and headings out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dispatch.domain.reading import echo
from dispatch.errors import Fault, Refused
from dispatch.reports.criteria import PARTS, Criteria, Row, faults_of
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
    """Raises Refused unknown_filter for a moment that it cannot be asked for, or invalid, as
    check_criteria.
    """
    refuse_unknown(criteria.moments(), (*report.moments, *PARTS))
    check_criteria(session, criteria, report.by)
    return ReportTable(
        name=report.name,
        title=translate(criteria.language, report.title),
        columns=tuple((key, _heading(key, criteria)) for key in report.columns_by(criteria.by)),
        rows=report.rows(session, criteria),
        language=criteria.language,
        zone=ZoneInfo(criteria.playbook.district.timezone),
    )


def refuse_unknown(asked: Iterable[str], known: Collection[str]) -> None:
    """What is named and not taken is refused, never left out: the figures would say another thing
    than was asked. Raises Refused unknown_filter.
    """
    for name in asked:
        if name not in known:
            raise Refused("unknown_filter", name=echo(name), known=", ".join(sorted(known)))


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
