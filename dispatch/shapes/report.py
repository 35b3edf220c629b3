"""A volunteer's report: the body that makes an alert, and what its reporter is told at once."""

from typing import Annotated, Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from dispatch.domain.reading import (
    DIGESTS,
    INSTANT,
    LONGEST_LANDMARK,
    NAME,
    POSITION,
    TEXT,
)
from dispatch.shapes.labels import NamedUnit, SpokenEmergencyCall
from dispatch.shapes.vocabulary import Clock, Instant, Sent, Status

_ANSWERS: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": {
        "description": "A text, a number, yes or no, an id among the choices, or several of them.",
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {"type": "string"}},
        ],
    },
}
_LANDMARK: Final = {"type": "string", "maxLength": LONGEST_LANDMARK}


class SentPosition(TypedDict):
    """A point as the device says it; degrees, accuracy in metres."""

    lon: float
    lat: float
    accuracy_m: NotRequired[float | None]
    crs: NotRequired[Literal["wgs84", "gcj02", "bd09"]]


class ReportBody(TypedDict):
    """A problem at a place: `position` or `grid`, `text` or photos. `photos`: the SHA-256 digests
    of the bytes to come. `landmark`: where exactly, in the reporter's words. `device_at`: what the
    device's own clock said, right or wrong. `accusation`: the person says that it is one against an
    official; it is refused, and nothing of it is kept. `about_unit`: the unit that is complained
    about.
    """

    category: Annotated[str, Sent(NAME)]
    text: NotRequired[Annotated[str | None, Sent(TEXT)]]
    position: NotRequired[Annotated[SentPosition | None, Sent(POSITION)]]
    grid: NotRequired[Annotated[str | None, Sent(NAME)]]
    answers: NotRequired[Annotated[dict[str, object], Sent(_ANSWERS)]]
    photos: NotRequired[Annotated[list[str], Sent(DIGESTS)]]
    occurred_at: NotRequired[Annotated[str | None, Sent(INSTANT)]]
    landmark: NotRequired[Annotated[str | None, Sent(_LANDMARK)]]
    device_at: NotRequired[Annotated[str | None, Sent(INSTANT)]]
    about_unit: NotRequired[Annotated[str | None, Sent(NAME)]]
    accusation: NotRequired[bool | None]


class ReceiptPromise(TypedDict):
    """By when something will be done; null: no calendar reaches."""

    clock: Clock
    due_at: Instant | None


class JoinedAlert(TypedDict):
    """The alert about the same problem, into which the report was merged."""

    number: str
    status: Status
    lead: NamedUnit | None
    promises: list[ReceiptPromise]


class ReportReceipt(TypedDict):
    """The number, who has it, and until when. `notices`: what the rules say to the reporter.
    `emergency`: the numbers to call, where lives may depend on it.
    """

    id: str
    number: str
    version: int
    status: Status
    lead: NamedUnit | None
    promises: list[ReceiptPromise]
    reason: str
    notices: list[str]
    life_safety: bool
    merged_into: JoinedAlert | None
    emergency: NotRequired[list[SpokenEmergencyCall]]


class PhotoKept(TypedDict):
    """The photo whose bytes are kept."""

    sha256: str
