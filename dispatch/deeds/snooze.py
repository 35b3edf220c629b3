"""稍后提醒: whoever owes a clock moves its next reminder, that step only, never the promise."""

from datetime import timedelta

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.ladder_in_hand import ladder_in_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.steps import SPANS


@deed("snooze", variants=("support",))
def snooze(case: Case) -> Change:
    clock = ladder_in_hand(case)
    rung, span = clock.rung, timedelta(minutes=SPANS[case.values["span"]])
    rung.snoozed_s += int(span.total_seconds())
    rung.due_at = max(rung.due_at, case.tx.now) + span
    codes = clock.codes() | {"until": rung.due_at.isoformat()}
    return Change(codes=codes, detail=words_of(case, "reason"))
