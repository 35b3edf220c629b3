"""Reads one row of another system by its mapping: a report, and when it was opened and closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from dispatch.domain.reading import Faults, read_text
from dispatch.domain.time.instants import at_clock_time
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.intake.report_form import ReportedProblem, read_report
from dispatch.rules.intake.source_mapping import SourceMapping, TimeColumn

CsvRow = Mapping[str, str]
_LONGEST_ID: Final = 128
_UNREADABLE: Final = object()  # its fault is told by column already


@dataclass(frozen=True, slots=True)
class OutsideRequest:
    """A request as the other system knew it. `lead_there`: whom it chose, for comparison only."""

    source: str
    external_id: str
    report: ReportedProblem
    opened_at: datetime
    closed_at: datetime | None
    lead_there: str

    @property
    def alert_id(self) -> str:
        """The same request is the same alert, however often it comes."""
        return str(uuid5(NAMESPACE_URL, f"shaodao:{self.source}:{self.external_id}"))


def read_request(
    mapping: SourceMapping, playbook: Playbook, row: CsvRow, now: datetime
) -> OutsideRequest:
    """The row as a request; raises Refused invalid with every fault, by column."""
    faults = Faults()
    external_id = _external_id(mapping, row, faults)
    opened = _instant(mapping, mapping.opened, row, faults)
    closed = _closed(mapping, row, faults)
    if opened and not opened <= now:
        faults.add(mapping.opened.column, "in_the_future")
    if opened and closed and mapping.closed and not opened <= closed <= now:
        faults.add(mapping.closed.column, "out_of_range", least=opened, most=now)
    report = _report(mapping, playbook, row, opened or now, faults)
    faults.refuse()
    return OutsideRequest(
        source=mapping.source,
        external_id=external_id,
        report=report,
        opened_at=opened or now,
        closed_at=closed,
        lead_there=row[mapping.compare_lead] if mapping.compare_lead else "",
    )


def _external_id(mapping: SourceMapping, row: CsvRow, faults: Faults) -> str:
    column = mapping.external_id
    written = read_text(column, row[column], faults, longest=_LONGEST_ID)
    if written == "":
        faults.add(column, "missing")
    return written or ""


def _closed(mapping: SourceMapping, row: CsvRow, faults: Faults) -> datetime | None:
    """When it was closed; None while it is open. The status counts, where there is one."""
    if mapping.closed is None:
        return None
    if mapping.closed_when is None:
        is_closed = bool(row[mapping.closed.column].strip())
    else:
        is_closed = row[mapping.closed_when.column].strip() in mapping.closed_when.words
    return _instant(mapping, mapping.closed, row, faults) if is_closed else None


def _instant(
    mapping: SourceMapping, times: TimeColumn, row: CsvRow, faults: Faults
) -> datetime | None:
    written = row[times.column].strip()
    if not written:
        faults.add(times.column, "missing")
        return None
    try:
        if times.format:
            read = datetime.strptime(written, times.format)  # noqa: DTZ007 - a zone follows
        else:
            read = datetime.fromisoformat(written)
        if read.tzinfo is None:
            return at_clock_time(read, ZoneInfo(mapping.timezone))
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        faults.add(times.column, "not_a_time")
        return None


def _report(
    mapping: SourceMapping, playbook: Playbook, row: CsvRow, now: datetime, faults: Faults
) -> ReportedProblem:
    """The report, read like every other; its faults join those of the row."""
    answers = {name: row[column].strip() for name, column in mapping.answers.items()}
    body = {
        "category": _category(mapping, row, faults),
        "text": next((row[each].strip() for each in mapping.text if row[each].strip()), None),
        "position": _position(mapping, row, faults),
        "answers": {name: answer for name, answer in answers.items() if answer},
    }
    told = {name for name, value in body.items() if value is _UNREADABLE}
    try:
        return read_report(playbook, body, now)
    except Refused as refused:
        if refused.code != "invalid":
            raise
        faults.extend(each for each in refused.faults if each.field not in told)
        return ReportedProblem(category="")


def _category(mapping: SourceMapping, row: CsvRow, faults: Faults) -> object:
    written = row[mapping.category].strip()
    if not mapping.categories or written in mapping.categories:
        return mapping.categories.get(written, written)
    faults.add(mapping.category, "unknown_value", value=written[:40], known="category.values")
    return _UNREADABLE


def _position(mapping: SourceMapping, row: CsvRow, faults: Faults) -> object:
    """The place as written: a default point stays one, and clusters with nothing."""
    place = mapping.position
    if place is None or not (row[place.lon].strip() or row[place.lat].strip()):
        return None
    lon, lat = (_degrees(column, row, faults) for column in (place.lon, place.lat))
    if lon is None or lat is None:
        return _UNREADABLE
    return {"lon": lon, "lat": lat, "crs": place.crs}


def _degrees(column: str, row: CsvRow, faults: Faults) -> float | None:
    try:
        return float(row[column])
    except ValueError:
        faults.add(column, "wrong_type", wanted="number")
        return None
