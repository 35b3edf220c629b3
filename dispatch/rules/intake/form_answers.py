"""How is one answer of a report's form read? One function for each kind of question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dispatch.domain.masking import mask_numbers
from dispatch.domain.reading import Faults, echo, read_instant, read_text
from dispatch.rules.book.playbook import FormField, Playbook
from dispatch.rules.conditions.facts import Answer

_LONGEST_ANSWER: Final = 500


def choosable_units(playbook: Playbook) -> tuple[str, ...]:
    """Whom an answer may name: whoever works, not the district, communities or grids."""
    kinds = ("street", "department", "team", "company")
    return tuple(unit.id for unit in playbook.units.values() if unit.kind in kinds)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what its answer may depend on."""

    field: FormField
    playbook: Playbook
    now: datetime


def read_answer(asked: Asked, value: Any, faults: Faults) -> Answer:
    """The answer, or None with what is wrong among the faults."""
    path = f"answers.{asked.field.name}"
    if value is None or value in ("", []):
        if asked.field.required:
            faults.add(path, "missing")
        return None
    return _ANSWERS[asked.field.kind](path, asked, value, faults)


def _words(path: str, asked: Asked, value: Any, faults: Faults) -> Answer:
    text = read_text(path, value, faults, longest=_LONGEST_ANSWER)
    if text == "" and asked.field.required:
        faults.add(path, "missing")
    return mask_numbers(text) if text else None


def _number(path: str, _asked: Asked, value: Any, faults: Faults) -> Answer:
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.add(path, "wrong_type", wanted="number")
        return None
    if not -1e9 <= value <= 1e9:
        faults.add(path, "out_of_range", least=-1e9, most=1e9)
        return None
    return value


def _choice(path: str, asked: Asked, value: Any, faults: Faults) -> Answer:
    known = [choice.id for choice in asked.field.choices]
    if value not in known:
        faults.add(path, "unknown_value", value=echo(value), known=", ".join(known))
        return None
    return str(value)


def _choices(path: str, asked: Asked, value: Any, faults: Faults) -> Answer:
    if not isinstance(value, list):
        faults.add(path, "wrong_type", wanted="list")
        return None
    chosen = [_choice(f"{path}.{place}", asked, item, faults) for place, item in enumerate(value)]
    return tuple(str(item) for item in dict.fromkeys(chosen) if item is not None)


def _yes_no(path: str, _asked: Asked, value: Any, faults: Faults) -> Answer:
    if not isinstance(value, bool):
        faults.add(path, "wrong_type", wanted="true, false")
        return None
    return value


def _date_time(path: str, asked: Asked, value: Any, faults: Faults) -> Answer:
    moment = read_instant(path, value, faults, now=asked.now)
    return None if moment is None else moment.isoformat()


def _unit(path: str, asked: Asked, value: Any, faults: Faults) -> Answer:
    if not isinstance(value, str) or value not in choosable_units(asked.playbook):
        faults.add(path, "unknown_value", value=echo(value), known="GET /api/v1/forms")
        return None
    return value


_ANSWERS: Mapping[str, Callable[[str, Asked, Any, Faults], Answer]] = {
    "text": _words,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "date_time": _date_time,
    "unit": _unit,
}
