"""The table of operators: what conditions can compare, and how conditions are read with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.tree import All, AnyOf, Condition, Leaf, Not
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.json_schema import Json, defined, rows
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import as_flag, as_list, entries


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ids that a condition may name. `categories`: each code and group to the codes it means.

    `fields`: each form field's name to the ids of its choices; None where it has none.
    `of_limits`: the condition chooses a category's limits, and cannot ask what these say.
    """

    faults: PlaybookFaults
    fields: Mapping[str, frozenset[str] | None]
    categories: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
    zones: frozenset[str]
    calendar: CalendarPlan | None
    of_limits: bool = False


ReadOperator = Callable[[Node, Vocabulary], Condition]


@dataclass(frozen=True, slots=True)
class Operator:
    """One word of conditions. `schema`: what its value looks like; `values`: the keys of the
    catalogue for the fixed words that it compares; `compared`: those of other ways to compare.
    """

    name: str
    read: ReadOperator
    schema: Json
    values: Mapping[str, str]
    compared: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of the catalogue that must have words in every language."""
        ways = dict.fromkeys((*_keys(self.schema), *self.compared))
        compared = (f"playbook.compared.{way}" for way in ways)
        return (f"playbook.fact.{self.name}", *self.values.values(), *compared)


OPERATORS: Final[dict[str, Operator]] = {}


def operator(
    schema: Json,
    *,
    name: str = "",
    values: Mapping[str, str] = MappingProxyType({}),
    compared: tuple[str, ...] = (),
) -> Callable[[ReadOperator], ReadOperator]:
    """Put a function into the language, under its own name where none is given."""

    def enter(function: ReadOperator) -> ReadOperator:
        word = name or function.__name__
        OPERATORS[word] = Operator(word, function, schema, values, compared)
        return function

    return enter


def worded(prefix: str, values: Iterable[str]) -> Mapping[str, str]:
    """For each value its key in the catalogue: `playbook.weekday.mon`."""
    return {value: f"{prefix}.{value}" for value in values}


def _keys(schema: Json) -> Iterator[str]:
    """The keys that an author may write inside a value: each is told as a way to compare."""
    yield from schema.get("properties", ())
    inner = [*schema.get("anyOf", ()), schema.get("additionalProperties")]
    for each in inner:
        if isinstance(each, dict):
            yield from _keys(each)


def condition(node: Node, vocabulary: Vocabulary) -> Condition:
    """The condition that a node describes; the keys of one mapping are joined by `all`."""
    parts: list[Condition] = []
    for key, inner in entries(node, vocabulary.faults):
        if (known := OPERATORS.get(key)) is None:
            near = guess(key, OPERATORS)
            vocabulary.faults.add(node.at_key(key), "unknown_operator", seen=key, **near)
        else:
            parts.append(known.read(inner, vocabulary))
    if isinstance(node.value, dict) and not node.value:
        vocabulary.faults.add(node, "empty_condition")
    parts = together(parts)
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def together(parts: list[Condition]) -> list[Condition]:
    """Parts of one mapping that say something else beside each other: see `TOGETHER`."""
    known = {part.fact: part for part in parts if isinstance(part, Leaf)}
    for (fact, beside), change in TOGETHER.items():
        if fact in known and beside in known:
            changed = change(known[fact], known[beside])
            parts = [changed if part is known[fact] else part for part in parts]
    return parts


# By two facts what the first one means beside the second; operators enter themselves here.
TOGETHER: Final[dict[tuple[str, str], Callable[[Leaf, Leaf], Leaf]]] = {}


def _joined(node: Node, vocabulary: Vocabulary) -> tuple[Condition, ...]:
    parts = tuple(condition(item, vocabulary) for item in as_list(node, vocabulary.faults))
    if not parts:
        vocabulary.faults.add(node, "empty_condition")
    return parts


_CONDITION: Final = defined("condition")
_SEVERAL: Final = rows(_CONDITION, least=1)


@operator(_SEVERAL, name="all")
def _all(node: Node, vocabulary: Vocabulary) -> Condition:
    return All(_joined(node, vocabulary))


@operator(_SEVERAL, name="any")
def _any(node: Node, vocabulary: Vocabulary) -> Condition:
    return AnyOf(_joined(node, vocabulary))


@operator(_CONDITION, name="not", compared=("not",))
def _not(node: Node, vocabulary: Vocabulary) -> Condition:
    return Not(condition(node, vocabulary))


def refuse_empty(node: Node, faults: PlaybookFaults) -> None:
    """A list of nothing: no alert can ever meet it, or every alert does."""
    if isinstance(node.value, list) and not node.value:
        faults.remark(node, "empty_list")


def word_fact(
    node: Node, wanted: frozenset[str], fact: str, see: Callable[[Facts], str | None]
) -> Leaf:
    """A comparison of one word with several."""
    return Leaf(
        fact,
        sorted(wanted),
        lambda about: see(about.facts),
        lambda about: see(about.facts) in wanted,
        node,
        accepts=wanted,
    )


def flag_fact(
    node: Node, vocabulary: Vocabulary, fact: str, see: Callable[[Circumstances], bool]
) -> Leaf:
    """A comparison with `true` or `false`."""
    wanted = as_flag(node, vocabulary.faults)
    accepts = frozenset({str(wanted).lower()})
    return Leaf(fact, wanted, see, lambda about: see(about) is wanted, node, accepts)
