"""同意挂账: the clocks are paused until the date, as of the moment of asking."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.suspending import first_instant_of
from dispatch.domain.law.clock_names import MET
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.request_names import GRANTED
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.promises.pauses import PauseReason, pause_promise
from dispatch.promises.requests import decide_request, undecided_promises
from dispatch.store.requests import when_asked
from dispatch.store.tables import Promise


@deed("grant_suspension", tells=(Tells("lead", "suspended"),), button=main_button(100))
def grant_suspension(context: StepContext) -> Change:
    """As of the moment of asking, so that a slow decision costs the unit no time."""
    request = decide_request(context.tx, context.policy, context.alert, GRANTED)
    for promise in undecided_promises(context.tx.session, context.alert.id):
        _stood(context, promise, PauseReason(SUSPENDED, request.unit, since=when_asked(request)))
    until = first_instant_of(context.playbook, request.codes["until"])
    request.codes = {**request.codes, "from": context.alert.status}
    context.alert.suspended_until = until
    return Change(
        codes={"until": request.codes["until"]},
        detail=masked_words(context, "note"),
        pause=PauseReason(SUSPENDED, request.unit, until, since=when_asked(request)),
    )


def _stood(context: StepContext, promise: Promise, pause: PauseReason) -> None:
    """The promise was kept while the request was undecided: its clock counts as paused then, so it
    was not late.
    """
    pause_promise(context.tx.session, promise, context.tx.now, pause)
    promise.state, promise.due_at, promise.flag = MET, None, None
