"""A volunteer's report: the body that makes an alert, and what its reporter is told at once."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.labels import NamedUnit, SpokenEmergencyCall
from dispatch.shapes.vocabulary import Clock, Instant, Status


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

    category: str
    text: NotRequired[str | None]
    position: NotRequired[SentPosition | None]
    grid: NotRequired[str | None]
    answers: NotRequired[dict[str, object]]
    photos: NotRequired[list[str]]
    occurred_at: NotRequired[str | None]
    landmark: NotRequired[str | None]
    device_at: NotRequired[str | None]
    about_unit: NotRequired[str | None]
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
