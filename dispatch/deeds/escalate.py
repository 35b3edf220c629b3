"""立即上报催办: fires the next rung of a clock's ladder now, instead of at its time."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.chosen_rung import chosen_rung
from dispatch.deeds.machinery.fired_rungs import FiredRungs
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.rungs import ESCALATION_EFFECTS, ClaimedRung, fire
from dispatch.deeds.machinery.step_context import StepContext


@deed("escalate", variants=("support",))
def escalate(context: StepContext) -> Change:
    clock = chosen_rung(context)
    fired_before = FiredRungs(context.tx.session, [clock.rung])
    fire(
        context.store,
        context.tx,
        ClaimedRung(clock.rung, clock.promise, context.alert, fired_before),
        (),
        ESCALATION_EFFECTS,
    )
    return Change(codes=clock.codes(), detail=masked_words(context, "reason"))
