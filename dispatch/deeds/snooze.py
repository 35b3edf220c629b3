"""稍后提醒: puts off the next reminder of a clock, never the promise itself."""

from datetime import datetime, timedelta

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.chosen_rung import ChosenRung, chosen_rung
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.rows.choices import SPANS
from dispatch.domain.time.reminders import put_off_until


@deed("snooze", variants=("support",))
def snooze(context: StepContext) -> Change:
    clock = chosen_rung(context)
    rung, span = clock.rung, timedelta(minutes=SPANS[context.values["span"]])
    rung.snoozed_s += int(span.total_seconds())
    rung.due_at = _until(context, clock, span)
    codes = clock.codes() | {"until": rung.due_at.isoformat()}
    return Change(codes=codes, detail=masked_words(context, "reason"))


def _until(context: StepContext, clock: ChosenRung, span: timedelta) -> datetime:
    """Within its hours, where its ladder asks for them; the law has kept it before the due time."""
    promise, policy = clock.promise, context.policy
    calendar = policy.editions(promise.playbook_version).calendars[promise.calendar]
    ladder = policy.playbook.ladders[promise.ladder]
    waits = ladder.waits_for_hours(clock.rung.level) and not policy.life_safety
    return put_off_until(max(clock.rung.due_at, context.tx.now), span, calendar, waits=waits)
