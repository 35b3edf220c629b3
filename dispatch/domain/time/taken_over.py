"""A promise that took over earlier due times from alerts that were merged into its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, TimeUnit, due, postponed
from dispatch.domain.time.worktime import Calendar

MERGE: Final = "merge"
UNMERGE: Final = "unmerge"


@dataclass(frozen=True)
class TakenOver:
    """A due time as it was when the other alert was merged, and since when it counts.

    `by`: what extensions added since, in the unit of the promise that took it over.
    """

    since: datetime
    due_at: datetime
    by: int = 0


MergeEvent = tuple[str, datetime, str, datetime | None]  # kind, when, whose, due at
Extension = tuple[datetime, int]  # when it was granted, how much


def taken_over(
    events: Iterable[MergeEvent], extensions: Sequence[Extension] = ()
) -> Mapping[str, TakenOver]:
    """By alert, the due times that still count. What was unmerged counts no more, and what was
    extended since the merge is extended for all of them. Events in order.
    """
    counting: dict[str, TakenOver] = {}
    for kind, at, alert, due_at in events:
        if kind == MERGE and due_at is not None:
            by = sum(amount for granted, amount in extensions if granted >= at)
            counting[alert] = TakenOver(at, due_at, by)
        else:
            counting.pop(alert, None)
    return counting


def earliest(
    own: datetime | None,
    taken: Iterable[TakenOver],
    unit: TimeUnit,
    calendar: Calendar,
    pauses: Sequence[Pause],
) -> datetime | None:
    """The earliest of a promise's own due time and those that it took over; pauses move all of
    them.
    """
    others = (
        postponed(each.since, _extended(each, unit, calendar), unit, calendar, pauses)
        for each in taken
    )
    return min((each for each in (own, *others) if each is not None), default=None)


def _extended(each: TakenOver, unit: TimeUnit, calendar: Calendar) -> datetime:
    longer = due(each.due_at, Limit(each.by, unit), calendar) if each.by else None
    return longer or each.due_at


def with_pauses_ended(pauses: Iterable[Pause], now: datetime) -> list[Pause]:
    """The pauses with the open ones ended at `now`: another alert takes over a due time, not a
    pause.
    """
    return [each if each.end is not None else Pause(each.start, now) for each in pauses]
