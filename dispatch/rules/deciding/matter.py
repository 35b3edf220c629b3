"""One alert before one playbook: its circumstances, and the limits that its answers choose."""

from dataclasses import replace
from typing import NamedTuple

from dispatch.rules.book.category import Limits
from dispatch.rules.book.heard import Heard
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts


class Matter(NamedTuple):
    """What is decided about. `limits`: those of the category that apply to this alert; `heard`: the
    life word in its description.
    """

    playbook: Playbook
    about: Circumstances
    limits: Limits
    heard: Heard | None = None


def matter_of(playbook: Playbook, facts: Facts) -> Matter:
    """The facts with what the playbook makes of them before any rule.

    Raises KeyError for a category that the playbook does not have.
    """
    about = Circumstances(facts, playbook.district.timezone)
    limits = _applying(playbook.categories[facts.category].limits, about)
    if facts.severity is not None or facts.life_safety is not None:
        limits = _as_set(facts, limits, playbook.categories[facts.category].limits)
    about.severity, about.life_safety = limits.severity, limits.life_safety
    if not facts.text or not (heard := playbook.district.life_words.first_in(facts.text)):
        return Matter(playbook, about, limits)
    return raised(Matter(playbook, about, limits, heard))


def visit_of(playbook: Playbook, category: str, *, life_safety: bool) -> str:
    """Whether somebody has to come: what is done from a desk is not, where lives are in danger."""
    visit = playbook.categories[category].visit
    return "optional" if life_safety and visit == "none" else visit


def raised(matter: Matter) -> Matter:
    """The same as a danger to life: by the category's limits of danger, where it has some."""
    playbook, before, limits, heard = matter
    if before.life_safety or before.facts.life_safety is False:  # a person said that it is none
        return matter
    about = Circumstances(before.facts, playbook.district.timezone)
    limits = _dangerous(playbook.categories[before.facts.category].limits) or limits
    about.severity, about.life_safety = min(limits.severity, before.severity), True
    return Matter(playbook, about, limits, heard)


def _dangerous(limits: tuple[Limits, ...]) -> Limits | None:
    return next((each for each in limits if each.life_safety), None)


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
