"""先期处置: who has to come first where life is in danger, whenever the work begins or goes on."""

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.supports import BY_RULES, FIRST
from dispatch.rules.deciding.engine import Decision, decide
from dispatch.store.past_alerts import facts_as_reported

Called = list[tuple[str, str]]


def call_first_again(context: StepContext, change: Change) -> Change:
    """The work goes on where it was not done: whom the rules name and who has not come is called,
    also where the danger was first said when nobody worked on it.
    """
    first = [each for each in context.assignments if each.kind == FIRST]
    came = {each.unit for each in first if each.arrived_at or each.finished_at}
    named = [each for each in _named_first(context) if each[0] not in came]
    return _call(context, change, named)


def call_first_anew(context: StepContext, change: Change) -> Change:
    """The alert begins anew, and so does the first response."""
    return _call(context, change, _named_first(context))


def first_instead(
    context: StepContext, before: str | None, decision: Decision | None = None
) -> Called:
    """The unit that led until now and had to come first as well, where another one leads now and
    nobody of it was there. `decision`: of the rules, where they just ran; else their last one.
    """
    if before is None or not context.alert.life_safety or context.situation.status == "on_site":
        return []
    called = [each.has_come for each in context.situation.first_released if each.unit == before]
    is_named = (before, FIRST) in _named_first(context, decision)
    is_owed = is_named or (bool(called) and decision is None)
    return [(before, FIRST)] if is_owed and not any(called) else []


def _named_first(context: StepContext, decision: Decision | None = None) -> Called:
    """The units that the rules name for a first response, by the playbook that decided."""
    alert, book = context.alert, context.policy.playbook
    if not alert.life_safety:
        return []
    if decision is None:
        seal = context.store.seal
        decision = decide(book, facts_as_reported(context.tx.session, seal, alert.id, book))
    known = context.playbook.units
    named = [each.unit for each in decision.supports if each.mode == FIRST]
    return [(unit, FIRST) for unit in named if unit in known]


def _call(context: StepContext, change: Change, units: Called) -> Change:
    called = call_supports(context, units, BY_RULES)
    change.codes |= support_codes(called)
    change.helping = [*change.helping, *called]
    return change
