"""Reads a report by the form of its category, with every fault at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from dispatch.domain.masking import mask_numbers
from dispatch.domain.reading import (
    LONGEST_LANDMARK,
    LONGEST_TEXT,
    Faults,
    Position,
    echo,
    read_digests,
    read_instant,
    read_position,
    read_text,
)
from dispatch.errors import Refused
from dispatch.rules.book.category import Category, FormField
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.matter import matter_of
from dispatch.rules.questions.answers import Answer, SentAnswer
from dispatch.rules.questions.kinds import KINDS

FIELDS = (
    *("category", "text", "position", "grid", "answers", "photos", "occurred_at"),
    *("landmark", "device_at", "accusation", "about_unit"),
)
_SHORTEST_TEXT = 2

T = TypeVar("T")


@dataclass(frozen=True)
class ReportedProblem:
    """A problem at a place, as parsed. `photos`: digests of the photos to come. `landmark`: where
    exactly, in words. `device_at`: what the device's own clock said, right or wrong. `about`: the
    unit that is complained about, which any kind may name.
    """

    category: str
    text: str = ""
    position: Position | None = None
    grid: str | None = None
    answers: Mapping[str, Answer] | None = None
    photos: tuple[str, ...] = ()
    occurred_at: datetime | None = None
    landmark: str = ""
    device_at: datetime | None = None
    about: str | None = None

    def about_unit(self, playbook: Playbook) -> str | None:
        """The unit that is complained about: named with the report, or where the category asks for
        one.
        """
        if self.about is not None:
            return self.about
        category = playbook.categories[self.category]
        if not category.about_unit:
            return None
        asked = (field.name for field in category.fields if field.kind == "unit")
        named = (self.answers or {}).get(next(asked, ""))
        return str(named) if named in playbook.units else None

    def as_json(self) -> dict[str, Any]:
        """The canonical body: two requests with the same are the same report. The device's clock is
        none of it; a landmark is, where there is one: without, the body is what it always was.
        """
        place = self.position
        landmark = {"landmark": self.landmark} if self.landmark else {}
        return {
            "category": self.category,
            "text": self.text,
            "position": place and [place.lon, place.lat, place.accuracy_m, place.crs],
            "grid": self.grid,
            "answers": dict(self.answers or {}),
            "photos": sorted(self.photos),
            "occurred_at": self.occurred_at and self.occurred_at.isoformat(),
            **landmark,
            **({} if self.about is None else {"about_unit": self.about}),
        }


def read_report(playbook: Playbook, body: Mapping[str, Any], now: datetime) -> ReportedProblem:
    """The report; raises Refused: invalid with every fault, accusation_elsewhere."""
    refuse_accusation(playbook, body)
    faults = Faults()
    for name in body.keys() - set(FIELDS):
        faults.add(echo(name), "unknown_field", known=", ".join(FIELDS))
    given = {name: value for name, value in body.items() if value is not None}
    if not isinstance(given.get("accusation", False), bool):
        faults.add("accusation", "wrong_type", wanted="true or false")
    category = _category(playbook, given, faults)
    report = ReportedProblem(
        category=category.code if category else "",
        text=_text(playbook, given, faults),
        position=_optional(given, "position", read_position, faults),
        grid=_grid(playbook, given, faults),
        answers=_answers(playbook, category, given, now, faults) if category else {},
        photos=tuple(_optional(given, "photos", read_digests, faults) or ()),
        occurred_at=_occurred_at(given, now, faults),
        landmark=_landmark(given, playbook, faults),
        device_at=_device_at(given, now, faults),
        about=_about(playbook, given, faults),
    )
    _check_whole(given, report, category, faults)
    faults.refuse()
    return report


def refuse_accusation(playbook: Playbook, told: Mapping[str, Any]) -> None:
    """Raise Refused accusation_elsewhere for the kind that accusations against officials have, and
    where the person says so; words of danger to life win. Nothing was checked before: of a text
    that is too long no more is listened to than may be written.
    """
    category = playbook.categories.get(str(told.get("category")))
    is_one = told.get("accusation") is True or (category is not None and category.accusation)
    said = str(told.get("text") or "")[:LONGEST_TEXT]
    if not is_one or playbook.district.life_words.first_in(said):
        return
    page = playbook.district.accusations
    raise Refused("accusation_elsewhere", number=page.channel.number if page else "–")


def _category(playbook: Playbook, given: Mapping[str, Any], faults: Faults) -> Category | None:
    code = given.get("category")
    if code is None:
        faults.add("category", "missing")
        return None
    category = playbook.categories.get(code) if isinstance(code, str) else None
    if category is None:
        faults.add("category", "unknown_value", value=echo(code), known="GET /api/v1/forms")
    return category


def _text(playbook: Playbook, given: Mapping[str, Any], faults: Faults) -> str:
    if "text" not in given:
        return ""
    text = read_text("text", given["text"], faults)
    return mask_numbers(text or "", playbook.mask_terms)


def _optional(
    given: Mapping[str, Any],
    name: str,
    read: Callable[[str, Any, Faults], T | None],
    faults: Faults,
) -> T | None:
    return read(name, given[name], faults) if name in given else None


def _grid(playbook: Playbook, given: Mapping[str, Any], faults: Faults) -> str | None:
    grid = given.get("grid")
    if grid is None:
        return None
    unit = playbook.units.get(grid) if isinstance(grid, str) else None
    if unit is None or unit.kind != "grid":
        faults.add("grid", "unknown_value", value=echo(grid), known="GET /api/v1/places")
        return None
    return unit.id


def _about(playbook: Playbook, given: Mapping[str, Any], faults: Faults) -> str | None:
    unit = given.get("about_unit")
    known = {choice.id for choice in playbook.choosable_units}
    if unit is None or (isinstance(unit, str) and unit in known):
        return unit
    faults.add("about_unit", "unknown_value", value=echo(unit), known="GET /api/v1/forms")
    return None


def _occurred_at(given: Mapping[str, Any], now: datetime, faults: Faults) -> datetime | None:
    if "occurred_at" not in given:
        return None
    return read_instant("occurred_at", given["occurred_at"], faults, now=now)


def _landmark(given: Mapping[str, Any], playbook: Playbook, faults: Faults) -> str:
    if "landmark" not in given:
        return ""
    written = read_text("landmark", given["landmark"], faults, longest=LONGEST_LANDMARK)
    return mask_numbers(written or "", playbook.mask_terms)


def _device_at(given: Mapping[str, Any], now: datetime, faults: Faults) -> datetime | None:
    """A clock that is wrong is kept as it is: it explains what else is odd, and refuses nobody."""
    if "device_at" not in given:
        return None
    return read_instant("device_at", given["device_at"], faults, now=now, ahead=timedelta.max)


def _check_whole(
    given: Mapping[str, Any], report: ReportedProblem, category: Category | None, faults: Faults
) -> None:
    """What no field can say alone."""
    if "position" not in given and "grid" not in given:
        faults.add("position", "position_or_grid")
    said = report.text or any(fault.field == "text" for fault in faults)
    if not said and not given.get("photos"):
        faults.add("text", "text_or_photo")
    elif report.text and len(report.text) < _SHORTEST_TEXT:
        faults.add("text", "too_short", least=_SHORTEST_TEXT)
    if category and len(report.photos) < category.photos_min:
        faults.add("photos", "photo_needed", least=category.photos_min)


def _answers(
    playbook: Playbook,
    category: Category,
    given: Mapping[str, Any],
    now: datetime,
    faults: Faults,
) -> dict[str, Answer]:
    """The answers to the questions that were shown; later questions may hang on earlier ones."""
    sent = given.get("answers", {})
    if not isinstance(sent, dict):
        faults.add("answers", "wrong_type", wanted="object")
        return {}
    known = {field.name: field for field in category.fields}
    for name in sent.keys() - known.keys():
        faults.add(f"answers.{echo(name)}", "unknown_field", known=", ".join(known))
    answers: dict[str, Answer] = {}
    for field in category.fields:
        facts = Facts(category=category.code, reported_at=now, answers=answers)
        if field.shown_when and not field.shown_when.holds(matter_of(playbook, facts).about):
            continue
        answer = _answer(field, playbook, sent.get(field.name), now, faults)
        if answer is not None:
            answers[field.name] = answer
    return answers


def _answer(
    field: FormField, playbook: Playbook, value: Any, now: datetime, faults: Faults
) -> Answer:
    """The answer in the way of its kind, or None with what is wrong among the faults."""
    path = f"answers.{field.name}"
    kind, before = KINDS[field.kind], len(faults)
    answer: Answer = None
    if value is not None and value not in ("", []):
        offered = kind.offer(field.choices, playbook.choosable_units)
        answer = kind.answer(SentAnswer(path, value, offered, now, faults, playbook.mask_terms))
    if answer is None and field.required and len(faults) == before:
        faults.add(path, "missing")
    return answer
