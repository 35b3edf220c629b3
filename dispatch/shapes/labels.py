"""What things are called: labels in the city's languages, for the ids that answers name."""

from collections.abc import Mapping
from typing import NotRequired

from typing_extensions import TypedDict

# By tongue, in all that the city speaks, its own first.
SpokenLabel = dict[str, str]


def spoken_label(label: Mapping[str, str]) -> SpokenLabel:
    """A label as it goes over the wire, whatever mapping the playbook keeps it in."""
    return dict(label)


class FormerLabels(TypedDict):
    """The words for ids that an earlier playbook had and nobody can choose any more."""

    units: dict[str, SpokenLabel]
    categories: dict[str, SpokenLabel]


class Labels(TypedDict):
    """The words for the ids on the cards; beside those of a category its `icon`. `district`: the
    unit that decides where no other is named.
    """

    district: NotRequired[str]
    units: dict[str, SpokenLabel]
    categories: dict[str, SpokenLabel]
    former: NotRequired[FormerLabels]


class NamedUnit(TypedDict):
    """A unit with its label in the asked language."""

    id: str
    label: str


class EmergencyCall(TypedDict):
    """A number to call before anything is reported; `sentence`: when to call it."""

    number: str
    label: SpokenLabel
    sentence: SpokenLabel | None


class SpokenEmergencyCall(TypedDict):
    """The same in the asked language."""

    number: str
    label: str
    sentence: str | None
