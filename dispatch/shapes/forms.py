"""What can be reported, and what is asked then."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.labels import EmergencyCall, LabelPair


class FormChoice(TypedDict):
    """One of the answers that a question takes."""

    id: str
    label: LabelPair


class FormQuestion(TypedDict):
    """A question of a category's form.

    `shown_when`: the answers that must all be given, by question; null: always asked, or
    `asked_when` has the whole condition.
    """

    name: str
    kind: str
    label: LabelPair
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
    label: LabelPair
    family: str
    parents: list[str]
    icon: str | None
    life_safety: bool
    household: bool
    common: bool
    fields: list[FormQuestion]
    photos: PhotosWanted


class Forms(TypedDict):
    """The forms of a playbook; `version` changes with them. `about`: the units that a report of any
    kind may complain about.
    """

    version: str
    emergency: list[EmergencyCall]
    groups: dict[str, LabelPair]
    units: dict[str, LabelPair]
    about: list[str]
    categories: list[FormCategory]
