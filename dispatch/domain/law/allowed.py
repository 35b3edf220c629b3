"""May this person take this step on this alert now? The one answer, for faces and for deeds."""

from dispatch.domain.law.guards import GUARDS
from dispatch.domain.law.relations import has_helped, may_take
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.steps import STEPS, Step
from dispatch.domain.law.who import STREET, VERIFIER
from dispatch.domain.roles import Grant
from dispatch.errors import Refused


def allowed(step: Step, situation: Situation) -> Refused | None:
    """Why the step cannot be taken now, whatever its fields say; None where it can.

    Codes: later_step, forbidden_step, own_work, step_conflict, and those of the step's guards.
    """
    if step.later:
        return Refused("later_step", step=step.name)
    if grant_for(step, situation) is None:
        return person_refusal(step, situation)
    return moment_refusal(step, situation)


def grant_for(step: Step, situation: Situation) -> Grant | None:
    """The grant by which the step is the person's to take, or None."""
    return may_take(step, situation.held)


def person_refusal(step: Step, situation: Situation) -> Refused:
    """Why the step belongs to somebody else."""
    is_own_work = VERIFIER in step.who and STREET in situation.held
    if is_own_work and has_helped(situation.facts, situation.organisation):
        return Refused("own_work")
    return Refused("forbidden_step", who=",".join(step.who))


def moment_refusal(step: Step, situation: Situation) -> Refused | None:
    """Why it is not the step's moment, though it is this person's; None where it is."""
    if situation.status not in step.sources:
        return Refused("step_conflict", status=situation.status)
    refusals = (guard(step, situation) for guard in GUARDS.get(step.name, ()))
    return next((refusal for refusal in refusals if refusal), None)


def allowed_steps(situation: Situation) -> tuple[Step, ...]:
    """Every step that the person may take now, in the table's order."""
    return tuple(step for step in STEPS.values() if allowed(step, situation) is None)
