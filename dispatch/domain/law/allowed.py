"""Whether a person may take a step on an alert now: the one answer, for buttons and for deeds."""

from typing import Final

from dispatch.domain.law.guards import GUARDS
from dispatch.domain.law.relations import has_handled, has_helped, may_take
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import DISTRICT, GRID_WORKER, LEAD_UNIT, STREET, VERIFIER
from dispatch.domain.roles import Grant
from dispatch.errors import Refused

# Those among whom the verifiers are.
_OF_THE_PLACE: Final = frozenset({STREET, GRID_WORKER, DISTRICT})


def allowed(step: Step, situation: Situation, outdated: Refused | None = None) -> Refused | None:
    """The refusal that stands in the way of the step, whatever its fields say; None where it may be
    taken. `outdated`: what is to be told to a person whose step it is, but who decided by an
    earlier version of the alert.

    Codes: later_step, forbidden_step, own_work, own_report, own_lead, own_handling, step_conflict,
    and those of the step's guards.
    """
    if step.later:
        return Refused("later_step", step=step.name)
    if grant_for(step, situation) is None:
        return _person_refusal(step, situation)
    return outdated or _moment_refusal(step, situation)


def grant_for(step: Step, situation: Situation) -> Grant | None:
    """The grant by which the person may take the step, or None."""
    return may_take(step, situation.held)


def _person_refusal(step: Step, situation: Situation) -> Refused:
    """The refusal for a person to whom the step does not belong."""
    code = _own_part(step, situation)
    return Refused(code) if code else Refused("forbidden_step", who=",".join(step.who))


def _own_part(step: Step, situation: Situation) -> str | None:
    """The code for a person whose step it would be, had they or their unit had no part in what it
    judges; None where it belongs to others anyhow.
    """
    held, facts = situation.held, situation.facts
    handled = has_handled(situation.access.person_id, facts)
    if may_take(step, held, or_handled=True):
        return "own_handling"
    if VERIFIER not in step.who or _OF_THE_PLACE.isdisjoint(held):
        return None
    if facts.is_reporter:
        return "own_report"
    if LEAD_UNIT in held:
        return "own_lead"
    if STREET in held and has_helped(facts, situation.organisation):
        return "own_work"
    return "own_handling" if handled else None


def _moment_refusal(step: Step, situation: Situation) -> Refused | None:
    """The refusal that comes of the alert's status or of the step's guards; None where nothing
    stands in the way. Who asks is not looked at.
    """
    if situation.status not in step.sources:
        return Refused("step_conflict", status=situation.status)
    refusals = (guard(step, situation) for guard in GUARDS.get(step.name, ()))
    return next((refusal for refusal in refusals if refusal), None)


def allowed_to_service(step: Step, status: str, *, is_service: bool) -> Refused | None:
    """As `allowed`, for a step of the city's own services, which stand in no relation to an alert.

    Codes: forbidden_step, step_conflict.
    """
    if not is_service:
        return Refused("forbidden_step", who=",".join(step.who))
    return None if status in step.sources else Refused("step_conflict", status=status)


def allowed_steps(situation: Situation) -> tuple[Step, ...]:
    """Every step that the person may take now, in the table's order."""
    return tuple(step for step in STEPS.values() if allowed(step, situation) is None)
