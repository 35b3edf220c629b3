"""How are limits and the promises made of them written?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.law.clock_names import CLOCKS
from dispatch.domain.time.promises import Limit
from dispatch.rules.book.terms import Basis, Terms
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_text, entries, one_of

EVERY_OTHER: Final = "otherwise"


@dataclass(frozen=True, slots=True)
class Terminology:
    """What promises may name: calendars, bases, and sets of promises of the district's own."""

    calendars: tuple[str, ...]
    default_calendar: str
    bases: Mapping[str, Basis]
    sets: Mapping[str, Mapping[str, Terms]]


def as_limit(node: Node, faults: PlaybookFaults) -> Limit:
    """`8 work_hours`, `30 minutes`, `2 days`: a number and a unit of DOMAIN §4."""
    try:
        return Limit.parse(as_text(node, faults))
    except ValueError:
        faults.add(node, "not_limit", seen=node.value)
        return Limit(1, "days")


def read_promises(section: Section, names: Terminology) -> Mapping[str, Terms]:
    """The terms by clock of a section's `promises`, resting on its `basis`.

    `promises` is a mapping of clocks to limits or the name of a set; `basis` is one id for all,
    or a mapping of clocks (and `otherwise`) to ids.
    """
    bases = _bases(section.get("basis"), section.faults, names)
    node = section.get("promises")
    if node is None:
        return {}
    if isinstance(node.value, str):
        return names.sets.get(one_of(node, section.faults, names.sets, "promise_set"), {})
    terms: dict[str, Terms] = {}
    for clock, inner in entries(node, section.faults):
        if clock not in CLOCKS:
            near = guess(clock, CLOCKS)
            section.faults.add(node.at_key(clock), "unknown_clock", seen=clock, **near)
        terms[clock] = _terms(inner, section.faults, names, bases.get(clock) or bases.get(""))
    return terms


def _terms(node: Node, faults: PlaybookFaults, names: Terminology, basis: str | None) -> Terms:
    if not isinstance(node.value, dict):
        return Terms(as_limit(node, faults), names.default_calendar, basis or "", of_unit=True)
    section = Section(node, faults, ("limit",), ("calendar", "basis"))
    return Terms(
        section.read("limit", as_limit, Limit(1, "days")),
        section.reference("calendar", names.calendars, "calendar") or names.default_calendar,
        section.reference("basis", names.bases, "basis") or basis or "",
        of_unit="calendar" not in section,
    )


def _bases(node: Node | None, faults: PlaybookFaults, names: Terminology) -> dict[str, str]:
    """Basis by clock; under "" the one for all others."""
    if node is None:
        return {}
    if isinstance(node.value, str):
        return {"": one_of(node, faults, names.bases, "basis")}
    section = Section(node, faults, may=(*CLOCKS, EVERY_OTHER))
    found = {clock: section.reference(clock, names.bases, "basis") for clock in CLOCKS}
    found[""] = section.reference(EVERY_OTHER, names.bases, "basis")
    return {clock: basis for clock, basis in found.items() if basis}
