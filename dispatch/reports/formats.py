"""The formats in which a report leaves the product: JSON, CSV, XLSX, and HTML for a mail."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from types import MappingProxyType
from typing import Any, Final

import orjson
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from dispatch.domain.time.instants import as_instant
from dispatch.reports.make_report import ReportTable
from dispatch.shapes.reports import MadeReport
from dispatch.translations import has_words, translate

# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULAS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_BOM: Final = "\ufeff"  # without it Excel takes UTF-8 for the machine's old code page
_HOUR: Final = 3600
_MOMENT: Final = "yyyy-mm-dd hh:mm"
_NARROW, _WIDEST, _MARGIN = "\u024f", 60, 2  # the last letter of one column's width; in letters
_LONGEST_SHEET_NAME: Final = 31  # Excel opens no file with a longer one


@dataclass(frozen=True)
class Format:
    """How a table is written, and as what it is sent."""

    content_type: str
    write: Callable[[ReportTable], bytes]


def _json(table: ReportTable) -> bytes:
    made: MadeReport = {
        "title": table.title,
        "columns": [key for key, _ in table.columns],
        "rows": [{key: _instant(value) for key, value in row.items()} for row in table.rows],
    }
    return orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE)


def _csv(table: ReportTable) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(heading for _, heading in table.columns)
    for line in _lines(table):
        writer.writerow(_harmless(value) for value in line)
    return (_BOM + sheet.getvalue()).encode()


def _xlsx(table: ReportTable) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:_LONGEST_SHEET_NAME])
    headings, lines = [heading for _, heading in table.columns], _lines(table)
    for place, column in enumerate(zip(headings, *lines, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)
    sheet.append([_harmless(heading) for heading in headings])
    for row, line in zip(table.rows, lines, strict=True):
        moments = [row.get(key) for key, _ in table.columns]
        sheet.append(
            [
                _moment_cell(sheet, moment, table)
                if isinstance(moment, datetime)
                else _harmless(value)
                for moment, value in zip(moments, line, strict=True)
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _moment_cell(sheet: Any, moment: datetime, table: ReportTable) -> Cell:
    """A date that a spreadsheet sorts and filters, by the district's clock."""
    local = moment.astimezone(table.zone).replace(tzinfo=None, microsecond=0)
    cell: Cell = WriteOnlyCell(sheet, value=local)
    cell.number_format = _MOMENT
    return cell


def _width(column: Iterable[Any]) -> int:
    """Wide enough for the longest value; a Chinese character takes the room of two letters."""
    longest = max(sum(1 + (each > _NARROW) for each in str(value)) for value in column)
    return min(_WIDEST, longest + _MARGIN)


def _html(table: ReportTable) -> bytes:
    """A table without anything around it: for a mail, or a file that outlives the server."""
    head = "".join(f"<th>{escape(heading)}</th>" for _, heading in table.columns)
    body = "".join(_html_row(line) for line in _lines(table))
    title = escape(table.title)
    page = f'<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    return f"{page}<table><tr>{head}</tr>{body}</table>\n".encode()


def _html_row(line: list[Any]) -> str:
    return "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in line) + "</tr>"


def _lines(table: ReportTable) -> list[list[Any]]:
    return [[_cell(key, row.get(key), table) for key, _ in table.columns] for row in table.rows]


def _cell(key: str, value: Any, table: ReportTable) -> Any:
    """Times by the district's clock: a spreadsheet knows no zones."""
    if isinstance(value, datetime):
        return value.astimezone(table.zone).strftime("%Y-%m-%d %H:%M:%S")
    return _in_words(key, value, table.language)


def _in_words(key: str, value: Any, language: str) -> Any:
    """A code as its word, a span in hours; anything else as it is."""
    if value is None:
        return ""
    write = _WRITTEN.get(key)
    return write(value, language) if write else value


def _hours(seconds: float, _language: str) -> float:
    return round(seconds / _HOUR, 1)


def _word_of(kind: str) -> Callable[[str, str], str]:
    return lambda code, language: translate(language, f"words.{kind}.{code}")


def _pause_reason(code: str, language: str) -> str:
    word = f"words.paused.reason.{code}"
    return translate(language, word) if has_words(word) else code


def _rungs(done: list[str], language: str) -> str:
    return " → ".join(translate(language, f"reports.rung.{rung}") for rung in done)


def _supervision(number: str, language: str) -> str:
    """In words: a spreadsheet takes 2026-3 alone for a date."""
    return translate(language, "words.supervised_number", number=number)


# By column, how a person reads its values.
_WRITTEN: Final[Mapping[str, Callable[[Any, str], Any]]] = MappingProxyType(
    {
        **{kind: _word_of(kind) for kind in ("card", "status", "clock")},
        **dict.fromkeys(("late_s", "late_work_s", "left_s"), _hours),
        "pause_reason": _pause_reason,
        "done": _rungs,
        "supervision": _supervision,
    },
)


def _harmless(value: Any) -> Any:
    """No formula, and without the control characters that no sheet can hold."""
    if not isinstance(value, str):
        return value
    said = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{said}" if said.startswith(_FORMULAS) else said


def _instant(value: Any) -> Any:
    return as_instant(value) if isinstance(value, datetime) else value


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "json": Format("application/json", _json),
        "csv": Format("text/csv; charset=utf-8", _csv),
        "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        "html": Format("text/html; charset=utf-8", _html),
    },
)
