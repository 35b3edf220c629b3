"""Reads promises as categories, rules and sets write them: a limit for each clock, its basis."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.rules.book.terms import Basis, Terms
from dispatch.rules.conditions.circumstances import MILDEST, WORST
from dispatch.rules.language.clock_times import as_limit
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.json_schema import LIMIT, TEXT, Json, section
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, entries, one_of

EVERY_OTHER: Final = "otherwise"
_TERMS: Final = {"anyOf": [LIMIT, section({"limit": LIMIT}, {"calendar": TEXT, "basis": TEXT})]}
# What an author may write: the schema of `promises`, of `basis` and of `severity`.
PROMISES: Final[Json] = {"anyOf": [TEXT, section(may=dict.fromkeys(PROMISED_CLOCKS, _TERMS))]}
BASES: Final[Json] = {
    "anyOf": [TEXT, section(may=dict.fromkeys((*PROMISED_CLOCKS, EVERY_OTHER), TEXT))]
}
SEVERITY: Final[Json] = {"type": "integer", "minimum": WORST, "maximum": MILDEST}


@dataclass(frozen=True, slots=True)
class PromiseNames:
    """What promises may name: calendars, bases, and sets of promises of the district's own."""

    calendars: tuple[str, ...]
    default_calendar: str
    bases: Mapping[str, Basis]
    sets: Mapping[str, Mapping[str, Terms]]


def read_severity(part: Section) -> int:
    """From 1 (worst) to 4, the mildest where nothing is written."""
    severity = part.integer("severity", MILDEST)
    if not WORST <= severity <= MILDEST:
        at = part.get("severity") or part.node
        part.faults.add(at, "severity_range", seen=severity)
    return severity


def read_promises(part: Section, names: PromiseNames) -> Mapping[str, Terms]:
    """The terms by clock of a part's `promises`, resting on its `basis`.

    `promises` is a mapping of clocks to limits or the name of a set; `basis` is one id for all,
    or a mapping of clocks (and `otherwise`) to ids.
    """
    bases = _bases(part.get("basis"), part.faults, names)
    node = part.get("promises")
    if node is None:
        return {}
    if isinstance(node.value, str):
        return names.sets.get(one_of(node, part.faults, names.sets, "promise_set", alone=True), {})
    terms: dict[str, Terms] = {}
    for clock, inner in entries(node, part.faults):
        if clock not in PROMISED_CLOCKS:
            near = guess(clock, PROMISED_CLOCKS)
            part.faults.add(node.at_key(clock), "unknown_clock", seen=clock, **near)
        terms[clock] = _terms(inner, part.faults, names, bases.get(clock) or bases.get(""))
    return terms


def _terms(node: Node, faults: PlaybookFaults, names: PromiseNames, basis: str | None) -> Terms:
    if not isinstance(node.value, dict):
        return Terms(as_limit(node, faults), names.default_calendar, basis or "", of_unit=True)
    part = Section(node, faults, ("limit",), ("calendar", "basis"))
    return Terms(
        part.needed("limit", as_limit),
        part.reference("calendar", names.calendars, "calendar") or names.default_calendar,
        part.reference("basis", names.bases, "basis") or basis or "",
        of_unit="calendar" not in part,
    )


def _bases(node: Node | None, faults: PlaybookFaults, names: PromiseNames) -> dict[str, str]:
    """Basis by clock; under "" the one for all others."""
    if node is None:
        return {}
    if isinstance(node.value, str):
        return {"": one_of(node, faults, names.bases, "basis", alone=True)}
    part = Section(node, faults, may=(*PROMISED_CLOCKS, EVERY_OTHER))
    found = {clock: part.reference(clock, names.bases, "basis") for clock in PROMISED_CLOCKS}
    found[""] = part.reference(EVERY_OTHER, names.bases, "basis")
    return {clock: basis for clock, basis in found.items() if basis}
