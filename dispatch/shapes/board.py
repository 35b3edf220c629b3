"""The board: a snapshot of the open alerts that a person sees, and what changed since."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.card import Card
from dispatch.shapes.labels import Labels
from dispatch.shapes.vocabulary import Instant


class BoardSnapshot(TypedDict):
    """Every open alert that the person sees, as of the cursor."""

    cursor: str
    now: Instant
    cards: list[Card]
    labels: Labels


class BoardChange(TypedDict):
    """An alert as it stands now, or the id of one that is gone: one of the two.

    `complete`, over the socket: up to which cursor the listener has missed nothing.
    """

    cursor: str
    card: NotRequired[Card]
    gone: NotRequired[str]
    complete: NotRequired[str]


class BoardChanges(TypedDict):
    """What happened after a cursor, each alert once."""

    cursor: str
    now: Instant
    changes: list[BoardChange]


class BoardComplete(TypedDict):
    """Over the socket, in quiet times: nothing was missed up to this cursor."""

    complete: str
