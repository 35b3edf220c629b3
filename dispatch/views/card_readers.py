"""What of a card each kind of reader is shown."""

from collections.abc import Sequence

from dispatch.domain.law.clock_names import OVERALL, TO_DISPOSE
from dispatch.shapes.card import Card
from dispatch.shapes.promise import CardPromise


def without_people(card: Card) -> Card:
    """The card for readers who are not staff: without people, without what the offices ask each
    other, and without the promises of supports.
    """
    promised = [each for each in card["promises"] if each["support"] is None]
    return {
        **card,
        "handler": None,
        "handler_name": None,
        "asked": [],
        "awaited": [],
        "promises": promised,
    }


def without_repeats(promises: Sequence[CardPromise]) -> list[CardPromise]:
    """Without the overall clock where the lead's own promise says the same."""
    owed = {_when(each) for each in promises if each["clock"] == TO_DISPOSE and not each["support"]}
    return [each for each in promises if each["clock"] != OVERALL or _when(each) not in owed]


def _when(promise: CardPromise) -> tuple[str | None, str]:
    return promise["due_at"], promise["state"]


def told_to_reporters(promises: Sequence[CardPromise]) -> list[CardPromise]:
    """The overall clock stands as the promise to dispose; those of the units are left out."""
    return [
        {**each, "clock": told_clock(each["clock"])}
        for each in promises
        if each["clock"] != TO_DISPOSE
    ]


def told_clock(clock: str) -> str:
    """Reporters know one promise to dispose: the date that they were told."""
    return TO_DISPOSE if clock == OVERALL else clock
