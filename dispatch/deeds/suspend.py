"""申请挂账: the lead asks to put the work off until a date, with a plan."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.clock_changes import PAUSED_IN
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.request_names import SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.promises import clocks
from dispatch.promises.requests import ask_district


@deed("suspend", tells=(Tells("district", "to_decide", asks="grant_suspension"),))
def suspend(context: StepContext) -> Change:
    until = context.values["until"].isoformat()
    running = clocks.open_promises(context.tx.session, context.alert.id)
    mine = [each for clock, each in running.main.items() if clock in PAUSED_IN[SUSPENDED]]
    stopping = [*mine, *running.of_supports()]
    asker = context.access.person_id
    ask_district(context.tx, context.policy, context.alert, SUSPEND, asker, stopping, until=until)
    return Change(codes={"until": until}, detail=masked_words(context, "reason", "plan"))
