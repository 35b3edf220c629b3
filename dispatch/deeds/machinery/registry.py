"""Deeds enter here: each file of `dispatch/deeds/` registers what its step does and means.

A step of the law without its deed, a deed without its row in the law, and a deed without words in
some language are told when the deeds are imported, with the file to write.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.domain.law.deed_table import (
    MORE_BUTTON,
    Button,
    DeedEntry,
    Tells,
    enter_deed,
    steps_without_deed,
)
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.values import NOTHING_LOOKED_UP, LookedUp
from dispatch.translations import LANGUAGES, catalogue

Effect = Callable[[Case], Change]
# The id of the second alert that a step moves, by the alert's id and the step's values.
Second = Callable[[Session, str, Mapping[str, Any]], str | None]


def _finds_nothing(_case: Case) -> LookedUp:
    """Most steps name nothing that has to be looked up."""
    return NOTHING_LOOKED_UP


def _moves_no_other(_session: Session, _alert_id: str, _values: Mapping[str, Any]) -> str | None:
    """Most steps move one alert alone."""
    return None


@dataclass(frozen=True)
class Deed:
    """`effect` changes rows beside status and clocks; `finds` looks up what the values name before
    the law is asked; `second` names another alert that is held for the deed.
    """

    effect: Effect
    finds: Callable[[Case], LookedUp] = _finds_nothing
    second: Second = _moves_no_other


_DEEDS: dict[str, Deed] = {}
DEEDS: Final[Mapping[str, Deed]] = MappingProxyType(_DEEDS)


def deed(  # noqa: PLR0913 - one keyword for each thing that a deed can say of itself
    step: str,
    *,
    tells: tuple[Tells, ...] = (),
    tells_followers: str | None = None,
    button: Button = MORE_BUTTON,
    variants: tuple[str, ...] = (),
    photos: str = "evidence",
    ahead: tuple[str, ...] = (),
    finds: Callable[[Case], LookedUp] = _finds_nothing,
    second: Second = _moves_no_other,
) -> Callable[[Effect], Effect]:
    """Registers the decorated effect as what a step does, with what it means to its readers."""
    enter_deed(step, DeedEntry(tells, tells_followers, button, variants, photos, ahead))

    def enter(effect: Effect) -> Effect:
        _DEEDS[step] = Deed(effect, finds, second)
        return effect

    return enter


def check_complete() -> None:
    """Raises LookupError with the file to write, for the first deed or sentence that is missing."""
    for step in steps_without_deed():
        file = f"dispatch/deeds/{step}{'_' if step == 'return' else ''}.py"
        raise LookupError(f"the law has a step {step!r} that nobody can take: write {file}")
    for step in _DEEDS:
        for language in LANGUAGES:
            _check_words(step, language)


def _check_words(step: str, language: str) -> None:
    words = catalogue(language)
    fields = (f"words.field.{step}.{field.name}" for field in STEPS[step].fields)
    for key in (f"words.step.{step}", f"log.{step}", *fields):
        if key not in words:
            room, _, name = key.partition(".")
            file = f"dispatch/translations/{language}/{room}.json"
            raise LookupError(f"the step {step!r} has no words: write {name!r} into {file}")
