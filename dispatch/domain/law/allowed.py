"""May this person take this step on this alert now? The one answer, for faces and for deeds."""

from dispatch.domain.law.as_it_stands import AsItStands
from dispatch.domain.law.guards import GUARDS
from dispatch.domain.law.relations import has_helped, may_take
from dispatch.domain.law.steps import STEPS, Step
from dispatch.domain.law.who import STREET, VERIFIER
from dispatch.domain.roles import Grant
from dispatch.errors import Refused


def allowed(step: Step, it: AsItStands) -> Refused | None:
    """Why the step cannot be taken now, whatever its fields say; None where it can.

    Codes: later_step, forbidden_step, own_work, step_conflict, and those of the step's guards.
    """
    if step.later:
        return Refused("later_step", step=step.name)
    if grant_for(step, it) is None:
        return not_theirs(step, it)
    return timely(step, it)


def grant_for(step: Step, it: AsItStands) -> Grant | None:
    """The grant by which the step is the person's to take, or None."""
    return may_take(step, it.held)


def not_theirs(step: Step, it: AsItStands) -> Refused:
    """Why the step belongs to somebody else."""
    is_own_work = VERIFIER in step.who and STREET in it.held
    if is_own_work and has_helped(it.facts, it.organisation):
        return Refused("own_work")
    return Refused("forbidden_step", who=",".join(step.who))


def timely(step: Step, it: AsItStands) -> Refused | None:
    """Why it is not the step's moment, though it is this person's; None where it is."""
    if it.status not in step.sources:
        return Refused("step_conflict", status=it.status)
    refusals = (guard(step, it) for guard in GUARDS.get(step.name, ()))
    return next((refusal for refusal in refusals if refusal), None)


def allowed_steps(it: AsItStands) -> tuple[Step, ...]:
    """Every step that the person may take now, in the table's order."""
    return tuple(step for step in STEPS.values() if allowed(step, it) is None)
