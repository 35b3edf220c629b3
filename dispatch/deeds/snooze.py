"""稍后提醒: puts off the next reminder of a clock, never the promise itself."""

from datetime import timedelta

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.chosen_rung import chosen_rung
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.steps import SPANS


@deed("snooze", variants=("support",))
def snooze(context: StepContext) -> Change:
    clock = chosen_rung(context)
    rung, span = clock.rung, timedelta(minutes=SPANS[context.values["span"]])
    rung.snoozed_s += int(span.total_seconds())
    rung.due_at = max(rung.due_at, context.tx.now) + span
    codes = clock.codes() | {"until": rung.due_at.isoformat()}
    return Change(codes=codes, detail=masked_words(context, "reason"))
