"""The names of units, categories, groups and zones in a language."""

from dispatch.rules.book.playbook import Playbook
from dispatch.translations import tongue_of


def name_of(identity: str, playbook: Playbook, language: str) -> str:
    """The label of a unit, category, group or zone; anything else as it is."""
    short = tongue_of(language)
    for known in (playbook.units, playbook.categories, playbook.groups):
        if (found := known.get(identity)) is not None:
            return found.label[short]
    zone = playbook.zones.get(identity)
    return zone[short] if zone else identity
