"""受理派单: the street names the lead, and what the rules promise where that unit leads begins."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, texts_for_reporter, words_of
from dispatch.deeds.machinery.leading import give_to
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import call_in, told_of
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
def accept(case: Case) -> Change:
    lead, playbook = case.values["lead"], case.policy.playbook
    facts = facts_as_reported(case.tx.session, case.alert.id, playbook)
    decision = decide_for(playbook, facts, lead)
    case.alert.policy = copied_policy(decision)
    give_to(case, lead)
    called = call_in(case, [(each.unit, each.mode) for each in decision.supports])
    detail = words_of(case, "note") | texts_for_reporter(decision)
    return Change(codes={"lead": lead, **told_of(called)}, detail=detail, helping=called)
