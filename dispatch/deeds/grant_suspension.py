"""同意挂账: the clocks stand until the date, from the moment of asking."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.suspending import begins
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.situation import GRANTED
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.promises.pauses import Standing, pause
from dispatch.promises.requests import decide, undecided
from dispatch.store.requests import when_asked
from dispatch.store.tables import Promise


@deed("grant_suspension", tells=(Tells("lead", "suspended"),), button=main_button(100))
def grant_suspension(case: Case) -> Change:
    """A slow decision costs the unit nothing."""
    request = decide(case.tx, case.policy, case.alert, GRANTED)
    for promise in undecided(case.tx.session, case.alert.id):
        _stood(case, promise, Standing(SUSPENDED, request.unit, since=when_asked(request)))
    until = begins(case.playbook, request.codes["until"])
    request.codes = {**request.codes, "from": case.alert.status}
    case.alert.suspended_until = until
    return Change(
        codes={"until": request.codes["until"]},
        detail=words_of(case, "note"),
        standing=Standing(SUSPENDED, request.unit, until, since=when_asked(request)),
    )


def _stood(case: Case, promise: Promise, standing: Standing) -> None:
    """It was kept while the district was silent: its clock stood then, and so it was not late."""
    pause(case.tx.session, promise, case.tx.now, standing)
    promise.state, promise.due_at, promise.flag = "met", None, None
