"""The card: the one shape in which lists, the board and its changes show an alert."""

from typing_extensions import TypedDict

from dispatch.shapes.promise import CardPromise
from dispatch.shapes.vocabulary import Instant, RequestKind, Status, Tier


class CardFields(TypedDict):
    """What card and page of an alert have in common.

    `supports`: the units that help. `card`: the worst of its clocks. `supervision`: the number of
    its 督办. `asked`: what was asked and nobody has decided. `awaited`: the units for which a lead
    that has confirmed still waits. `handler_name`: for staff. A household alert has no `lon` and
    `lat`.
    """

    id: str
    number: str
    short: str
    category: str
    status: Status
    lead: str | None
    street: str | None
    community: str | None
    grid: str | None
    lon: float | None
    lat: float | None
    severity: int
    life_safety: bool
    whistle: str | None
    reported_at: Instant
    version: int
    handler: str | None
    handler_name: str | None
    supports: list[str]
    card: Tier | None
    supervision: str | None
    suspended_until: Instant | None
    urged: bool
    asked: list[RequestKind]
    awaited: list[str]
    source: str


class Card(CardFields):
    """An alert in a list, and its clocks that run or stand."""

    promises: list[CardPromise]
