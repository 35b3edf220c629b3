"""What things are called: labels in both languages, for the ids that answers name."""

from collections.abc import Mapping

from typing_extensions import TypedDict


class LabelPair(TypedDict):
    """A label of the playbook in both languages."""

    zh: str
    en: str


def label_pair(label: Mapping[str, str]) -> LabelPair:
    """A label as it goes over the wire, whatever mapping the playbook keeps it in."""
    return {"zh": label["zh"], "en": label["en"]}


class CategoryLabel(LabelPair):
    """A category's label, with the name of its icon."""

    icon: str | None


class Labels(TypedDict):
    """The words for the ids on the cards."""

    units: dict[str, LabelPair]
    categories: dict[str, CategoryLabel]


class NamedUnit(TypedDict):
    """A unit with its label in the asked language."""

    id: str
    label: str


class EmergencyCall(TypedDict):
    """A number to call before anything is reported; `sentence`: when to call it."""

    number: str
    label: LabelPair
    sentence: LabelPair | None


class SpokenEmergencyCall(TypedDict):
    """The same in the asked language."""

    number: str
    label: str
    sentence: str | None
