"""受理派单: the street names the lead, and kind and place where they were left open or wrong; the
rules run again on what was set, and the lead's promises begin.
"""

from dispatch.deeds.machinery.change import Change, masked_words, reporter_texts
from dispatch.deeds.machinery.correcting import decide_again, decided_again, look_up_correction
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.rules.deciding.engine import decide_for


@deed(
    "accept",
    tells=(
        Tells("reporter", "dispatched"),
        Tells("lead", "to_sign", asks="sign"),
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    button=main_button(10),
    variants=("category", "supports"),
    looks_up=look_up_correction,
)
def accept(context: StepContext) -> Change:
    lead = context.values["lead"]
    again = decide_again(context, lambda playbook, facts: decide_for(playbook, facts, lead))
    decision = again.decision
    assign_lead(context, lead)
    called = call_supports(context, [(each.unit, each.mode) for each in decision.supports])
    return Change(
        codes={"lead": lead, **support_codes(called), **again.codes},
        detail=masked_words(context, "note") | reporter_texts(decision) | again.detail,
        helping=called,
        then=[decided_again(context, again, dispatched=True)] if again.changes else (),
    )
