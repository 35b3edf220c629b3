"""Reads cases.yaml: facts of an alert, and what must be decided about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.places import PlaceIndex
from dispatch.domain.roles import ROLES
from dispatch.rules.book.files.expectations import EXPECTATIONS, ExpectedIds, read_expectations
from dispatch.rules.book.rulebook import PlaybookCase
from dispatch.rules.conditions.facts import WHISTLES, Facts
from dispatch.rules.conditions.operators import Vocabulary
from dispatch.rules.language.faults import PlaybookFaults, Source, guess
from dispatch.rules.language.map_coordinates import MapCoordinates
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.points import as_point
from dispatch.rules.language.unlisted import tell_unlisted
from dispatch.rules.language.values import (
    Section,
    as_list,
    as_text,
    as_texts,
    entries,
)
from dispatch.rules.questions.answers import Answer

_GIVEN: Final = (
    *("at", "text", "answers", "street", "community", "grid", "position", "reporter_role"),
    *("source", "photos", "open_nearby", "about_unit", "earlier", "whistle"),
)
_YEARS: Final = range(1970, 2101)  # to which the city's clock can be set
_USUAL_TIME: Final = "2026-11-23T10:00"  # a Monday morning in office hours


@dataclass(frozen=True, slots=True)
class CaseReferences:
    """What cases may name: ids of rules and categories, places, and what conditions may name."""

    vocabulary: Vocabulary
    timezone: str
    places: PlaceIndex
    rules: frozenset[str]
    categories: frozenset[str]


def read_cases(
    root: Node, faults: PlaybookFaults, refs: CaseReferences
) -> tuple[PlaybookCase, ...]:
    section = Section(root, faults, ("cases",))
    return tuple(_case(node, faults, refs) for node in section.items("cases"))


def _case(node: Node, faults: PlaybookFaults, refs: CaseReferences) -> PlaybookCase:
    section = Section(node, faults, ("case", "given", "expect"))
    given = section.part("given", ("category",), _GIVEN)
    expect = section.part("expect", may=tuple(EXPECTATIONS))
    if "expect" in section and not expect.node.value:
        faults.add(expect.node, "nothing_expected")
    ids = ExpectedIds(refs.vocabulary.units, refs.rules)
    return PlaybookCase(
        label=section.text("case"),
        facts=_facts(given, refs),
        expect=read_expectations(expect, ids),
        source=Source.of(node),
    )


def _facts(given: Section, refs: CaseReferences) -> Facts:
    position = given.read("position", as_point, None)
    place = refs.places.resolve(*position) if position else None
    units = refs.vocabulary.units
    return Facts(
        category=given.choice("category", refs.categories, "category", ""),
        reported_at=_reported_at(given, refs),
        text=given.text("text"),
        answers=_answers(given.get("answers"), refs),
        street=place.street if place else given.reference("street", units, "unit"),
        community=place.community if place else given.reference("community", units, "unit"),
        grid=place.grid if place else given.reference("grid", units, "unit"),
        zones=place.zones if place else frozenset(),
        lon=position[0] if position else None,
        lat=position[1] if position else None,
        reporter_role=given.choice("reporter_role", ROLES, "role", "volunteer"),
        source=given.text("source", "app"),
        photos=given.integer("photos"),
        open_nearby=given.integer("open_nearby"),
        earlier=tuple(_instant(node, refs) for node in given.items("earlier")),
        whistle=given.reference("whistle", WHISTLES, "whistle"),
        about_unit=given.reference("about_unit", units, "unit"),
    )


def _reported_at(given: Section, refs: CaseReferences) -> datetime:
    node = given.get("at")
    return _instant(node, refs) if node else _local(_USUAL_TIME, refs)


def _instant(node: Node, refs: CaseReferences) -> datetime:
    """Local clock time of the district, as "2026-11-23T10:00"."""
    faults = refs.vocabulary.faults
    written = as_text(node, faults)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        faults.add(node, "not_date_time", seen=written)
        return _local(_USUAL_TIME, refs)
    if moment.year not in _YEARS:
        least, most = _YEARS[0], _YEARS[-1]
        faults.remark(node, "out_of_range", seen=written[:40], least=least, most=most)
        return _local(_USUAL_TIME, refs)
    return _local(written, refs)


def _local(written: str, refs: CaseReferences) -> datetime:
    moment = datetime.fromisoformat(written)
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(refs.timezone))
    return local.astimezone(UTC)


def _answers(node: Node | None, refs: CaseReferences) -> Mapping[str, Answer]:
    answers: dict[str, Answer] = {}
    for name, body in entries(node, refs.vocabulary.faults):
        if node is not None and name not in refs.vocabulary.fields:
            near = guess(name, refs.vocabulary.fields)
            refs.vocabulary.faults.add(node.at_key(name), "unknown_field", seen=name, **near)
        if isinstance(body.value, list):
            answers[name] = as_texts(body, refs.vocabulary.faults)
        elif not isinstance(body.value, dict | MapCoordinates):
            answers[name] = body.value
        _refuse_unknown(refs.vocabulary.fields.get(name), body, refs.vocabulary.faults)
    return answers


def _refuse_unknown(choices: frozenset[str] | None, body: Node, faults: PlaybookFaults) -> None:
    """An answer that nobody can choose is a fault: such a case would prove nothing."""
    for item in as_list(body, faults) if choices is not None else ():
        if item.value not in (choices or ()):
            tell_unlisted(item, faults, item.value, choices or (), "unknown_choice")
