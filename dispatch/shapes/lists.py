"""Lists of cards: a page of alerts, and a person's tasks."""

from typing_extensions import TypedDict

from dispatch.shapes.card import Card
from dispatch.shapes.vocabulary import Instant


class AlertList(TypedDict):
    """A page of alerts, newest first. `next`: the cursor of the page after it; null: the last."""

    now: Instant
    alerts: list[Card]
    next: str | None


class TaskList(TypedDict):
    """What a person has to do: emergencies first, then by the time that is left. `verify`: the work
    of others that they may verify.
    """

    now: Instant
    tasks: list[Card]
    verify: list[Card]
