"""Which unit may be named in a field of a step: the same answer for choices and for deeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.law.about_unit import barred_units
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS
from dispatch.domain.supports import INFORMED, MODES, REQUIRED

# A grid and a team have no desk: an alert is led by what they belong to.
_WITHOUT_DESK: Final = frozenset({"grid", "team"})


@dataclass(frozen=True)
class Objection:
    """Why a unit cannot be named: `repeated` where it has this part already, else `unknown_value`.
    `known`: what the sentence says can be named; None where it says nothing.
    """

    code: str
    known: str | None = "units"

    def params(self, unit: str) -> dict[str, str]:
        """The parameters of the fault with this code."""
        return {} if self.known is None else {"value": unit, "known": self.known}


_UNKNOWN: Final = Objection("unknown_value")
_REPEATED: Final = Objection("repeated", known=None)


def objection(
    step: str, unit: str, situation: Situation, values: Mapping[str, Any] = MappingProxyType({})
) -> Objection | None:
    """Why the step's unit field cannot hold this unit; None where it can.

    `values`: the other fields of the step as far as they are known. Without a mode a unit can be
    called in any mode that is left.
    """
    return _RULES[step](unit, situation, values)


def modes_left(unit: str, situation: Situation) -> tuple[str, ...]:
    """The modes in which a unit can still be called to help."""
    return tuple(mode for mode in MODES if _callable(unit, situation, {"mode": mode}) is None)


def barred(situation: Situation) -> frozenset[str]:
    """The units that an alert about a unit must not reach."""
    return barred_units(situation.organisation, situation.about_unit, situation.facts.street)


def _can_hold(unit: str, situation: Situation, _values: Mapping[str, Any]) -> Objection | None:
    kind = situation.organisation.kind(unit)
    if kind is None or kind in _WITHOUT_DESK or unit in barred(situation):
        return _UNKNOWN
    return None


def _another(unit: str, situation: Situation, values: Mapping[str, Any]) -> Objection | None:
    return _can_hold(unit, situation, values) or (
        _REPEATED if unit == situation.facts.lead else None
    )


def _ruled(unit: str, situation: Situation, values: Mapping[str, Any]) -> Objection | None:
    """A rejected return goes back to the unit that made it, whatever else was named."""
    return None if values.get("verdict") == "rejected" else _can_hold(unit, situation, values)


def _callable(unit: str, situation: Situation, values: Mapping[str, Any]) -> Objection | None:
    """Neither the lead, nor a unit that is at work already, nor one that the alert is about."""
    if objection := _can_hold(unit, situation, values):
        return objection
    known = next((each for each in situation.supports if each.unit == unit), None)
    is_told_again = known is not None and values.get("mode", REQUIRED) == INFORMED
    is_at_it = known is not None and known.is_at_work
    return _REPEATED if unit == situation.facts.lead or is_at_it or is_told_again else None


def _helps(unit: str, situation: Situation, _values: Mapping[str, Any]) -> Objection | None:
    helping = [each.unit for each in situation.supports]
    return None if unit in helping else Objection("unknown_value", ", ".join(helping))


def _owes_a_clock(step: str) -> Callable[[str, Situation, Mapping[str, Any]], Objection | None]:
    def rule(unit: str, situation: Situation, _values: Mapping[str, Any]) -> Objection | None:
        within = situation.ladder_reach(STEPS[step])
        helping = [each.unit for each in within.supports]
        if unit in helping or (within.main and unit == situation.facts.lead):
            return None
        return Objection("unknown_value", ", ".join(helping))

    return rule


_RULES: Final[Mapping[str, Callable[[str, Situation, Mapping[str, Any]], Objection | None]]] = (
    MappingProxyType(
        {
            "accept": _can_hold,
            "reassign": _another,
            "return": _another,
            "rule": _ruled,
            "call_support": _callable,
            "release_support": _helps,
            **{step: _owes_a_clock(step) for step in LADDER_STEPS},
        },
    )
)
NAMING_STEPS: Final = frozenset(_RULES)
