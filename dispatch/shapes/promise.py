"""A promise as faces show it: limit, due time, how it fills, why it is paused."""

from typing_extensions import TypedDict

from dispatch.shapes.vocabulary import (
    Clock,
    Instant,
    PromiseState,
    SupportMode,
    Tier,
    TimeUnit,
)


class LimitAmount(TypedDict):
    """A promised time as the playbook writes it: 8 work_hours."""

    value: int
    unit: TimeUnit


class ClockCourse(TypedDict):
    """How a promise fills by its own time, nights and pauses left out.

    `given_s`: the seconds of own time that it gives. `corners`: whole seconds since the start, and
    seconds of own time used by then; straight between two corners, nothing is added after the last.
    """

    given_s: int
    corners: list[tuple[int, int]]


class ClockPause(TypedDict):
    """Why a clock is paused, by whom, since when and until when. `given_s` and `left_s`: seconds of
    the promise's own time; null where no calendar reaches.
    """

    reason: str | None
    owner: str | None
    since: Instant
    until: Instant | None
    given_s: int | None
    left_s: int | None


class Counted(TypedDict):
    """What a face needs to count a promise down by itself. `course`: null where it fills evenly
    from its start to its due time, or does not run. `paused`: null while it runs.
    """

    course: ClockCourse | None
    paused: ClockPause | None


class CardPromise(Counted):
    """A promise that a card counts down.

    `support`: the unit whose own clock it is, where it helps; null: of the alert or its lead.
    `mode`: how that unit helps, `first` of the one that comes for the first response. `unit`: who
    owes it; null: the district, the reporter, or of the overall clock whoever leads.
    `extended`: what was added to the limit, in its unit.
    """

    clock: Clock
    support: str | None
    mode: SupportMode | None
    unit: str | None
    started_at: Instant
    due_at: Instant | None
    state: PromiseState
    limit: LimitAmount
    extended: int
    flag: str | None


class AlertPromise(CardPromise):
    """A promise on the alert's page, also one that has ended.

    `used_s` and `remaining_s`: seconds of own time; null where no calendar reaches. `basis`: the
    document on which the limit rests.
    """

    stopped_at: Instant | None
    outcome: PromiseState | None
    card: Tier | None
    used_s: int | None
    remaining_s: int | None
    basis: str | None
