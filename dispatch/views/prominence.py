"""Where a step stands on a face: the one big button, one beside it, behind 「更多」, or apart."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

Place = Literal["main", "beside", "more", "apart"]

# The question of the moment, the most pressing first: at most one of them is the main button.
_MAIN: Final = (
    "accept",
    "sign",
    "rule",
    "arrive",
    "submit",
    "confirm",
    "verify_ok",
    "rate",
    "grant_extension",
    "grant_suspension",
    "resume",
    "support_sign",
    "support_arrive",
    "support_finish",
    "answer",
)
# Answers to the same question and what is done daily; the first two that are open stand beside it.
_BESIDE: Final = (
    "confirm_void",
    "refuse_void",
    "refuse_extension",
    "refuse_suspension",
    "send_back",
    "verify_fail",
    "settle",
    "assign",
    "contact",
    "return",
    "support_assign",
    "supply",
    "reopen",
    "unmerge",
    "note",
    "urge",
)
_MOST_BESIDE: Final = 2
# These end the alert, or take it off the list: never where a thumb falls by itself.
_APART: Final = frozenset({"decline", "withdraw", "void", "merge", "refer"})


def places(steps: Iterable[str]) -> dict[str, Place]:
    """The place of each step that is open now; whatever nobody named here waits behind 「更多」."""
    names = list(steps)
    main = next((name for name in _MAIN if name in names), None)
    beside = [name for name in _BESIDE if name in names][:_MOST_BESIDE]
    return {name: _place(name, main, beside) for name in names}


def rank(name: str, place: Place) -> int:
    """In which order the faces draw them: answers to one question stand beside each other."""
    if place == "main":
        return -1
    return _BESIDE.index(name) if place == "beside" else len(_BESIDE)


def _place(name: str, main: str | None, beside: Sequence[str]) -> Place:
    if name == main:
        return "main"
    if name in beside:
        return "beside"
    return "apart" if name in _APART else "more"
