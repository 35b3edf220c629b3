"""快速裁决: the district says who leads after a return."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.leading import give_to
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import call_in, told_of
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.situation import RETURN
from dispatch.domain.supports import REQUIRED
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
def rule(case: Case) -> Change:
    """Upheld: another lead. Rejected: the same, and it counts. Joint: the same with a support."""
    verdict, alert = case.values["verdict"], case.alert
    named = _close_request(case, verdict)
    alert.ruled_final = bool(case.values.get("final"))
    give_to(case, named if verdict == "upheld" else alert.lead or named)
    called = call_in(case, [(named, REQUIRED)] if verdict == "joint" else [])
    codes = {"verdict": verdict, "lead": alert.lead, "final": alert.ruled_final}
    return Change(codes | told_of(called), words_of(case, "reason"), helping=called)


def _close_request(case: Case, verdict: str) -> str:
    """The unit that the ruling names, or else the one that the return proposed."""
    request = open_request(case.tx.session, case.alert.id, RETURN)
    if request is None:
        return str(case.values.get("lead") or case.alert.lead)
    request.ruled_at, request.verdict = case.tx.now, verdict
    return str(case.values.get("lead") or request.codes["proposed"])
