"""What is said to whoever takes a step by which the alert leaves what they may see."""

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.relations import relations
from dispatch.store.alerts import alert_facts, assignments_of
from dispatch.translations import tongue_of, translate


def words_of_leaving(context: StepContext) -> str | None:
    """What was done and who has the alert now; None where the person sees it still."""
    alert, facts = context.alert, context.situation.facts
    now = assignments_of(context.tx.session, alert.id)
    facts = alert_facts(alert, now, is_reporter=facts.is_reporter)
    if relations(context.access, facts, context.organisation):
        return None
    language = context.access.language
    step = translate(language, f"words.step.{context.step.name}")
    holder = _holder(context)
    if holder is None:
        return translate(language, "words.left.done", step=step)
    return translate(language, "words.left.now_with", step=step, unit=holder)


def _holder(context: StepContext) -> str | None:
    """The name of the street (or, outside all, the district) where the place is another one, else
    of the unit that leads. None where it is the person's own, in which another one has the work.
    """
    alert, playbook = context.alert, context.playbook
    is_moved = alert.street != context.situation.facts.street
    desk = alert.street or playbook.district.id
    unit = desk if is_moved or alert.lead is None else alert.lead
    own = {above for grant in context.access.grants for above in _upwards(context, grant.unit)}
    label = playbook.unit_label(str(unit))
    return None if label is None or unit in own else label[tongue_of(context.access.language)]


def _upwards(context: StepContext, unit: str) -> set[str]:
    return {unit, *context.organisation.ancestors(unit)} - {context.playbook.district.id}
