"""Cards of overdue promises: when yellow, orange and red come, and which one an alert has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dispatch.domain.time.escalation import PlannedRung, RunningPromise, or_unknown
from dispatch.domain.time.ladders import MILDEST_FIRST, CardColour
from dispatch.domain.time.promises import due_by_budget


@dataclass(frozen=True)
class CardThreshold:
    """A card comes when a promise is overdue by `seconds` of its own time, or by `percent` of its
    limit, whichever is first. None: not by that measure.
    """

    seconds: int | None = None
    percent: int | None = None

    def reached_after(self, limit: int) -> int | None:
        """Seconds of own time past the due time; None where the card never comes."""
        ways = [] if self.seconds is None else [self.seconds]
        if self.percent is not None:
            ways.append(limit * self.percent // 100)
        return min(ways, default=None)


@dataclass(frozen=True)
class CardThresholds:
    """The thresholds of the playbook. Yellow has none: it comes at once."""

    orange: CardThreshold = CardThreshold()
    red: CardThreshold = CardThreshold()

    def reached_after(self, limit: int, *, life_safety: bool) -> dict[CardColour, int]:
        """Each card that can come, mildest first, with the seconds of own time past the due time
        after which it comes.
        """
        if life_safety:
            return {"red": 0}
        reached: dict[CardColour, int | None] = {
            "yellow": 0,
            "orange": self.orange.reached_after(limit),
            "red": self.red.reached_after(limit),
        }
        return {card: late for card, late in reached.items() if late is not None}


def plan_cards(
    cards: CardThresholds, promised: RunningPromise, *, life_safety: bool, level: int
) -> list[PlannedRung]:
    """The cards of a promise as rungs, numbered from `level`.

    Where no calendar tells the limit (the due time is another alert's), only the card that comes at
    once has a time.
    """
    limit = or_unknown(promised.given)
    reached = cards.reached_after(limit or 0, life_safety=life_safety)
    at_once = next(iter(reached))
    return [
        PlannedRung(
            None if limit is None and card != at_once else or_unknown(_late_by, seconds, promised),
            place,
            0,
            f"{card}_card",
            (),
        )
        for place, (card, seconds) in enumerate(reached.items(), start=level)
    ]


def _late_by(seconds: int, promised: RunningPromise) -> datetime | None:
    return due_by_budget(
        promised.due, seconds, promised.limit.unit, promised.calendar, promised.pauses
    )


def card_of(
    overdue: int | None, limit: int, cards: CardThresholds, *, life_safety: bool
) -> CardColour | None:
    """The card of a promise that is overdue by `overdue` seconds of its own time (None: it is not),
    with a limit of `limit` seconds.
    """
    if overdue is None:
        return None
    reached = cards.reached_after(limit, life_safety=life_safety)
    return max((card for card, late in reached.items() if overdue >= late), key=MILDEST_FIRST.index)


def first_card(*, life_safety: bool) -> CardColour:
    """The card with which lateness begins, where nothing says how late it is."""
    return MILDEST_FIRST[-1] if life_safety else MILDEST_FIRST[0]


def worst_card(cards: Iterable[str | None]) -> CardColour | None:
    """The worst of these cards, or None."""
    worn = set(cards)
    return next((card for card in reversed(MILDEST_FIRST) if card in worn), None)
