"""快速裁决: the district decides who leads after a return."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.request_names import RETURN
from dispatch.domain.law.who import DISTRICT
from dispatch.domain.supports import REQUIRED
from dispatch.promises.rework import rest_at_least
from dispatch.store.requests import open_request


@deed(
    "rule",
    tells=(
        Tells("lead", "to_sign", asks="sign"),
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    button=main_button(30),
)
def rule(context: StepContext) -> Change:
    """Upheld: the unit that is named leads. Rejected: the same lead. Joint: the same lead, and the
    unit that is named helps.
    """
    verdict, alert = context.values["verdict"], context.alert
    _close_request(context, verdict)
    named = str(context.values.get("lead") or alert.lead)
    alert.ruled_final = bool(context.values.get("final"))
    before = alert.lead
    assign_lead(context, named if verdict == "upheld" else alert.lead or named)
    called = call_supports(context, [(named, REQUIRED)] if verdict == "joint" else [], DISTRICT)
    codes = {"verdict": verdict, "lead": alert.lead, "final": alert.ruled_final}
    change = Change(codes | support_codes(called), masked_words(context, "reason"), helping=called)
    if alert.lead == before:
        change.budgets = rest_at_least(context.tx.session, context.policy, alert, context.tx.now)
    return change


def _close_request(context: StepContext, verdict: str) -> None:
    request = open_request(context.tx.session, context.alert.id, RETURN)
    if request is not None:
        request.ruled_at, request.verdict = context.tx.now, verdict
