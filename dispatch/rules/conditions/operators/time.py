"""Conditions about the time of the report, by the district's clock and default calendar."""

from dataclasses import replace
from datetime import date
from typing import Final

from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.operators.table import (
    TOGETHER,
    Vocabulary,
    flag_fact,
    operator,
    refuse_empty,
    worded,
)
from dispatch.rules.conditions.tree import Condition, Leaf
from dispatch.rules.language.clock_times import (
    DAYS_OF_A_LEAP_YEAR,
    MINUTES_A_DAY,
    WEEKDAYS,
    as_clock_span,
    as_date,
    as_month_day,
    clock_span,
    days_of_season,
    minutes_of,
)
from dispatch.rules.language.json_schema import (
    CLOCK_SPANS,
    DATE,
    FLAG,
    TEXT,
    enum_of,
    section,
    several,
)
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_list, some_of


def _remark_if(node: Node, vocabulary: Vocabulary, always: bool) -> None:  # noqa: FBT001
    """A time that is always says nothing."""
    if always:
        vocabulary.faults.remark(node, "always_holds")


DAYS: Final = ("working", "off", "holiday", "weekend", "make_up")


@operator(CLOCK_SPANS)
def time_of_day(node: Node, vocabulary: Vocabulary) -> Condition:
    """Local clock time of the report: "22:00-06:00" runs over midnight; the end is outside."""
    spans = [as_clock_span(item, vocabulary.faults) for item in as_list(node, vocabulary.faults)]
    refuse_empty(node, vocabulary.faults)
    _remark_if(node, vocabulary, len(minutes_of(spans)) == MINUTES_A_DAY)

    def holds(about: Circumstances) -> bool:
        minute = about.local.hour * 60 + about.local.minute
        return any((minute - start) % MINUTES_A_DAY < length for start, length in spans)

    def see(about: Circumstances) -> str:
        return about.local.strftime("%H:%M")

    return Leaf("time_of_day", node.plain(), see, holds, node)


@operator(several(enum_of(WEEKDAYS)), values=worded("playbook.weekday", WEEKDAYS))
def weekday(node: Node, vocabulary: Vocabulary) -> Condition:
    """Local weekday of the report: mon, tue, …"""
    wanted = some_of(node, vocabulary.faults, WEEKDAYS, "weekday")
    _remark_if(node, vocabulary, wanted.issuperset(WEEKDAYS))

    def see(about: Circumstances) -> str:
        return WEEKDAYS[about.local.weekday()]

    return Leaf("weekday", sorted(wanted), see, lambda about: see(about) in wanted, node, wanted)


def _of_the_night(days: Leaf, times: Leaf) -> Leaf:
    """`weekday: fri` beside 22:00-06:00 is the night that begins on Friday, as in calendars."""
    written = times.wanted if isinstance(times.wanted, list) else [times.wanted]
    spans = [span for each in written if (span := clock_span(str(each)))]
    if all(start + length <= MINUTES_A_DAY for start, length in spans):
        return days

    def begun(about: Circumstances) -> list[str]:
        """The days on which those spans began in which the report came."""
        minute, today = about.local.hour * 60 + about.local.minute, about.local.weekday()
        found = [
            WEEKDAYS[(today - (minute < start)) % 7]
            for start, length in spans
            if (minute - start) % MINUTES_A_DAY < length
        ]
        return found or [WEEKDAYS[today]]

    wanted = frozenset(map(str, days.wanted if isinstance(days.wanted, list) else ()))
    return replace(
        days,
        see=lambda about: begun(about)[0],
        holds=lambda about: not wanted.isdisjoint(begun(about)),
        accepts=None,
    )


TOGETHER["weekday", "time_of_day"] = _of_the_night


@operator(several(enum_of(DAYS)), values=worded("playbook.day", DAYS))
def day(node: Node, vocabulary: Vocabulary) -> Condition:
    """The kind of day in the default calendar; a make-up day is a working day too."""
    wanted = some_of(node, vocabulary.faults, DAYS, "day")
    _remark_if(node, vocabulary, wanted.issuperset(("working", "off")))

    def see(about: Circumstances) -> list[str]:
        return _kinds_of_day(vocabulary.calendar, about.local.date())

    def holds(about: Circumstances) -> bool:
        return not wanted.isdisjoint(see(about))

    return Leaf("day", sorted(wanted), see, holds, node)


def _kinds_of_day(plan: CalendarPlan | None, today: date) -> list[str]:
    if plan is None or not plan.first <= today <= plan.last:
        return []
    tests = {
        "working": bool(plan.segments(today)),
        "off": not plan.segments(today),
        "holiday": today in plan.holidays,
        "make_up": today in plan.working_days,
        "weekend": today.weekday() >= 5,
    }
    return [kind for kind, applies in tests.items() if applies]


@operator(FLAG)
def office_hours(node: Node, vocabulary: Vocabulary) -> Condition:
    """Whether the default calendar's offices are open."""

    def see(about: Circumstances) -> bool:
        if (plan := vocabulary.calendar) is None:
            return False
        minute = about.local.hour * 60 + about.local.minute
        segments = plan.segments(about.local.date())
        return any(start <= minute < end for start, end in segments)

    return flag_fact(node, vocabulary, "office_hours", see)


@operator(section(may={"from": DATE, "to": DATE}))
def dates(node: Node, vocabulary: Vocabulary) -> Condition:
    """Local date of the report, both ends included."""
    section = Section(node, vocabulary.faults, may=("from", "to"))
    first = section.read("from", as_date, date.min)
    last = section.read("to", as_date, date.max)
    _remark_if(node, vocabulary, "from" not in section and "to" not in section)
    if first > last:
        vocabulary.faults.add(node, "empty_interval", low=first, high=last)

    def see(about: Circumstances) -> str:
        return about.local.date().isoformat()

    def holds(about: Circumstances) -> bool:
        return first <= about.local.date() <= last

    return Leaf("dates", node.plain(), see, holds, node)


@operator(section({"from": TEXT, "to": TEXT}))
def season(node: Node, vocabulary: Vocabulary) -> Condition:
    """A part of every year, as "05-15" to "10-15", both included; over New Year too."""
    section = Section(node, vocabulary.faults, needs=("from", "to"))
    first = section.needed("from", as_month_day)
    last = section.needed("to", as_month_day)
    _remark_if(node, vocabulary, len(days_of_season(first, last)) == DAYS_OF_A_LEAP_YEAR)

    def holds(about: Circumstances) -> bool:
        today = (about.local.month, about.local.day)
        return first <= today <= last if first <= last else today >= first or today <= last

    def see(about: Circumstances) -> str:
        return about.local.strftime("%m-%d")

    return Leaf("season", node.plain(), see, holds, node)
