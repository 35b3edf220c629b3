"""The limits that differ between two playbooks, and which of them let somebody wait longer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from dispatch.domain.time.promises import due
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import Terms, terms_as_text
from dispatch.rules.proving.sample_week import EACH_HOUR

# So long before a calendar ends a week is tried: longer than limits are.
_BEFORE_THE_END: Final = timedelta(days=60)

LimitChange = tuple[str, tuple[str | None, str | None], bool]


def changed_limits(before: Playbook, after: Playbook) -> Iterator[LimitChange]:
    """`E0113 danger dispose`: by category, variant and clock, the text before and after, and
    whether it may end later. A promise that goes is longer than any.
    """
    old, new = _limits(before), _limits(after)
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        told = tuple(terms_as_text(each) if each else None for each in (was, now))
        if told[0] != told[1]:
            yield name, (told[0], told[1]), _is_longer(was, now, before, after)


def _limits(playbook: Playbook) -> dict[str, Terms]:
    return {
        f"{code} {limits.code or number} {clock}": terms
        for code, category in playbook.categories.items()
        for number, limits in enumerate(category.limits)
        for clock, terms in limits.promises.items()
    }


def _is_longer(was: Terms | None, now: Terms | None, before: Playbook, after: Playbook) -> bool:
    if was is None or now is None:
        return now is None
    return any(
        _end(now, start, after) > _end(was, start, before) for start in _starts_in(before, was)
    )


def _starts_in(book: Playbook, terms: Terms) -> tuple[datetime, ...]:
    """Instants that the calendar knows: a week in the middle of its last year."""
    plan = book.calendars[terms.calendar].plan
    last = datetime(plan.last.year, plan.last.month, plan.last.day, tzinfo=UTC)
    shift = min(timedelta(0), last - _BEFORE_THE_END - EACH_HOUR[-1])
    return tuple(start + shift for start in EACH_HOUR)


def _end(terms: Terms, start: datetime, book: Playbook) -> datetime:
    try:
        found = due(start, terms.limit, book.calendars[terms.calendar])
    except CalendarEnds:
        found = None
    return found or datetime.max.replace(tzinfo=UTC)
