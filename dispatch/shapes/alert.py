"""One alert, whole: what the console's drawer and the phone show of it to one person."""

from typing_extensions import TypedDict

from dispatch.shapes.card import CardFields
from dispatch.shapes.decision import DecisionTrace
from dispatch.shapes.promise import AlertPromise, CardPromise
from dispatch.shapes.steps import StepOffer
from dispatch.shapes.vocabulary import (
    Day,
    Instant,
    RequestKind,
    Status,
    StepName,
    SupportMode,
    SupportState,
)


class GivenAnswer(TypedDict):
    """An answer to a question of the category's form, as it is kept and as people read it."""

    field: str
    label: str
    value: object
    value_label: str


class AlertPhoto(TypedDict):
    """A photo that was declared; addresses and size are null until its bytes have come."""

    sha256: str
    purpose: str
    at: Instant | None
    url: str | None
    thumb: str | None
    width: int | None
    height: int | None


class StoryLine(TypedDict):
    """What happened, as a sentence."""

    seq: int
    at: Instant
    code: str
    sentence: str


class MergedLine(StoryLine):
    """What happened to the alert into which this one was merged. `words`: what whoever moved it
    wrote for reporters.
    """

    words: list[str]


_StatusChange = TypedDict("_StatusChange", {"from": Status | None, "to": Status | None})


class TimelineEntry(StoryLine, _StatusChange):
    """What happened, by whom, and what people wrote with it (`words`). `photos`: their digests."""

    role: str | None
    unit: str | None
    unit_label: str | None
    words: list[str]
    photos: list[str]
    codes: dict[str, object]


class HelpingUnit(TypedDict):
    """A unit beside the lead: `required` comes by clocks of its own, `informed` is only told."""

    unit: str
    label: str
    mode: SupportMode
    state: SupportState
    state_label: str
    team: str | None
    handler: str | None
    called_at: Instant | None
    signed_at: Instant | None
    arrived_at: Instant | None
    finished_at: Instant | None


class OpenRequest(TypedDict):
    """What was asked and nobody has decided: by whom (office and role), a sentence, then the words
    of people. `decided_by`: the steps that decide on it. `from_at`, `to_at`: of an extension, when
    the work is due now and when it will be if it is granted; null where that is not known.
    """

    kind: RequestKind
    decided_by: list[StepName]
    unit: str | None
    who: str
    asked_at: Instant
    by: str | None
    until: Day | None
    from_at: Instant | None
    to_at: Instant | None
    sentence: str
    words: list[str]


class HolderReason(TypedDict):
    """Why whoever holds the alert now holds it, where people decided that: a sentence, then their
    words.
    """

    at: Instant
    sentence: str
    words: list[str]


class Suspension(TypedDict):
    """Until which day the alert is put off, and why."""

    until: Day
    unit: str | None
    sentence: str
    words: list[str]


class MergedInto(TypedDict):
    """How the alert stands into which this one was merged; `id` only for those who may open it."""

    id: str | None
    number: str
    short: str
    status: Status
    lead: str | None
    promises: list[CardPromise]
    merged_at: Instant
    undo_until: Instant
    story: list[MergedLine]


class SameProblem(TypedDict):
    """Into which alert a rule would merge this one."""

    id: str
    number: str
    metres: int
    sentence: str


class Follower(TypedDict):
    """An alert that was merged into this one."""

    id: str
    number: str
    short: str
    reported_at: Instant
    merged_at: Instant | None


class AlertPage(CardFields):
    """The alert with its story, promises and the steps to take now.

    `text` null where words about somebody's home are not for this person. `notices`: what the
    rules say to the reporter. `held_because`, `decision`, `same_problem`, `helping` and
    `followers` are for staff.
    `ahead`: by step, what the same person may take after it without asking the server again.
    """

    now: Instant
    mine: bool
    text: str | None
    landmark: str | None
    answers: list[GivenAnswer]
    notices: list[str]
    photos: list[AlertPhoto]
    timeline: list[TimelineEntry]
    held_because: HolderReason | None
    decision: DecisionTrace | None
    helping: list[HelpingUnit]
    promises: list[AlertPromise]
    told: AlertPromise | None
    requests: list[OpenRequest]
    suspension: Suspension | None
    steps: list[StepOffer]
    ahead: dict[StepName, list[StepOffer]]
    merged: MergedInto | None
    same_problem: SameProblem | None
    followers: list[Follower]
