"""重启: what was closed too early begins a new round with whole promises, counted as rebound.

The first resolution stays in the record: its promises, its log rows, and its two moments here.
"""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.leading import give_to
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.time.instants import as_logged


@deed("reopen", tells=(Tells("lead", "reopened"),), button=side_button(130))
def reopen(case: Case) -> Change:
    alert, change = case.alert, only_words(case)
    give_to(case, str(alert.lead)).signed_at = case.tx.now
    alert.reopened += 1
    change.codes = {
        "lead": alert.lead,
        "times": alert.reopened,
        "resolved_at": as_logged(alert.resolved_at),
        "closed_at": as_logged(alert.closed_at),
    }
    alert.resolved_at = alert.closed_at = None
    return change
