"""The story of an alert: its log rows as sentences, made when they are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.deed_table import deed_entry
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import REPORTER
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import TimelineEntry
from dispatch.store.tables import LogDetail, LogEntry
from dispatch.translations import has_words, translate
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import amount, day, moment

# Codes whose value is a unit's slug, and those whose value has words of its own.
_UNITS: Final = frozenset(
    {"lead", "before", "proposed", "team", "to", "to_unit", "support", "supports"}
)
_WORDED: Final[Mapping[str, str]] = {
    "reason": "words.choice",
    "verdict": "words.choice",
    "grade": "words.choice",
    "clock": "words.clock",
    "clocks": "words.clock",
    "card": "words.card",
}
_TIMES: Final[Mapping[str, Callable[[str, Reader], str]]] = {
    "by": amount,
    "until": day,
    "due_at": moment,
}
# Which of a row's details everybody who sees the alert may read, in this order.
_READABLE: Final = (
    "note",
    "reason",
    "done",
    "where_instead",
    "clause",
    "finding",
    "message",
    "plan",
)
_UNTOLD: Final = frozenset({"photo"})
# Deeds of the reporter: told as a volunteer's, whatever else they are and wherever they belong;
# "the grid worker of grid 3" would be a name.
_REPORTERS: Final = frozenset(step.name for step in STEPS.values() if REPORTER in step.who)
# What the reporter says, and what is said to them alone.
_BETWEEN_THEM: Final = _REPORTERS | {"contact"}


@dataclass(frozen=True)
class Told:
    """The log rows of one alert, oldest first, each with its details as far as they are kept."""

    rows: tuple[tuple[LogEntry, Mapping[str, Any]], ...]

    @classmethod
    def of(cls, session: Session, alert_id: str) -> "Told":
        rows = session.execute(
            select(LogEntry, LogDetail.body)
            .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
            .where(LogEntry.alert_id == alert_id)
            .order_by(LogEntry.seq),
        )
        return cls(tuple((entry, body or {}) for entry, body in rows))

    def last(self, *codes: str) -> tuple[LogEntry, Mapping[str, Any]] | None:
        """The newest row of one of these codes."""
        return next((row for row in reversed(self.rows) if row[0].code in codes), None)


def report_of(told: Told) -> dict[str, Any]:
    """What was reported; empty where retention erased it."""
    row = told.last("report")
    return dict(row[1].get("report", {})) if row else {}


def timeline_of(
    told: Told, reader: Reader, *, with_people: bool, with_words: bool = True
) -> list[TimelineEntry]:
    """The rows that people read, oldest first; ids of staff are for staff, what passes between
    the reporter and the unit goes the way of the reporter's own words.
    """
    lines = [_line(entry, body, reader) for entry, body in told.rows if entry.code not in _UNTOLD]
    if not with_words:
        for line in lines:
            line["words"] = [] if line["code"] in _BETWEEN_THEM else line["words"]
    if not with_people:
        for line in lines:
            line["codes"] = {
                name: code for name, code in line["codes"].items() if name != "handler"
            }
    return lines


def _line(entry: LogEntry, body: Mapping[str, Any], reader: Reader) -> TimelineEntry:
    role, unit = _role_and_unit(entry)
    return {
        "seq": entry.seq,
        "at": as_instant(entry.at),
        "code": entry.code,
        "role": role,
        "unit": unit,
        "unit_label": reader.unit_label(unit) if unit else None,
        "from": entry.from_status,
        "to": entry.to_status,
        "sentence": _sentence(entry, reader),
        "words": [body[name] for name in _READABLE if body.get(name)],
        "photos": body.get("photos", []),
        "codes": entry.codes,
    }


def _role_and_unit(entry: LogEntry) -> tuple[str | None, str | None]:
    return ("volunteer", None) if entry.code in _REPORTERS else (entry.role, entry.unit)


def _sentence(entry: LogEntry, reader: Reader) -> str:
    params = {"who": _who(entry, reader)}
    for name, value in entry.codes.items():
        params[name] = _shown(name, value, reader)
    variant = f"log.{entry.code}.{_variant(entry)}"
    key = variant if has_words(variant) else f"log.{entry.code}"
    return translate(reader.language, key, **params)


def _variant(entry: LogEntry) -> str:
    """Some deeds have several sentences, by what they led to."""
    told = (name for name in deed_entry(entry.code).variants if entry.codes.get(name))
    return next(told, str(entry.codes.get("verdict", "plain")))


def _who(entry: LogEntry, reader: Reader) -> str:
    """Role and unit, never a name: the public timeline."""
    role, unit = _role_and_unit(entry)
    if role is None:
        return translate(reader.language, "log.nobody")
    told = translate(reader.language, f"words.role.{role}")
    if role == "volunteer" or not unit:
        return told
    where = reader.unit_label(unit)
    return translate(reader.language, "log.role_at_unit", role=_rest(told, where), unit=where)


def _rest(role: str, unit: str) -> str:
    """What the unit's name has not said yet: 福田街道 + 街道分拨员 is 福田街道分拨员."""
    shared = (n for n in range(len(role) - 1, 0, -1) if unit.endswith(role[:n]))
    return role[next(shared, 0) :]


def _shown(name: str, value: Any, reader: Reader) -> str:
    if isinstance(value, list | tuple):
        comma = translate(reader.language, "words.format.comma")
        return comma.join(_shown(name, each, reader) for each in value)
    if name in _TIMES and value:
        return _TIMES[name](value, reader)
    if name == "rule":
        rule = reader.playbook.rule(str(value))
        return rule.label[reader.tongue] if rule else str(value)
    if name in _UNITS:
        return _whoever(value, reader)
    key = f"{_WORDED.get(name, '')}.{value}"
    if name in _WORDED and has_words(key):
        return translate(reader.language, key)
    return "" if value is None else str(value)


def _whoever(value: str | None, reader: Reader) -> str:
    """A unit by its label; who is told as a role, by the role."""
    role = f"words.turn.{'handler' if value == 'person' else value}"
    if value not in reader.playbook.units and has_words(role):
        return translate(reader.language, role)
    return reader.unit_label(value)


def texts_of(told: Told, reader: Reader) -> list[str]:
    """What the rules say to the reporter, as it was decided last."""
    row = told.last("dispatch", "propose", "accept")
    return [each[reader.tongue] for each in row[1].get("notices", [])] if row else []
