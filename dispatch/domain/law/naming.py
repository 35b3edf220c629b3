"""Which unit may be named in a field of a step: the same answer for choices and for deeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.support_callers import released_by
from dispatch.domain.supports import INFORMED, MODES, REQUIRED

# A grid and a team have no desk: an alert is led by what they belong to.
_WITHOUT_DESK: Final = frozenset({"grid", "team"})
# The kinds of units that a unit sends; its people are sent by name.
_SENT: Final = frozenset({"team", "company"})


@dataclass(frozen=True)
class Hands:
    """To whom a unit may give its work: `teams` below it, and people who handle work at `units`."""

    teams: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


# Why a unit cannot be named: codes of faults.
CANNOT_BE_NAMED: Final = "cannot_be_named"
LEADS_ALREADY: Final = "leads_already"
CALLED_ALREADY: Final = "called_already"
DOES_NOT_HELP: Final = "does_not_help"
CALLED_BY_ANOTHER: Final = "called_by_another"
CALLED_HERE: Final = "called_here"


def objection(
    step: str, unit: str, situation: Situation, values: Mapping[str, Any] = MappingProxyType({})
) -> str | None:
    """Why the step's unit field cannot hold this unit, as the code of a fault; None where it can.

    `values`: the other fields of the step as far as they are known. Without a mode a unit can be
    called in any mode that is left.
    """
    return _RULES[step](unit, situation, values)


def modes_left(unit: str, situation: Situation) -> tuple[str, ...]:
    """The modes in which a unit can still be called to help."""
    return tuple(mode for mode in MODES if _callable(unit, situation, {"mode": mode}) is None)


def hands_of(unit: str | None, situation: Situation) -> Hands:
    """The hands of a unit, without those whom the alert is about; none where nobody leads."""
    if unit is None:
        return Hands()
    units = situation.organisation.below(unit) - barred(situation)
    kind = situation.organisation.kind
    return Hands(frozenset(each for each in units - {unit} if kind(each) in _SENT), units)


def barred(situation: Situation) -> frozenset[str]:
    """The units that an alert about a unit must not reach."""
    return barred_units(situation.organisation, situation.about_unit, situation.facts.street)


def _can_hold(unit: str, situation: Situation, _values: Mapping[str, Any]) -> str | None:
    kind = situation.organisation.kind(unit)
    if kind is None or kind in _WITHOUT_DESK or unit in barred(situation):
        return CANNOT_BE_NAMED
    return None


def _another(unit: str, situation: Situation, values: Mapping[str, Any]) -> str | None:
    return _can_hold(unit, situation, values) or (
        LEADS_ALREADY if unit == situation.facts.lead else None
    )


def _ruled(unit: str, situation: Situation, values: Mapping[str, Any]) -> str | None:
    """Upheld or joint: another unit. A rejected return goes back to the unit that made it, whatever
    other unit was named.
    """
    if values.get("verdict") != "rejected":
        return _another(unit, situation, values)
    return None if situation.organisation.kind(unit) else CANNOT_BE_NAMED


def _callable(unit: str, situation: Situation, values: Mapping[str, Any]) -> str | None:
    """Neither the lead, nor a unit that is at work already, nor one that the alert is about."""
    if objection := _can_hold(unit, situation, values):
        return objection
    known = next((each for each in situation.supports if each.unit == unit), None)
    is_told_again = known is not None and values.get("mode", REQUIRED) == INFORMED
    is_at_it = known is not None and known.is_at_work
    return CALLED_ALREADY if unit == situation.facts.lead or is_at_it or is_told_again else None


def _helps(unit: str, situation: Situation, _values: Mapping[str, Any]) -> str | None:
    helping = [each.unit for each in situation.supports]
    return None if unit in helping else DOES_NOT_HELP


def _called_here(unit: str, situation: Situation, values: Mapping[str, Any]) -> str | None:
    """A unit that helps, and that whoever the person acts for has called."""
    if objection := _helps(unit, situation, values):
        return objection
    known = next(each for each in situation.supports if each.unit == unit)
    released = released_by(known, life_safety=situation.life_safety)
    return None if released in situation.held else CALLED_BY_ANOTHER


def _called_elsewhere(unit: str, situation: Situation, values: Mapping[str, Any]) -> str | None:
    """A unit that has still to come or to finish, and that somebody else has called."""
    against = _called_here(unit, situation, values)
    if against is None:
        return CALLED_HERE
    is_at_work = any(each.unit == unit and each.is_at_work for each in situation.supports)
    return None if against == CALLED_BY_ANOTHER and is_at_work else DOES_NOT_HELP


def _owes_a_clock(step: str) -> Callable[[str, Situation, Mapping[str, Any]], str | None]:
    def rule(unit: str, situation: Situation, _values: Mapping[str, Any]) -> str | None:
        within = situation.ladder_reach(STEPS[step])
        helping = [each.unit for each in within.supports]
        if unit in helping or (within.main and unit == situation.facts.lead):
            return None
        return DOES_NOT_HELP

    return rule


_RULES: Final[Mapping[str, Callable[[str, Situation, Mapping[str, Any]], str | None]]] = (
    MappingProxyType(
        {
            "accept": _can_hold,
            "reassign": _another,
            "return": _another,
            "rule": _ruled,
            "call_support": _callable,
            "release_support": _called_here,
            "ask_release": _called_elsewhere,
            **{step: _owes_a_clock(step) for step in LADDER_STEPS},
        },
    )
)
NAMING_STEPS: Final = frozenset(_RULES)
