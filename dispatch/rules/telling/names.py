"""The names of units, categories, groups and zones in a language."""

from typing import Final

from dispatch.rules.book.playbook import Playbook

_TONGUES: Final = {"zh_Hans_CN": "zh", "en": "en"}


def tongue_of(language: str) -> str:
    """The tongue of labels in which somebody of this language reads."""
    return _TONGUES.get(language, "zh")


def name_of(identity: str, playbook: Playbook, language: str) -> str:
    """The label of a unit, category, group or zone; anything else as it is."""
    short = tongue_of(language)
    for known in (playbook.units, playbook.categories, playbook.groups):
        if (found := known.get(identity)) is not None:
            return found.label[short]
    return playbook.zones.get(identity, {}).get(short, identity)
