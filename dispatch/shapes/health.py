"""Whether the server lives, and whether the city keeps its promises."""

from typing import NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.vocabulary import Day


class Alive(TypedDict):
    """The process answers."""

    ok: bool


class ReadyWarning(TypedDict):
    """What is wrong, or soon will be, and what to do. `calendar` and `last`: which calendar ends,
    on which day; `where` and `free_percent`: which disk; `percent` and `failures`: of the answers
    of the last five minutes; `seconds`: how late the relay is.
    """

    code: str
    detail: str
    calendar: NotRequired[str]
    last: NotRequired[Day]
    where: NotRequired[str]
    free_percent: NotRequired[int]
    percent: NotRequired[int]
    failures: NotRequired[int]
    seconds: NotRequired[int]


class HealthFigures(TypedDict):
    """The meters: seconds, counts, days, and a share of 0 to 1."""

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
    error_share: float
    photos_writable: int
    relay_lag_seconds: float


class NotReady(TypedDict):
    """The database says nothing: there are no figures, only what is wrong."""

    ready: bool
    warnings: list[ReadyWarning]


class Readiness(NotReady, HealthFigures):
    """`ready` while the database answers, sweeps end and due rungs fire."""
