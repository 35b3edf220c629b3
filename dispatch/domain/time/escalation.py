"""Ladders in time: when each rung comes, and which rungs fire after an outage."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, ParamSpec, TypeVar

from dispatch.domain.time.ladders import (
    CARDS,
    REMINDER,
    After,
    Before,
    LadderRung,
    RungTime,
    Share,
)
from dispatch.domain.time.pauses import RESUME, Pause
from dispatch.domain.time.promises import Limit, budget, due, due_by_budget, earlier, used
from dispatch.domain.time.reminders import office_moment_before
from dispatch.domain.time.worktime import Calendar, CalendarEnds

_BESIDE_THE_LADDER: Final = frozenset({*CARDS, RESUME})

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class PlannedRung:
    """A rung with its time. `due_at` None: it lies beyond the calendar; plan again when the next
    year is loaded.

    `level` is its place in the ladder from 1, `turn` 0 for the first time, then its repeats.
    """

    due_at: datetime | None
    level: int
    turn: int
    action: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class RunningPromise:
    """A running promise, for planning its ladder. `seconds`: its budget where it continues an
    earlier one (rework, remainder); None: the whole limit. `hastened`: its due time was taken over
    from another alert, so shares of the limit are shares of the time until then.
    """

    start: datetime
    due: datetime
    limit: Limit
    calendar: Calendar
    pauses: Sequence[Pause] = ()
    seconds: int | None = None
    hastened: bool = False

    def shared(self) -> int:
        """The seconds of own time of which a ladder takes its shares."""
        if not self.hastened:
            return self.given()
        return used(self.start, self.due, self.limit.unit, self.calendar, self.pauses)

    def given(self) -> int:
        """The seconds of own time that the promise gives."""
        if self.seconds is not None:
            return self.seconds
        return budget(self.start, self.limit, self.calendar)


def plan_rungs(
    ladder: Sequence[LadderRung], promised: RunningPromise, *, life_safety: bool
) -> list[PlannedRung]:
    """Every rung and repeat of a ladder with its time, in the ladder's order.

    A time before the promise's start becomes the start. Life-safety does not wait for opening
    hours. A rung that waits for them and would then come after the due time comes before it, in
    office hours, or not at all; nor does a reminder repeat once the due time has come.
    """
    return [
        PlannedRung(due_at, level, turn, rung.action, rung.to)
        for level, rung in enumerate(ladder, start=1)
        for turn, due_at in _times(rung, promised, life_safety=life_safety)
    ]


def _times(
    rung: LadderRung, promised: RunningPromise, *, life_safety: bool
) -> Iterator[tuple[int, datetime | None]]:
    """Each turn of a rung that has a time, or that will have one when a calendar is loaded."""
    at = first = or_unknown(_moment, rung.at, promised)
    waits = rung.working_hours_only and not life_safety
    for turn in range(rung.repeat + 1):
        if turn and rung.every and at:
            at = or_unknown(due, at, rung.every, promised.calendar)
        if at is None or first is None:
            yield turn, None
        elif not (at >= promised.due > first and rung.action == REMINDER):
            yield from ((turn, each) for each in _comes(at, promised, turn, waits=waits))


def _comes(
    at: datetime, promised: RunningPromise, turn: int, *, waits: bool
) -> Iterator[datetime | None]:
    """When a rung comes whose moment is `at`; nothing where it would come too late."""
    opening = or_unknown(promised.calendar.next_opening, at) if waits else at
    if opening is None or opening < promised.due or at >= promised.due:
        yield opening
    elif not turn:
        terms = (promised.start, at, promised.due, promised.calendar, promised.pauses)
        earlier_moment = or_unknown(office_moment_before, *terms)
        if earlier_moment is not None:
            yield earlier_moment


def or_unknown(question: Callable[P, T], *args: P.args, **kw: P.kwargs) -> T | None:
    """The function's answer; None where it lies beyond the calendar."""
    try:
        return question(*args, **kw)
    except CalendarEnds:
        return None


def _moment(at: RungTime, promised: RunningPromise) -> datetime | None:
    match at:
        case Share(100):
            return promised.due
        case Share(percent):
            return _share(percent, promised)
        case Before(limit):
            return max(promised.start, earlier(promised.due, limit, promised.calendar))
        case After(limit):
            return due(promised.due, limit, promised.calendar, promised.pauses)


def _share(percent: int, promised: RunningPromise) -> datetime | None:
    return due_by_budget(
        promised.start,
        promised.shared() * percent // 100,
        promised.limit.unit,
        promised.calendar,
        promised.pauses,
    )


@dataclass(frozen=True)
class DueRung:
    """A rung whose time has come. `clock`: the promise it belongs to."""

    id: Hashable
    clock: Hashable
    due_at: datetime
    level: int
    turn: int
    action: str


@dataclass(frozen=True)
class RungToFire:
    """A rung that fires, and the lower ones of its clock that it overtakes."""

    rung: DueRung
    overtakes: tuple[DueRung, ...] = ()


def to_fire(due_rungs: Iterable[DueRung]) -> list[RungToFire]:
    """The rungs to fire of all that are due, oldest first.

    Of each clock only the highest rung fires, so that an outage does not send them all. Cards and
    the end of a pause are apart from the ladder: they overtake nothing and are never overtaken.
    """
    clocks: dict[Hashable, list[DueRung]] = defaultdict(list)
    for rung in sorted(due_rungs, key=lambda r: (r.due_at, r.level, r.turn)):
        clocks[rung.clock].append(rung)
    firings = [firing for rungs in clocks.values() for firing in _of_one_clock(rungs)]
    return sorted(firings, key=lambda firing: firing.rung.due_at)


def _of_one_clock(rungs: Sequence[DueRung]) -> Iterator[RungToFire]:
    ladder = [rung for rung in rungs if rung.action not in _BESIDE_THE_LADDER]
    above = {rung.id: _above(rung, ladder) for rung in ladder}
    for rung in rungs:
        if above.get(rung.id) is None:
            yield RungToFire(rung, tuple(each for each in ladder if above[each.id] is rung))


def _above(rung: DueRung, ladder: Sequence[DueRung]) -> DueRung | None:
    """The highest rung that is due later; a reminder that was put off until then overtakes nothing
    above it.
    """
    higher = [r for r in ladder if _place(r) > _place(rung) and r.due_at > rung.due_at]
    return max(higher, key=_place, default=None)


def _place(rung: DueRung) -> tuple[int, int]:
    return rung.level, rung.turn
