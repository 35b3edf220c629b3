"""Reads clock times, dates, limits and time zones as a playbook writes them."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.time.promises import Limit
from dispatch.rules.language.faults import PlaybookFaults, straight
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.unlisted import tell_joined
from dispatch.rules.language.values import as_text

MINUTES_A_DAY: Final = 1440
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)")
_NO_DAY: Final = date(2000, 1, 1)
_LEAP_YEAR: Final = 2000
DAYS_OF_A_LEAP_YEAR: Final = 366
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

# Ten years, by 250 days of eight hours where offices count.
_MOST: Final = {
    "minutes": 10 * 366 * 1440,
    "hours": 10 * 366 * 24,
    "days": 10 * 366,
    "work_hours": 10 * 250 * 8,
    "work_days": 10 * 250,
}


def as_clock_span(node: Node, faults: PlaybookFaults) -> tuple[int, int]:
    """Start minute and length in minutes of "09:00-12:00"; "22:00-06:00" runs over midnight."""
    span = clock_span(as_text(node, faults))
    if span is None and not tell_joined(node, faults, node.value):
        faults.add(node, "not_clock_span", seen=node.value)
    return span or (0, 0)


def clock_span(written: str) -> tuple[int, int] | None:
    """As `as_clock_span`, of a text; None where it is no span."""
    match = _SPAN.fullmatch(written)
    if match is None:
        return None
    hours = [int(part) for part in match.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start == end or max(start, end) > MINUTES_A_DAY:
        return None
    return start, (end - start) % MINUTES_A_DAY or MINUTES_A_DAY


def minutes_of(spans: Iterable[tuple[int, int]]) -> set[int]:
    """The minutes of a day in any of the spans."""
    return {(start + each) % MINUTES_A_DAY for start, length in spans for each in range(length)}


MonthDay = tuple[int, int]


def days_of_season(first: MonthDay, last: MonthDay) -> set[MonthDay]:
    """The days of a leap year from one to the other, over New Year too."""
    days = ((month, day) for month in range(1, 13) for day in range(1, _days_in(month) + 1))
    if first <= last:
        return {each for each in days if first <= each <= last}
    return {each for each in days if each >= first or each <= last}


def _days_in(month: int) -> int:
    return monthrange(_LEAP_YEAR, month)[1]


def as_segment(node: Node, faults: PlaybookFaults) -> tuple[int, int]:
    """Opening and closing minute; a night shift closes after 1440."""
    start, length = as_clock_span(node, faults)
    return start, start + length


def as_date(node: Node, faults: PlaybookFaults) -> date:
    try:
        return date.fromisoformat(as_text(node, faults))
    except ValueError:
        if not tell_joined(node, faults, node.value):
            faults.add(node, "not_date", seen=node.value)
        return _NO_DAY


def as_month_day(node: Node, faults: PlaybookFaults) -> tuple[int, int]:
    """Month and day of "05-15"; 02-29 is allowed, a day that no year has is remarked."""
    match = _MONTH_DAY.fullmatch(as_text(node, faults))
    if match is None:
        faults.add(node, "not_month_day", seen=node.value)
        return 1, 1
    month, day = int(match[1]), int(match[2])
    if day > _days_in(month):
        faults.remark(node, "no_such_day", seen=node.value)
    return month, day


def as_limit(node: Node, faults: PlaybookFaults) -> Limit:
    """`8 work_hours`, `30 minutes`, `2 days`: a number and one of the units of time."""
    try:
        limit = Limit.parse(as_text(node, faults))
    except ValueError:
        plain = straight(str(node.value))
        near = {"hint": plain} if plain != str(node.value) else {}
        faults.add(node, "not_limit", seen=node.value, **near)
        return Limit(1, "days")
    remark_long(node, faults, limit)
    return limit


def remark_long(node: Node, faults: PlaybookFaults, limit: Limit) -> None:
    """A time of which no calendar knows the end."""
    if limit.value > _MOST[limit.unit]:
        most = Limit(_MOST[limit.unit], limit.unit)
        faults.remark(node, "limit_too_long", seen=limit, most=most)


def as_timezone(node: Node, faults: PlaybookFaults) -> str:
    name = as_text(node, faults)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        faults.add(node, "unknown_timezone", seen=name)
        return "UTC"
    return name if name == (plain := _known_everywhere(name)) else _foreign(node, faults, plain)


# Files beside those of the zones, on many machines; no browser knows such a zone.
_OF_MACHINES: Final = ("localtime", "posixrules", "Factory")
_VARIANTS: Final = re.compile("(?:posix|right)/")


def _known_everywhere(name: str) -> str:
    """The zone as browsers know it; empty for what is none."""
    plain = _VARIANTS.sub("", name, count=1) if _VARIANTS.match(name) else name
    return "" if plain in _OF_MACHINES else plain


def _foreign(node: Node, faults: PlaybookFaults, plain: str) -> str:
    """What stands for it in a version that is in use already."""
    near = {"hint": plain} if plain else {}
    faults.remark(node, "timezone_of_machine", seen=node.value, **near)
    return plain or "UTC"
