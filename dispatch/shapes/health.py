"""Whether the server lives, and whether the city keeps its promises."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.vocabulary import Day


class Alive(TypedDict):
    """The process answers."""

    ok: bool


class ReadyWarning(TypedDict):
    """What is wrong, or soon will be. `calendar` and `last`: which calendar ends, on which day."""

    code: str
    calendar: NotRequired[str]
    last: NotRequired[Day]


class HealthFigures(TypedDict):
    """The meters: seconds, counts and days."""

    rung_late_seconds: float
    notice_late_seconds: float
    notice_untaken_seconds: float
    rungs_failing: int
    rungs_set_aside: int
    notices_set_aside: int
    promises_undated: int
    notices_held: int
    backup_age_seconds: float
    sweep_age_seconds: float
    calendar_days: int


class NotReady(TypedDict):
    """The database says nothing: there are no figures."""

    ready: bool
    warnings: list[ReadyWarning]


class Readiness(NotReady, HealthFigures):
    """`ready` while the database answers, sweeps end and due rungs fire."""
