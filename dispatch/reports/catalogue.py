"""Which reports are there, and what does one look like when it is made?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.reports import on_time, overdue, paused, volumes
from dispatch.reports.asked import Asked, Row
from dispatch.translations import has, translate

REPORTS: Final[Mapping[str, ModuleType]] = MappingProxyType(
    {"overdue": overdue, "paused": paused, "volumes": volumes, "on-time": on_time},
)


@dataclass(frozen=True)
class Made:
    """A report as it was made. `columns`: key and heading, in the order of a table."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: list[Row]


def make(name: str, session: Session, asked: Asked) -> Made:
    """Raises Refused unknown_report."""
    report = REPORTS.get(name)
    if report is None:
        raise Refused("unknown_report", name=name, known=", ".join(REPORTS))
    keys = report.GROUPED if asked.by and hasattr(report, "GROUPED") else report.COLUMNS
    return Made(
        name=name,
        title=translate(asked.language, report.TITLE),
        columns=tuple((key, _heading(key, asked)) for key in keys),
        rows=report.rows(session, asked),
    )


def _heading(key: str, asked: Asked) -> str:
    """The label's column is called by what the report is broken down by."""
    name = f"by_{asked.by or 'department'}" if key == "label" else key
    return translate(asked.language, f"reports.column.{name}")


def shown(key: str, value: Any, language: str) -> Any:
    """A code as its word, for tables that people read."""
    if value is None:
        return ""
    if key in {"card", "status", "clock"}:
        return translate(language, f"words.{key}.{value}")
    if key == "pause_reason":
        word = f"words.paused.reason.{value}"
        return translate(language, word) if has(word) else value
    if key == "done":
        return " → ".join(translate(language, f"reports.rung.{rung}") for rung in value)
    return value
