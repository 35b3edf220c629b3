"""Which facts can a condition compare? The table of operators, and how conditions are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.tree import All, AnyOf, Condition, Leaf, Not
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.json_schema import Json
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import as_flag, as_list, entries


@dataclass(frozen=True, slots=True)
class Scope:
    """The ids that a condition may name. `categories`: each code and group to the codes it means.

    `fields`: each form field's name to the ids of its choices; None where it has none.
    """

    faults: PlaybookFaults
    fields: Mapping[str, frozenset[str] | None]
    categories: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    zones: frozenset[str]
    calendar: CalendarPlan | None


Operator = Callable[[Node, Scope], Condition]
OPERATORS: Final[dict[str, Operator]] = {}
SHAPES: Final[dict[str, Json]] = {}


def operator(function: Operator) -> Operator:
    """Put a function into the language under its own name."""
    OPERATORS[function.__name__] = function
    return function


def wants(shape: Json) -> Callable[[Operator], Operator]:
    """Tell editors what an operator's value looks like; without it they accept anything."""

    def note(function: Operator) -> Operator:
        SHAPES[function.__name__] = shape
        return function

    return note


def condition(node: Node, scope: Scope) -> Condition:
    """The condition that a node describes; the keys of one mapping are joined by `all`."""
    parts: list[Condition] = []
    for key, inner in entries(node, scope.faults):
        if (make := OPERATORS.get(key)) is None:
            near = guess(key, OPERATORS)
            scope.faults.add(node.at_key(key), "unknown_operator", seen=key, **near)
        else:
            parts.append(make(inner, scope))
    if isinstance(node.value, dict) and not node.value:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _joined(node: Node, scope: Scope) -> tuple[Condition, ...]:
    parts = tuple(condition(item, scope) for item in as_list(node, scope.faults))
    if not parts:
        scope.faults.add(node, "empty_condition")
    return parts


def _all(node: Node, scope: Scope) -> Condition:
    return All(_joined(node, scope))


def _any(node: Node, scope: Scope) -> Condition:
    return AnyOf(_joined(node, scope))


def _not(node: Node, scope: Scope) -> Condition:
    return Not(condition(node, scope))


# Three words of the language are words of Python too.
OPERATORS.update({"all": _all, "any": _any, "not": _not})


def word_fact(
    node: Node, wanted: frozenset[str], fact: str, see: Callable[[Facts], str | None]
) -> Leaf:
    return Leaf(
        fact,
        sorted(wanted),
        lambda about: see(about.facts),
        lambda about: see(about.facts) in wanted,
        node,
        accepts=wanted,
    )


def flag_fact(node: Node, scope: Scope, fact: str, see: Callable[[Circumstances], bool]) -> Leaf:
    wanted = as_flag(node, scope.faults)
    accepts = frozenset({str(wanted).lower()})
    return Leaf(fact, wanted, see, lambda about: see(about) is wanted, node, accepts)
