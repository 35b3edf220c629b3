"""同意延期: the promise is as if it had been so much longer from its start."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.situation import GRANTED
from dispatch.domain.time.promises import Limit
from dispatch.promises.extending import extend_promises
from dispatch.promises.requests import decide, waiting


@deed(
    "grant_extension",
    tells=(Tells("lead", "extended"),),
    button=main_button(90),
    variants=("due_at",),
)
def grant_extension(case: Case) -> Change:
    """Whenever the district decides: also where the promise was kept meanwhile, and so is the
    rework that goes on with its rest.
    """
    tx, policy, alert = case.tx, case.policy, case.alert
    request = waiting(tx.session, alert)
    by = Limit(request.codes["by"], request.codes["unit"])
    due_at = extend_promises(tx, policy, alert, request, lambda: decide(tx, policy, alert, GRANTED))
    codes = {"by": str(by), "due_at": due_at and due_at.isoformat()}
    return Change(codes=codes, detail=words_of(case, "note"))
