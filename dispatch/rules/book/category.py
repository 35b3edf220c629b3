"""A kind of problem: its form and its limits, as categories.yaml says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.rules.book.district import EmergencyNumber
from dispatch.rules.book.terms import Terms
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import Source
from dispatch.rules.language.labels import Label
from dispatch.rules.questions.answers import ChoiceList

# The kind of what the reporter could not place, in every playbook that has one.
UNSURE: Final = "unsure"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a category promises when `when` holds (always, where None).

    `promises` has the terms of every clock, the district's own where the category is silent;
    `own`: the clocks that the category itself speaks of. `severity` 1 (worst) to 4; `code`: the
    number of this variant in the district's catalogue.
    """

    when: Condition | None
    code: str
    severity: int
    life_safety: bool
    promises: Mapping[str, Terms]
    own: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class FormField:
    """A question of a category's form. `kind`: one of `questions.kinds`."""

    name: str
    kind: str
    label: Label
    required: bool
    choices: ChoiceList = ()
    shown_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A family or a major class that categories belong to; conditions may name it. `asks`: by
    which question people tell its categories apart ("What stands on the cover?").
    """

    id: str
    label: Label
    parent: str | None
    asks: Label | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem at a place: its form, its limits, and how it is handled.

    `life_safety` is True when any answer can make it so; a decision says whether it is.
    `parents`: group ids, nearest first, the family last. `say`: its name in the words of the
    street; `words`: others that find it; `emergency`: numbers of its own; `advice`: what is told
    while one still fills the form; `accusation`: not taken in, the statutory channel is shown;
    `choice`: its answer to the question of its group.
    """

    code: str
    label: Label
    family: str
    parents: tuple[str, ...]
    icon: str
    life_safety: bool
    visit: str
    household: bool
    about_unit: bool
    closing: str
    fields: tuple[FormField, ...]
    photos_min: int
    common: bool
    limits: tuple[Limits, ...]
    source: Source
    nearby_m: int | None = None
    say: Label | None = None
    words: tuple[str, ...] = ()
    emergency: tuple[EmergencyNumber, ...] = ()
    advice: Label | None = None
    accusation: bool = False
    choice: Label | None = None


def can_be_set(category: Category) -> bool:
    """Whether a person may choose the kind for an alert: it says something, and is taken in."""
    return category.code != UNSURE and not category.accusation
