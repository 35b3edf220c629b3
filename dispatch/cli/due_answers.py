"""Due times by one playbook: a question with a limit or a category in, an instant out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from dispatch.cli import language
from dispatch.domain.time.instants import at_clock_time
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.promises import due as due_time
from dispatch.domain.time.worktime import Calendar, CalendarEnds
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import Terms
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.translations import translate

CLOCK: Final = "dispose"


class NoAnswer(Exception):  # noqa: N818 - told in the row, not a fault of ours
    """A question that has no due time; `code` is its sentence in commands.due."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def sentence(self) -> str:
        return translate(language(), f"commands.due.{self.code}", **self.params)


@dataclass(frozen=True)
class DueQuestion:
    """One row as written; empty text where nothing was said."""

    start: str
    limit: str = ""
    category: str = ""
    calendar: str = ""
    pauses: str = ""


class DueAnswers:
    """Answers questions by one playbook."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def due(self, question: DueQuestion) -> str:
        """The due time in the calendar's zone, ISO 8601 with offset; raises NoAnswer."""
        calendar = self._calendar(question.calendar or self.playbook.default_calendar)
        if bool(question.limit) == bool(question.category):
            raise NoAnswer("limit_or_category")
        if question.limit:
            limit = _limit(question.limit)
        else:
            terms = self._terms(question.category, _instant(question.start, calendar))
            limit = terms.limit
            calendar = self._calendar(question.calendar or terms.calendar)
        return _due(_instant(question.start, calendar), limit, calendar, question.pauses)

    def _calendar(self, name: str) -> Calendar:
        if name not in self.playbook.calendars:
            known = ", ".join(self.playbook.calendars)
            raise NoAnswer("unknown_calendar", calendar=name, known=known)
        return self.playbook.calendars[name]

    def _terms(self, category: str, start: datetime) -> Terms:
        """The dispose promise that a report of this category gets when nothing else is known."""
        code = self._code(category)
        category, variant = self._variants.get(code, (code, None))
        decision = decide(self.playbook, Facts(category=category, reported_at=start))
        promises = decision.promises
        if variant is not None:
            promises = self.playbook.by_hours(decision.lead, None, variant)
        if CLOCK not in promises:
            raise NoAnswer("no_promise", category=code)
        return promises[CLOCK]

    def _code(self, category: str) -> str:
        if category in self.playbook.categories or category in self._variants:
            return category
        codes = self._codes_by_name.get(_folded(category), set())
        if not codes:
            raise NoAnswer("unknown_category", category=category)
        if len(codes) > 1:
            raise NoAnswer("ambiguous", category=category, codes=", ".join(sorted(codes)))
        return next(iter(codes))

    @cached_property
    def _codes_by_name(self) -> Mapping[str, set[str]]:
        codes = defaultdict(set)
        for category in self.playbook.categories.values():
            for label in category.label.values():
                codes[_folded(label)].add(category.code)
        return codes

    @cached_property
    def _variants(self) -> Mapping[str, tuple[str, Mapping[str, Terms]]]:
        """Category and promises by the catalogue's own numbers for variants of a category."""
        return {
            limits.code: (category.code, limits.promises)
            for category in self.playbook.categories.values()
            for limits in category.limits
            if limits.code and limits.code not in self.playbook.categories
        }


def _folded(name: str) -> str:
    return " ".join(name.split())


def _limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except ValueError:
        raise NoAnswer("not_a_limit", limit=text) from None


def _instant(text: str, calendar: Calendar) -> datetime:
    try:
        written = datetime.fromisoformat(text)
        if written.tzinfo is None:
            return at_clock_time(written, calendar.zone)
        return written.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NoAnswer("not_a_time", text=text) from None


def _pause(text: str, calendar: Calendar) -> Pause:
    begin, slash, end = text.partition("/")
    if not slash or not begin:
        raise NoAnswer("not_a_pause", text=text)
    try:
        return Pause(_instant(begin, calendar), _instant(end, calendar) if end else None)
    except ValueError:
        raise NoAnswer("not_a_pause", text=text) from None


def _due(start: datetime, limit: Limit, calendar: Calendar, pauses: str) -> str:
    try:
        at = due_time(start, limit, calendar, [_pause(each, calendar) for each in pauses.split()])
    except CalendarEnds as ends:
        raise NoAnswer("calendar_ends", calendar=ends.calendar, last=ends.last) from None
    except OverflowError:
        raise NoAnswer("not_a_limit", limit=limit) from None
    if at is None:
        raise NoAnswer("paused")
    return at.astimezone(calendar.zone).isoformat()
