"""The names of units, categories, groups and zones in a language."""

from dispatch.rules.book.playbook import Playbook
from dispatch.translations import tongue_of


def name_of(identity: str, playbook: Playbook, language: str) -> str:
    """The label of a unit, category, group or zone; anything else as it is."""
    group = playbook.groups.get(identity)
    found = (
        playbook.unit_label(identity)
        or playbook.category_label(identity)
        or (group.label if group else playbook.zones.get(identity))
    )
    return found[tongue_of(language)] if found else identity
