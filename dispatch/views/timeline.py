"""The timeline of an alert: its log rows, each as its reader may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.audience import (
    MissedPromise,
    WordsReader,
    first_lines,
    is_line_for,
    may_read,
)
from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import TimelineEntry
from dispatch.store.tables import LogDetail, LogEntry
from dispatch.translations import translate
from dispatch.views.card_readers import told_clock
from dispatch.views.reader import Reader
from dispatch.views.sentences import role_and_unit, sentence_of, shown_code

# The words of people among the details of a row, in this order.
_READABLE: Final = (
    "note",
    "reason",
    "done",
    "where_instead",
    "clause",
    "finding",
    "message",
    "plan",
    "told",
)
_UNTOLD: Final = frozenset({"photo"})


@dataclass(frozen=True)
class AlertLog:
    """The log rows of one alert, oldest first, each with its details as far as they are kept."""

    rows: tuple[tuple[LogEntry, Mapping[str, Any]], ...]

    @classmethod
    def of(cls, session: Session, alert_id: str) -> "AlertLog":
        rows = session.execute(
            select(LogEntry, LogDetail.body)
            .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
            .where(LogEntry.alert_id == alert_id)
            .order_by(LogEntry.seq),
        )
        return cls(tuple((entry, body or {}) for entry, body in rows))

    def last(self, *codes: str) -> tuple[LogEntry, Mapping[str, Any]] | None:
        """The newest row of one of these codes, with its details."""
        return next((row for row in reversed(self.rows) if row[0].code in codes), None)


def report_of(log: AlertLog) -> dict[str, Any]:
    """What was reported; empty where retention erased it."""
    row = log.last("report")
    return dict(row[1].get("report", {})) if row else {}


def words_of(
    log: AlertLog, index: int, reader: WordsReader, names: Sequence[str] = _READABLE
) -> list[str]:
    """What people wrote with a row, as far as it is for this reader: the one filter of words."""
    entry, body = log.rows[index]
    later = [row.code for row, _ in log.rows[index + 1 :]]
    return [
        body[name] for name in names if body.get(name) and may_read(reader, entry.code, name, later)
    ]


def timeline_of(
    log: AlertLog, reader: Reader, words: WordsReader, missed: Sequence[MissedPromise] = ()
) -> list[TimelineEntry]:
    """The rows that this person reads, oldest first. Staff read all, with ids of staff; the
    reporter what is told, and one line for each promise that was missed.
    """
    lines = [
        _line(log, index, reader, words)
        for index, (entry, _) in enumerate(log.rows)
        if entry.code not in _UNTOLD and is_line_for(words, entry.code)
    ]
    return lines if words.is_staff else _for_the_reporter(lines, log, reader, missed)


def _for_the_reporter(
    lines: list[TimelineEntry], log: AlertLog, reader: Reader, missed: Sequence[MissedPromise]
) -> list[TimelineEntry]:
    """Without ids of staff, and with the lines of lateness."""
    for line in lines:
        line["codes"] = {name: code for name, code in line["codes"].items() if name != "handler"}
    rows = (
        (entry.seq, entry.code, told_clock(entry.codes.get("clock", "")), entry.at)
        for entry, _ in log.rows
        if not entry.codes.get("support")
    )
    told = first_lines(rows, missed)
    late = [_missed_line(entry, reader) for entry, _ in log.rows if entry.seq in told]
    return sorted([*lines, *late], key=lambda line: line["seq"])


def _missed_line(entry: LogEntry, reader: Reader) -> TimelineEntry:
    """One sentence for all the rungs that a missed promise climbs."""
    clock = told_clock(entry.codes["clock"])
    said = shown_code("clock", clock, reader)
    return {
        "seq": entry.seq,
        "at": as_instant(entry.at),
        "code": "missed",
        "role": None,
        "unit": None,
        "unit_label": None,
        "from": None,
        "to": None,
        "sentence": translate(reader.language, "log.missed", clock=said),
        "words": [],
        "photos": [],
        "codes": {"clock": clock},
    }


def _line(log: AlertLog, index: int, reader: Reader, words: WordsReader) -> TimelineEntry:
    entry, body = log.rows[index]
    role, unit = role_and_unit(entry)
    return {
        "seq": entry.seq,
        "at": as_instant(entry.at),
        "code": entry.code,
        "role": role,
        "unit": unit,
        "unit_label": reader.unit_label(unit) if unit else None,
        "from": entry.from_status,
        "to": entry.to_status,
        "sentence": sentence_of(entry, reader),
        "words": words_of(log, index, words),
        "photos": body.get("photos", []),
        "codes": entry.codes,
    }


def texts_of(log: AlertLog, reader: Reader) -> list[str]:
    """What the rules say to the reporter, by the last decision."""
    row = log.last("dispatch", "propose", "accept", DECIDED_AGAIN)
    return [each[reader.tongue] for each in row[1].get("notices", [])] if row else []
