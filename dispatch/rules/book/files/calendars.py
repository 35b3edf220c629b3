"""Reads calendars.yaml: office hours, holidays and make-up working days."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from typing import Final, Literal, cast

from dispatch.domain.time.office_hours import CalendarPlan, ImpossibleCalendarError, Segment
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.language.clock_times import WEEKDAYS, as_date, as_segment, as_timezone
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.said import remark_blank
from dispatch.rules.language.values import Section, as_list, entries

WORK_DAYS: Final = ("close_of_day", "same_time")
_NEEDS: Final = ("version", "week", "first", "last")
_MAY: Final = (
    *("timezone", "holidays", "working_days", "makeup_hours", "work_day", "source"),
    "open_on_holidays",
)
_DAY_LENGTH: Final = len("2026-12-31")
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)

Plans = Mapping[str, CalendarPlan]
Week = Mapping[int, tuple[Segment, ...]]


def read_calendars(
    root: Node, faults: PlaybookFaults, timezone: str
) -> tuple[Mapping[str, Calendar], str]:
    """The compiled calendars, and the name of the one that counts where nothing is said."""
    section = Section(root, faults, ("default", "calendars"), ("years",))
    years = list(entries(section.get("years"), faults))
    written = dict(entries(section.get("calendars"), faults))
    read = {name: _plan(name, body, faults, timezone) for name, body in written.items()}
    plans: Plans = {name: plan for name, plan in read.items() if plan}
    plans = reduce(partial(_with_year, faults), years, plans)
    calendars = {name: Calendar(plan) for name, plan in plans.items()}
    return calendars, section.reference("default", written, "calendar") or ""


def calendar_names(root: Node) -> tuple[str, ...]:
    """The names of the calendars, before these are read: other files may refer to them."""
    calendars = dict(root.items()).get("calendars")
    return tuple(calendars.value) if calendars and isinstance(calendars.value, dict) else ()


def _plan(name: str, node: Node, faults: PlaybookFaults, timezone: str) -> CalendarPlan | None:
    before = len(faults.found)
    section = Section(node, faults, _NEEDS, _MAY)
    section.text("source")
    work_day = section.choice("work_day", WORK_DAYS, "work_day", "close_of_day")
    if work_day not in WORK_DAYS:
        return None
    week = section.needed("week", _week)
    makeup = section.read("working_days", _days, frozenset())
    _remark_empty(section, week, makeup)
    try:
        return CalendarPlan(
            name=name,
            version=section.text("version"),
            timezone=section.read("timezone", as_timezone, timezone),
            week=week,
            first=section.needed("first", as_date),
            last=section.needed("last", as_date),
            holidays=section.read("holidays", _days, frozenset()),
            working_days=makeup,
            makeup_hours=section.read("makeup_hours", _segments, ()) or None,
            work_day=cast("Literal['close_of_day', 'same_time']", work_day),
            open_on_holidays=section.flag("open_on_holidays"),
        )
    except ImpossibleCalendarError as wrong:
        if len(faults.found) == before:  # else it follows from what was told already
            faults.add(node, "impossible_calendar", reason=wrong.code, seen=wrong.seen)
        return None


def _remark_empty(section: Section, week: Week, makeup: frozenset[date]) -> None:
    """Weeks without an hour, and make-up days on which the office is open anyway."""
    faults, written, listed = section.faults, section.get("week"), section.get("working_days")
    if written is not None and isinstance(written.value, dict) and not any(week.values()):
        faults.remark(written, "no_office_hours")
    idle = sorted(day for day in makeup if week.get(day.weekday()))
    if listed is not None and idle and len(week) < len(WEEKDAYS):
        faults.remark(listed, "makeup_on_working_day", seen=", ".join(map(str, idle)))


def _with_year(faults: PlaybookFaults, plans: Plans, notice: tuple[str, Node]) -> Plans:
    """The plans with the days off of one more year, as a notice orders them for all calendars.

    Those that were written out to the end of that year keep the days that they have.
    """
    year, node = notice
    off, makeup = read_notice(node, faults)
    end = date(int(year), 12, 31) if _YEAR.fullmatch(year) else date.max
    before, december = date(end.year - 1, 12, 31), date(end.year - 1, 12, 1)
    waiting = {name: plan for name, plan in plans.items() if plan.last < end}
    strange = [plan.last for plan in waiting.values() if plan.last != before]
    if strange or not waiting:
        faults.add(node, "not_next_year", seen=year, last=strange[0] if strange else end)
        return plans
    _remark_idle_days(makeup, node, plans, faults)
    # A notice speaks of its year, and of the days before it: 2022-12-31 was off for 2023.
    if foreign := sorted(day for day in off | makeup if not december <= day <= end):
        at = _where_written(foreign[0].isoformat(), node)
        faults.add(at, "not_of_year", seen=", ".join(map(str, foreign)), year=year)
        return plans
    try:
        longer = {name: _longer(plan, end, off, makeup) for name, plan in waiting.items()}
    except ImpossibleCalendarError as wrong:
        at = _where_written(str(wrong.seen)[:_DAY_LENGTH], node)
        faults.add(at, "impossible_calendar", reason=wrong.code, seen=wrong.seen)
        return plans
    return {**plans, **longer}


def _where_written(day: str, notice: Node) -> Node:
    """Where a notice names the day; the notice itself where it does not."""
    lists = (listed.value for _, listed in notice.items() if isinstance(listed.value, list))
    named = (item for items in lists for item in items if str(item.value) == day)
    return next(named, notice)


def _remark_idle_days(
    makeup: frozenset[date], node: Node, plans: Plans, faults: PlaybookFaults
) -> None:
    """A make-up day on which every office is open anyway makes up for nothing: a wrong date."""
    weeks = [plan.week for plan in plans.values() if not plan.open_on_holidays]
    idle = sorted(day for day in makeup if weeks and all(day.weekday() in week for week in weeks))
    if idle:
        listed = dict(node.items()).get("working_days", node)
        faults.remark(listed, "makeup_on_working_day", seen=", ".join(map(str, idle)))


def read_notice(node: Node, faults: PlaybookFaults) -> tuple[frozenset[date], frozenset[date]]:
    """The days off and the make-up working days of one year's notice."""
    section = Section(node, faults, ("source", "holidays", "working_days"))
    if (source := section.get("source")) is not None:
        section.text("source")
        remark_blank(source, faults)
    off, makeup = (section.needed(key, _days) for key in ("holidays", "working_days"))
    if not (off or makeup) and "holidays" in section:
        faults.remark(node, "notice_without_days")
    return off, makeup


def _longer(
    plan: CalendarPlan, last: date, off: frozenset[date], makeup: frozenset[date]
) -> CalendarPlan:
    if plan.open_on_holidays:
        return replace(plan, last=last)
    return replace(
        plan,
        last=last,
        holidays=plan.holidays | off,
        working_days=plan.working_days | makeup,
    )


def _week(node: Node, faults: PlaybookFaults) -> dict[int, tuple[Segment, ...]]:
    section = Section(node, faults, may=WEEKDAYS)
    return {
        number: section.read(day, _segments, ())
        for number, day in enumerate(WEEKDAYS)
        if day in section
    }


def _segments(node: Node, faults: PlaybookFaults) -> tuple[Segment, ...]:
    return tuple(as_segment(item, faults) for item in as_list(node, faults))


def _days(node: Node, faults: PlaybookFaults) -> frozenset[date]:
    return frozenset(as_date(item, faults) for item in as_list(node, faults))
