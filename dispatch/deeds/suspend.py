"""申请挂账: the lead asks to put the work off until a date, with a plan."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.clock_changes import PAUSED_IN
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.situation import SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.promises import clocks
from dispatch.promises.requests import ask


@deed("suspend", tells=(Tells("district", "to_decide", asks="grant_suspension"),))
def suspend(case: Case) -> Change:
    until = case.values["until"].isoformat()
    running = clocks.running(case.tx.session, case.alert.id)
    mine = [each for clock, each in running.main.items() if clock in PAUSED_IN[SUSPENDED]]
    stopping = [*mine, *running.of_supports()]
    ask(case.tx, case.policy, case.alert, SUSPEND, case.by_ref, stopping, until=until)
    return Change(codes={"until": until}, detail=words_of(case, "reason", "plan"))
