"""立即上报催办: the next rung of a clock's ladder now; the automatic one does not follow."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.ladder_in_hand import ladder_in_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.rungs import PUSHES, Claimed, fire
from dispatch.deeds.machinery.rungs_past import Past


@deed("escalate", variants=("support",))
def escalate(case: Case) -> Change:
    clock = ladder_in_hand(case)
    past = Past(case.tx.session, [clock.rung])
    fire(case.store, case.tx, Claimed(clock.rung, clock.promise, case.alert, past), (), PUSHES)
    return Change(codes=clock.codes(), detail=words_of(case, "reason"))
