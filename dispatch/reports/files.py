"""A report as a file: JSON, CSV, XLSX."""

import csv
import io
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson
from openpyxl import Workbook

from dispatch.reports.catalogue import Made, shown

# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
_BOM: Final = "\ufeff"  # without it Excel takes UTF-8 for the machine's old code page


def as_json(report: Made) -> bytes:
    told = {
        "title": report.title,
        "columns": [key for key, _ in report.columns],
        "rows": [{key: _instant(value) for key, value in row.items()} for row in report.rows],
    }
    return orjson.dumps(told)


def as_csv(report: Made, language: str, zone: str) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heading for _, heading in report.columns)
    for line in lines(report, language, zone):
        writer.writerow(_harmless(value) for value in line)
    return (_BOM + sheet.getvalue()).encode()


def as_xlsx(report: Made, language: str, zone: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(report.title[:31])
    sheet.append([heading for _, heading in report.columns])
    for line in lines(report, language, zone):
        sheet.append([_harmless(value) for value in line])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def lines(report: Made, language: str, zone: str) -> list[list[Any]]:
    keys = [key for key, _ in report.columns]
    return [[_cell(key, row.get(key), language, zone) for key in keys] for row in report.rows]


def _cell(key: str, value: Any, language: str, zone: str) -> Any:
    """Times by the district's clock: a spreadsheet knows no zones."""
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
    return shown(key, value, language)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def _instant(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value
