"""受理派单: the street names the lead, and kind and place where they were left open or wrong.

The rules run again on what was set, and the lead's promises begin.
"""

from dataclasses import replace

from dispatch.deeds.machinery.change import Change, Codes, masked_words, reporter_texts
from dispatch.deeds.machinery.correcting import (
    DecidedAgain,
    decide_again,
    decided_again,
    facts_with,
    look_up_correction,
)
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.placing import desk_place
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, called_codes, support_codes
from dispatch.domain.law.allowed import grant_for
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.looked_up import LookedUp
from dispatch.domain.supports import BY_RULES
from dispatch.rules.deciding.engine import decide, decide_for


def look_up_acceptance(context: StepContext) -> LookedUp:
    """What the step would change, in which street the alert is then, and whom the rules name where
    nobody is chosen.
    """
    found = look_up_correction(context)
    if not found.corrected.is_sound:
        return found
    facts, book = facts_with(context, found.corrected.changes), context.policy.playbook
    lead = None if context.values.get("lead") else decide(book, facts).lead
    street = desk_place(book, facts, context.alert.about_unit)["street"]
    return LookedUp(corrected=replace(found.corrected, lead=lead, street=street))


@deed(
    "accept",
    tells=(
        Tells("reporter", "dispatched"),
        Tells("lead", "to_sign", asks="sign"),
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("first", "first_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    button=main_button(10),
    variants=("kind_and_street", "category", "street", "supports"),
    looks_up=look_up_acceptance,
)
def accept(context: StepContext) -> Change:
    chosen = context.values.get("lead")
    again = decide_again(
        context,
        lambda playbook, facts: (
            decide_for(playbook, facts, chosen) if chosen else decide(playbook, facts)
        ),
    )
    decision, outcome = again.decision, _outcome(context, again)
    lead = decision.lead
    assign_lead(context, lead)
    wanted = [(each.unit, each.mode) for each in decision.supports]
    called = call_supports(context, wanted, BY_RULES)
    # the sentence of another kind or street has no room for whom it calls
    news = called_codes(called) if again.codes.keys() & {"category", "street"} else {}
    return Change(
        codes={"lead": lead, **support_codes(called), **again.codes},
        detail=masked_words(context, "note") | reporter_texts(decision) | again.detail,
        helping=called,
        then=[decided_again(context, again, **news, **outcome, accepted=True)]
        if _is_news(again, outcome)
        else (),
    )


def _is_news(again: DecidedAgain, outcome: Codes) -> bool:
    """Whether the rules' decision before says no more why that unit leads."""
    return bool(again.changes or again.followed) or "dispatched" not in outcome


def _outcome(context: StepContext, again: DecidedAgain) -> Codes:
    """Whether the rules or the person chose the lead; then also whom the rules would name."""
    by_rules = decide(context.policy.playbook, again.facts)
    if by_rules.lead == again.decision.lead:
        return {"dispatched": True}
    grant = grant_for(context.step, context.situation)
    chosen = "chosen_freely" if by_rules.needs_person else "chosen"
    return {
        chosen: True,
        "by_rules": by_rules.lead,
        "chosen_by": grant.unit if grant else None,
    }
