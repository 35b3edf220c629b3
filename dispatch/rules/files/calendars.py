"""What does calendars.yaml say? Office hours, holidays and make-up working days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from typing import Final, Literal, cast

from dispatch.domain.office_hours import CalendarPlan, ImpossibleCalendarError, Segment
from dispatch.domain.worktime import Calendar
from dispatch.rules.faults import Faults
from dispatch.rules.files.district import as_timezone
from dispatch.rules.nodes import Node
from dispatch.rules.shape import Section, as_list, entries
from dispatch.rules.spans import WEEKDAYS, as_date, as_segment

WORK_DAYS: Final = ("close_of_day", "same_time")
_NEEDS: Final = ("version", "week", "first", "last")
_MAY: Final = ("timezone", "holidays", "working_days", "makeup_hours", "work_day", "source")
_NO_DAY: Final = date(2000, 1, 1)


def read_calendars(root: Node, faults: Faults, timezone: str) -> tuple[Mapping[str, Calendar], str]:
    """The compiled calendars, and the name of the one that counts where nothing is said."""
    section = Section(root, faults, ("default", "calendars"), ("years",))
    years = list(entries(section.get("years"), faults))
    calendars: dict[str, Calendar] = {}
    written = dict(entries(section.get("calendars"), faults))
    for name, body in written.items():
        if plan := _plan(name, body, faults, timezone):
            extended = reduce(partial(_with_year, faults), years, plan)
            calendars[name] = Calendar(extended)
    return calendars, section.reference("default", written, "calendar") or ""


def _plan(name: str, node: Node, faults: Faults, timezone: str) -> CalendarPlan | None:
    before = len(faults.found)
    section = Section(node, faults, _NEEDS, _MAY)
    section.text("source")
    work_day = section.choice("work_day", WORK_DAYS, "work_day", "close_of_day")
    if work_day not in WORK_DAYS:
        return None
    try:
        return CalendarPlan(
            name=name,
            version=section.text("version"),
            timezone=section.read("timezone", as_timezone, timezone),
            week=section.read("week", _week, {}),
            first=section.read("first", as_date, _NO_DAY),
            last=section.read("last", as_date, _NO_DAY),
            holidays=section.read("holidays", _days, frozenset()),
            working_days=section.read("working_days", _days, frozenset()),
            makeup_hours=section.read("makeup_hours", _segments, ()) or None,
            work_day=cast("Literal['close_of_day', 'same_time']", work_day),
        )
    except ImpossibleCalendarError as wrong:
        if len(faults.found) == before:  # else it follows from what was told already
            faults.add(node, "impossible_calendar", reason=wrong.code, seen=wrong.seen)
        return None


def _with_year(faults: Faults, plan: CalendarPlan, notice: tuple[str, Node]) -> CalendarPlan:
    """The plan with the days off of one more year, as a notice orders them for all calendars."""
    year, node = notice
    section = Section(node, faults, ("source", "holidays", "working_days"))
    section.text("source")
    holidays = section.read("holidays", _days, frozenset())
    makeup = section.read("working_days", _days, frozenset())
    last = plan.last.year + 1
    if year != str(last) or (plan.last.month, plan.last.day) != (12, 31):
        faults.add(node, "not_next_year", seen=year, last=plan.last)
        return plan
    try:
        return replace(
            plan,
            last=date(last, 12, 31),
            holidays=plan.holidays | holidays,
            working_days=plan.working_days | makeup,
        )
    except ImpossibleCalendarError as wrong:
        faults.add(node, "impossible_calendar", reason=wrong.code, seen=wrong.seen)
        return plan


def _week(node: Node, faults: Faults) -> dict[int, tuple[Segment, ...]]:
    section = Section(node, faults, may=WEEKDAYS)
    return {
        number: section.read(day, _segments, ())
        for number, day in enumerate(WEEKDAYS)
        if day in section
    }


def _segments(node: Node, faults: Faults) -> tuple[Segment, ...]:
    return tuple(as_segment(item, faults) for item in as_list(node, faults))


def _days(node: Node, faults: Faults) -> frozenset[date]:
    return frozenset(as_date(item, faults) for item in as_list(node, faults))
