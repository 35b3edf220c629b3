"""受理派单: the street names the lead, and the lead's promises begin."""

from dispatch.deeds.machinery.change import Change, masked_words, reporter_texts
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.promises.policy import copied_policy
from dispatch.rules.deciding.engine import decide_for
from dispatch.store.past_alerts import facts_as_reported


@deed(
    "accept",
    tells=(
        Tells("reporter", "dispatched"),
        Tells("lead", "to_sign", asks="sign"),
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    button=main_button(10),
    variants=("supports",),
)
def accept(context: StepContext) -> Change:
    lead, playbook = context.values["lead"], context.policy.playbook
    facts = facts_as_reported(context.tx.session, context.alert.id, playbook)
    decision = decide_for(playbook, facts, lead)
    context.alert.policy = copied_policy(decision)
    assign_lead(context, lead)
    called = call_supports(context, [(each.unit, each.mode) for each in decision.supports])
    detail = masked_words(context, "note") | reporter_texts(decision)
    return Change(codes={"lead": lead, **support_codes(called)}, detail=detail, helping=called)
