"""One alert before one playbook: its circumstances, and the limits that its answers choose."""

from dataclasses import replace
from typing import NamedTuple

from dispatch.rules.book.category import Limits
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts


class Matter(NamedTuple):
    """What is decided about. `limits`: those of the category that apply to this alert."""

    playbook: Playbook
    about: Circumstances
    limits: Limits


def matter_of(playbook: Playbook, facts: Facts) -> Matter:
    """The facts with what the playbook makes of them before any rule.

    Raises KeyError for a category that the playbook does not have.
    """
    about = Circumstances(facts, playbook.district.timezone)
    limits = _applying(playbook.categories[facts.category].limits, about)
    if facts.severity is not None or facts.life_safety is not None:
        limits = _as_set(facts, limits, playbook.categories[facts.category].limits)
    about.severity, about.life_safety = limits.severity, limits.life_safety
    return Matter(playbook, about, limits)


def _applying(limits: tuple[Limits, ...], about: Circumstances) -> Limits:
    """The first whose condition holds; the last has none."""
    for each in limits:
        if each.when is None or each.when.holds(about):
            return each
    return limits[-1]


def _as_set(facts: Facts, chosen: Limits, every: tuple[Limits, ...]) -> Limits:
    """What a person set counts; where they say that life is in danger, or is not, the limits are
    those of the category for such a case, if it has them.
    """
    danger = chosen.life_safety if facts.life_safety is None else facts.life_safety
    if danger != chosen.life_safety:
        chosen = next((each for each in every if each.life_safety == danger), chosen)
    severity = chosen.severity if facts.severity is None else facts.severity
    return replace(chosen, severity=severity, life_safety=danger)
