"""The table of what a case may expect of a decision: how each expectation is written and read.

`proving/run_cases` has beside each name what a decision gives for it; a test compares both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.domain.supports import RULE_MODES
from dispatch.domain.time.promises import Limit
from dispatch.rules.language.clock_times import as_limit
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.json_schema import (
    FLAG,
    LIMIT,
    TEXT,
    WHOLE,
    Json,
    rows,
    section,
    several,
)
from dispatch.rules.language.json_schema import enum_of as words_of
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, entries, one_of


@dataclass(frozen=True, slots=True)
class ExpectedIds:
    """The ids that an expectation may name."""

    units: Mapping[str, str]
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Expectation:
    """`read` gives the value that a decision is compared with; `schema`: what may be written."""

    read: Callable[[Section, ExpectedIds], object]
    schema: Json


def read_expectations(expect: Section, ids: ExpectedIds) -> Mapping[str, object]:
    """By name the expectations that a case writes."""
    written = dict(expect.node.items())
    return {name: each.read(expect, ids) for name, each in EXPECTATIONS.items() if name in written}


def _supports(expect: Section, ids: ExpectedIds) -> frozenset[str]:
    """`XFDD` in whatever way it helps, `XFDD: required` only so."""
    return frozenset(_support(node, expect.faults, ids.units) for node in expect.items("supports"))


def _support(node: Node, faults: PlaybookFaults, units: Mapping[str, str]) -> str:
    if not isinstance(node.value, dict):
        return one_of(node, faults, units, "unit")
    call = Section(node, faults, ("unit", "mode"))
    mode = call.choice("mode", RULE_MODES, "mode", RULE_MODES[0])
    return f"{call.reference('unit', units, 'unit')}: {mode}"


def _promises(expect: Section, _: ExpectedIds) -> Mapping[str, Limit]:
    written = entries(expect.get("promises"), expect.faults)
    return {clock: as_limit(limit, expect.faults) for clock, limit in written}


_CALL: Final = section({"unit": TEXT, "mode": words_of(RULE_MODES)})
EXPECTATIONS: Final[Mapping[str, Expectation]] = MappingProxyType(
    {
        "lead": Expectation(lambda case, ids: case.reference("lead", ids.units, "unit"), TEXT),
        "rule": Expectation(lambda case, ids: case.reference("rule", ids.rules, "rule"), TEXT),
        "supports": Expectation(_supports, {"anyOf": [TEXT, rows({"anyOf": [TEXT, _CALL]})]}),
        "needs_person": Expectation(lambda case, _: case.flag("needs_person"), FLAG),
        "severity": Expectation(lambda case, _: case.integer("severity"), WHOLE),
        "life_safety": Expectation(lambda case, _: case.flag("life_safety"), FLAG),
        "whistle": Expectation(lambda case, _: case.text("whistle"), TEXT),
        "promises": Expectation(_promises, section(may=dict.fromkeys(PROMISED_CLOCKS, LIMIT))),
        "ladder": Expectation(lambda case, _: case.text("ladder"), TEXT),
        "tags": Expectation(lambda case, _: frozenset(case.texts("tags")), several(TEXT)),
    }
)
