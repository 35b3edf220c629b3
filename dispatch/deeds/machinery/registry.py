"""The table of deeds: each file of `dispatch/deeds/` registers what its step does and means.

When the deeds are imported, a step without a deed, a deed without a step and a deed without words
in some language are refused with the name of the file to write.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import (
    MORE_BUTTON,
    Button,
    DeedEntry,
    Tells,
    deed_entry,
    enter_deed,
    steps_without_deed,
)
from dispatch.domain.law.looked_up import NOTHING_LOOKED_UP, LookedUp
from dispatch.domain.law.steps import STEPS
from dispatch.translations import LANGUAGES, catalogue

Effect = Callable[[StepContext], Change]
# The id of another alert that the step changes, by the alert's id and the step's values.
SecondAlert = Callable[[Session, str, Mapping[str, Any]], str | None]


def _looks_up_nothing(_case: StepContext) -> LookedUp:
    """Most steps name nothing that has to be looked up."""
    return NOTHING_LOOKED_UP


def _moves_no_other(_session: Session, _alert_id: str, _values: Mapping[str, Any]) -> str | None:
    """Most steps change one alert alone."""
    return None


@dataclass(frozen=True)
class Deed:
    """`effect` changes rows other than status and clocks; `looks_up` looks up what the values name
    before the law is asked; `second` names another alert to be locked.
    """

    effect: Effect
    looks_up: Callable[[StepContext], LookedUp] = _looks_up_nothing
    second: SecondAlert = _moves_no_other


_DEEDS: dict[str, Deed] = {}
DEEDS: Final[Mapping[str, Deed]] = MappingProxyType(_DEEDS)


def deed(  # noqa: PLR0913 - one keyword for each property of a deed
    step: str,
    *,
    tells: tuple[Tells, ...] = (),
    tells_followers: str | None = None,
    button: Button = MORE_BUTTON,
    variants: tuple[str, ...] = (),
    photos: str = "evidence",
    ahead: tuple[str, ...] = (),
    looks_up: Callable[[StepContext], LookedUp] = _looks_up_nothing,
    second: SecondAlert = _moves_no_other,
) -> Callable[[Effect], Effect]:
    """Registers the decorated function as the effect of a step, and what the step means
    to readers.
    """
    enter_deed(step, DeedEntry(tells, tells_followers, button, variants, photos, ahead))

    def enter(effect: Effect) -> Effect:
        _DEEDS[step] = Deed(effect, looks_up, second)
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
    words, entry = catalogue(language), deed_entry(step)
    fields = (f"words.field.{step}.{field.name}" for field in STEPS[step].fields)
    variants = (f"log.{step}.{variant}" for variant in entry.variants)
    notices = (f"notices.{tells.notice}" for tells in entry.tells)
    for key in (f"words.step.{step}", f"log.{step}", *fields, *variants, *notices):
        if key not in words:
            room, _, name = key.partition(".")
            file = f"dispatch/translations/{language}/{room}.json"
            raise LookupError(f"the step {step!r} has no words: write {name!r} into {file}")
