"""What a step demands of the values in its fields: one table, beside that of the guards."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.law.chosen_clock import chosen_clock
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.looked_up import NOTHING_LOOKED_UP, LookedUp
from dispatch.domain.law.merging import merge_refusal
from dispatch.domain.law.naming import CALLED_BY_ANOTHER, NAMING_STEPS, objection
from dispatch.domain.law.relations import may_read_words
from dispatch.domain.law.request_limits import latest_end
from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import HAND_STEPS, STEPS
from dispatch.errors import Fault, Refused

StepValues = Mapping[str, Any]


# (step, field, choice) → the other fields that must then be filled.
NEEDS: Final = MappingProxyType(
    {
        ("verify_ok", "grade", "poor"): ("reason",),
        ("rule", "verdict", "upheld"): ("lead",),
        ("rule", "verdict", "joint"): ("lead",),
    }
)


def values_refusal(
    step: Step, situation: Situation, values: StepValues, found: LookedUp = NOTHING_LOOKED_UP
) -> Refused | None:
    """The refusal of these values; None where the step can be taken with them. Their types were
    checked before.
    """
    for field in step.fields:
        if refusal := _fault_of(step, field, situation, values):
            return refusal
    check = _CHECKS.get(step.name)
    return check(step, situation, values, found) if check else None


def is_required(step: Step, field: Field, situation: Situation) -> bool:
    """Whether the field must be filled now: always, or as the alert is."""
    needed = _REQUIRED_WHEN.get((step.name, field.name))
    return field.required or (needed is not None and needed(situation))


def bounds(field: Field, situation: Situation) -> dict[str, Any]:
    """`{least, most, unit}` of a number, `{least, most}` of a date (ISO); else empty."""
    if field.kind == "date":
        first, last = situation.today + timedelta(days=1), latest_end(situation.today)
        return {"least": str(first), "most": str(last)}
    if field.kind == "number" and situation.dispose is not None:
        limit = situation.dispose.limit
        return {"least": 1, "most": limit.value, "unit": limit.unit}
    return {}


def _fault_of(step: Step, field: Field, situation: Situation, values: StepValues) -> Refused | None:
    value = values.get(field.name)
    if value in (None, [], ""):
        is_spared = any(values.get(name) for name in field.spared_by)
        needed = is_required(step, field, situation) and not is_spared
        return _missing(step, field) if needed else None
    if field.kind == "unit" and step.name in NAMING_STEPS:
        against = objection(step.name, value, situation, values)
        return _objected(field.name, against) if against else None
    if limits := bounds(field, situation):
        inside = (
            limits["least"] <= (str(value) if field.kind == "date" else value) <= limits["most"]
        )
        params = {"least": limits["least"], "most": limits["most"]}
        return None if inside else _fault(field.name, "out_of_range", **params)
    return None


def _objected(field: str, against: str) -> Refused:
    """Whose support it is, is a refusal of its own: it says who releases it."""
    return Refused(against) if against == CALLED_BY_ANOTHER else _fault(field, against)


def _missing(step: Step, field: Field) -> Refused:
    """A missing photo of the result has a refusal of its own."""
    is_result = (step.name, field.name) == ("submit", "photos")
    return Refused("photo_missing") if is_result else _fault(field.name, "missing")


def _fault(field: str, code: str, **params: object) -> Refused:
    return Refused("invalid", faults=(Fault(field, code, params),), count=1)


def _is_there(_step: Step, _it: Situation, values: StepValues, found: LookedUp) -> Refused | None:
    """Near the pin, or inside its grid, or explained by a photo and a reason."""
    arrival = found.arrival
    explained = bool(values.get("photos") and values.get("reason"))
    if arrival is None or arrival.kind == "near" or explained:
        return None
    if arrival.kind == "far":
        return Refused("too_far_away", distance_m=arrival.distance_m, allowed_m=arrival.allowed_m)
    return None if found.is_in_grid else Refused("photo_missing")


def _has_what_it_needs(
    step: Step, _it: Situation, values: StepValues, _found: LookedUp
) -> Refused | None:
    """A poor grade needs its reason, a ruling that names another unit that unit."""
    missing = [
        name
        for (of_step, field, choice), needed in NEEDS.items()
        if of_step == step.name and values.get(field) == choice
        for name in needed
        if not values.get(name)
    ]
    return _fault(missing[0], "missing") if missing else None


def _into_another(
    _step: Step, situation: Situation, values: StepValues, found: LookedUp
) -> Refused | None:
    """The other alert is visible to the person, and the law of merging has nothing against it."""
    if found.into is None:
        return _fault("into", "unknown_alert", value=values["into"])
    return merge_refusal(situation, found.into)


def _a_hand(_step: Step, _it: Situation, values: StepValues, found: LookedUp) -> Refused | None:
    if not values.get("to") or found.is_hand:
        return None
    return _fault("to", "not_a_hand")


def _right_place_and_kind(
    _step: Step, _it: Situation, values: StepValues, found: LookedUp
) -> Refused | None:
    """The kind and the grid are known, and the point is near the district."""
    if found.corrected.is_accusation:
        return Refused("accusation_as_kind")
    unknown = found.corrected.unknown
    if "category" in unknown:
        known = "GET /api/v1/forms"
        return _fault("category", "unknown_value", value=values["category"], known=known)
    if "place" in unknown:
        known = "GET /api/v1/places"
        return _fault("place.grid", "unknown_value", value=values["place"].grid, known=known)
    return Refused("place_implausible") if found.corrected.is_implausible else None


def _leads_there(
    step: Step, situation: Situation, values: StepValues, found: LookedUp
) -> Refused | None:
    """The unit that is chosen can hold the alert where it lies then; and where none is chosen, the
    one that the rules name.
    """
    if refusal := _right_place_and_kind(step, situation, values, found):
        return refusal
    there = situation
    if "place" in found.corrected.changes:
        there = replace(situation, facts=replace(situation.facts, street=found.corrected.street))
    if lead := values.get("lead"):
        against = objection(step.name, lead, there, values)
        return _objected("lead", against) if against else None
    by_rules = found.corrected.lead
    has_lead = by_rules is not None and objection(step.name, by_rules, there, values) is None
    return None if has_lead else _fault("lead", "missing")


def _says_something_new(
    step: Step, situation: Situation, values: StepValues, found: LookedUp
) -> Refused | None:
    """And whoever may not read the words about a home does not open them to themselves."""
    if refusal := _right_place_and_kind(step, situation, values, found):
        return refusal
    if found.corrected.opens_home and not may_read_words(situation.held, household=True):
        return Refused("home_not_opened")
    return None if found.corrected.changes else Refused("nothing_corrected")


def _in_hand(
    step: Step, situation: Situation, values: StepValues, _found: LookedUp
) -> Refused | None:
    chosen = chosen_clock(step, situation, values)
    return chosen if isinstance(chosen, Refused) else None


def _must_name_unit(step: Step) -> Callable[[Situation], bool]:
    """The unit must be named where the lead's ladders are out of reach and several supports are
    within it.
    """

    def needed(situation: Situation) -> bool:
        within = situation.ladder_reach(step)
        return not within.main and len(within.supports) != 1

    return needed


# Fields that are required in some situations, beside those that always are.
_REQUIRED_WHEN: Final[Mapping[tuple[str, str], Callable[[Situation], bool]]] = MappingProxyType(
    {
        ("accept", "category"): lambda situation: situation.is_unsure,
        ("return", "finding"): lambda situation: situation.status == "signed",
        ("submit", "photos"): lambda situation: situation.closing == "after_photo",
        ("verify_ok", "grade"): lambda situation: situation.has_whistle,
        **{(step, "unit"): _must_name_unit(STEPS[step]) for step in sorted(LADDER_STEPS)},
    },
)
_CHECKS: Final[Mapping[str, Callable[[Step, Situation, StepValues, LookedUp], Refused | None]]] = (
    MappingProxyType(
        {
            "arrive": _is_there,
            "support_arrive": _is_there,
            **{step: _has_what_it_needs for step, _, _ in NEEDS},
            "merge": _into_another,
            "accept": _leads_there,
            "correct": _says_something_new,
            **dict.fromkeys(HAND_STEPS, _a_hand),
            **dict.fromkeys(("snooze", "escalate"), _in_hand),
        },
    )
)
