"""The city's clock, moved in the test environment."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from dispatch.domain.reading import INSTANT
from dispatch.shapes.vocabulary import Instant, Sent


class ClockBody(TypedDict):
    """`advance_s` seconds on, or `to` an instant; `jump`: at once, as in an outage."""

    advance_s: NotRequired[float]
    to: NotRequired[Annotated[str, Sent(INSTANT)]]
    jump: NotRequired[bool]


class ClockMoved(TypedDict):
    """The instant reached, and how many rungs fired on the way."""

    now: Instant
    fired: int
