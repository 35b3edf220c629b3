"""What can be reported, and what is asked then."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.labels import EmergencyCall, FormerLabels, SpokenLabel


class FormChoice(TypedDict):
    """One of the answers that a question takes."""

    id: str
    label: SpokenLabel


class FormQuestion(TypedDict):
    """A question of a category's form.

    `shown_when`: the answers that must all be given, by question; null: always asked, or
    `asked_when` has the whole condition.
    """

    name: str
    kind: str
    label: SpokenLabel
    required: bool
    choices: list[FormChoice]
    shown_when: dict[str, list[str]] | None
    asked_when: NotRequired[dict[str, object]]


class PhotosWanted(TypedDict):
    """How many photos a report needs."""

    min: int


class FormCategory(TypedDict):
    """A category that can be reported. `parents`: its groups, the nearest first."""

    code: str
    label: SpokenLabel
    family: str
    parents: list[str]
    icon: str | None
    life_safety: bool
    household: bool
    common: bool
    fields: list[FormQuestion]
    photos: PhotosWanted


class Forms(TypedDict):
    """The forms of a playbook; `version` changes with them."""

    version: str
    emergency: list[EmergencyCall]
    groups: dict[str, SpokenLabel]
    units: dict[str, SpokenLabel]
    categories: list[FormCategory]
    former: NotRequired[FormerLabels]
