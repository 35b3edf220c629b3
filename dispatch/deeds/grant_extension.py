"""同意延期: the promise becomes as long as if that had been its limit from the start."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.clock_names import OVERALL, TO_DISPOSE
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.law.request_names import GRANTED
from dispatch.domain.time.instants import as_logged
from dispatch.domain.time.promises import Limit
from dispatch.promises.extending import extend_promises
from dispatch.promises.requests import decide_request, told_date, waiting_request
from dispatch.telling.new_dates import NEW_DATE, new_date


@deed(
    "grant_extension",
    tells=(Tells("lead", "extended"), Tells("reporter", NEW_DATE, if_said=True)),
    button=main_button(90),
    variants=("told_at", "due_at"),
)
def grant_extension(context: StepContext) -> Change:
    """It may be granted after the work was done: then that promise is extended, and so is the
    rework that continues with its remainder.
    """
    tx, policy, alert = context.tx, context.policy, context.alert
    request = waiting_request(tx.session, alert)
    by = Limit(request.codes["by"], request.codes["unit"])
    told_before = told_date(tx.session, alert.id)
    due = extend_promises(
        tx, policy, alert, request, lambda: decide_request(tx, policy, alert, GRANTED)
    )
    codes = {"by": str(by), "due_at": as_logged(due.get(TO_DISPOSE))}
    if due.get(OVERALL) != due.get(TO_DISPOSE):
        codes["told_at"] = as_logged(due.get(OVERALL))
    date = new_date(told_before, told_date(tx.session, alert.id))
    said = {NEW_DATE: date} if date else {}
    return Change(codes=codes, detail=masked_words(context, "note"), said=said)
