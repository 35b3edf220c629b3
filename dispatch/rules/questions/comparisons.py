"""The ways in which a rule compares an answer; each kind of question lists those that fit it."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.json_schema import NUMBER, Json, several
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.unlisted import tell_unlisted
from dispatch.rules.language.values import as_flag, as_list, as_number, as_text, as_words
from dispatch.rules.questions.answers import Answer

Compare = Callable[[Answer], bool]
# The ids of the choices of a question; None where it has none.
Known = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`read` makes the comparison from what a rule wants; `schema`: what may be wanted."""

    read: Callable[[Node, Known, PlaybookFaults], Compare]
    schema: Json


SCALAR: Final[Json] = several({"type": ["string", "number", "boolean"]})


def _is(node: Node, known: Known, faults: PlaybookFaults) -> Compare:
    items = as_list(node, faults)
    for item in items:
        if known is not None and item.value not in known:
            tell_unlisted(item, faults, item.value, known, "unknown_choice")
    wanted = frozenset(item.value for item in items if not isinstance(item.value, dict | list))

    def compare(answer: Answer) -> bool:
        if isinstance(answer, tuple):
            return not wanted.isdisjoint(answer)
        return answer in wanted and not (isinstance(answer, bool) and answer not in _flags(wanted))

    return compare


def _flags(wanted: frozenset[object]) -> list[bool]:
    """The truth values among the wanted: Python takes 1 for True, people do not."""
    return [value for value in wanted if isinstance(value, bool)]


def _starts_with(node: Node, _known: Known, faults: PlaybookFaults) -> Compare:
    starts = tuple(as_text(item, faults) for item in as_list(node, faults))
    return lambda answer: isinstance(answer, str) and answer.startswith(starts)


def _contains_any(node: Node, _known: Known, faults: PlaybookFaults) -> Compare:
    words = as_words(node, faults)
    return lambda answer: isinstance(answer, str) and any(word in answer for word in words)


def _number(test: Callable[[float, float], bool]) -> Comparison:
    def read(node: Node, _known: Known, faults: PlaybookFaults) -> Compare:
        wanted = as_number(node, faults)

        def compare(answer: Answer) -> bool:
            if isinstance(answer, bool) or not isinstance(answer, (int, float)):
                return False
            return test(answer, wanted)

        return compare

    return Comparison(read, NUMBER)


def _asked(node: Node, _known: Known, faults: PlaybookFaults) -> Compare:
    if not as_flag(node, faults):
        faults.add(node, "asked_true_only")
    return lambda _answer: True


# Fits every kind: whether the question was asked at all.
ASKED: Final = Comparison(_asked, {"const": True})
EQUAL: Final[Mapping[str, Comparison]] = MappingProxyType({"is": Comparison(_is, SCALAR)})
OF_TEXTS: Final[Mapping[str, Comparison]] = MappingProxyType(
    {
        **EQUAL,
        "starts_with": Comparison(_starts_with, SCALAR),
        "contains_any": Comparison(_contains_any, SCALAR),
    }
)
OF_NUMBERS: Final[Mapping[str, Comparison]] = MappingProxyType(
    {
        **EQUAL,
        "at_least": _number(operator.ge),
        "at_most": _number(operator.le),
        "more_than": _number(operator.gt),
        "less_than": _number(operator.lt),
    }
)
