"""The command due works out due times by a playbook's calendars, one or many."""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

import click

from dispatch.cli import language
from dispatch.domain.instants import at_clock_time
from dispatch.domain.promises import Limit, Pause
from dispatch.domain.promises import due as due_time
from dispatch.domain.worktime import Calendar, CalendarEnds
from dispatch.errors import Refused
from dispatch.rules.engine import decide
from dispatch.rules.facts import Facts
from dispatch.rules.faults import PlaybookRefused
from dispatch.rules.loading import load_folder
from dispatch.rules.playbook import Playbook
from dispatch.rules.terms import Terms
from dispatch.translations import translate

COLUMNS: Final = ("start", "limit", "category", "calendar", "pauses")
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
class Question:
    """One row as written; empty text where nothing was said."""

    start: str
    limit: str = ""
    category: str = ""
    calendar: str = ""
    pauses: str = ""


@click.command("due")
@click.option("--playbook", "folder", required=True, type=click.Path(path_type=Path))
@click.option("--start", default="", help="ISO 8601; without an offset local to the calendar.")
@click.option("--limit", default="", help='As in the playbook: "8 work_hours".')
@click.option("--category", default="", help="Its dispose promise; a code or the exact name.")
@click.option("--calendar", default="", help="Default: the category's, its lead's, the playbook's.")
@click.option("--pause", "pauses", multiple=True, metavar="FROM/TO", help="May be repeated.")
@click.option("--batch", type=click.Path(path_type=Path), help=f"CSV: {', '.join(COLUMNS)}.")
def due(
    *,
    folder: Path,
    start: str,
    limit: str,
    category: str,
    calendar: str,
    pauses: tuple[str, ...],
    batch: Path | None,
) -> None:
    """Work out due times by a playbook's calendars; needs no database.

    One: --start with --limit or --category. Many: --batch FILE.csv, whose rows come back on
    stdout with two more columns, due and error. The exit code is 1 when a row has no answer.
    """
    if bool(start) == (batch is not None):
        raise click.UsageError(translate(language(), "commands.due.one_or_many"))
    asked = Question(start, limit, category, calendar, " ".join(pauses))
    desk = Desk(_playbook(folder))
    sys.exit(_answer_one(desk, asked) if batch is None else _answer_many(desk, batch, calendar))


def _playbook(folder: Path) -> Playbook:
    try:
        return load_folder(folder)
    except PlaybookRefused as refused:
        for fault in refused.faults:
            click.echo(fault.sentence(language()), err=True)
        sys.exit(1)


def _answer_one(desk: "Desk", asked: Question) -> int:
    try:
        click.echo(desk.due(asked))
    except NoAnswer as none:
        click.echo(none.sentence(), err=True)
        return 1
    return 0


def _answer_many(desk: "Desk", file: Path, calendar: str) -> int:
    rows = _rows(file)
    header = next(rows, [])
    places: dict[str, int] = {name: header.index(name) for name in COLUMNS if name in header}
    if "start" not in places or not places.keys() & {"limit", "category"}:
        raise Refused("file_unreadable", path=file)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*header, "due", "error"])
    failed = 0
    for row in rows:
        answer, error = _answer(desk, row, places, calendar)
        failed += bool(error)
        out.writerow([*row, *[""] * (len(header) - len(row)), answer, error])
    return 1 if failed else 0


def _rows(file: Path) -> Iterator[list[str]]:
    """The rows of a CSV file without blank ones; a spreadsheet's byte order mark is none of it."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield from (row for row in csv.reader(text) if row)
    except (OSError, UnicodeDecodeError, csv.Error) as unreadable:
        raise Refused("file_unreadable", path=file) from unreadable


def _answer(
    desk: "Desk", row: Sequence[str], places: Mapping[str, int], calendar: str
) -> tuple[str, str]:
    cells = {name: row[place].strip() for name, place in places.items() if place < len(row)}
    cells["calendar"] = cells.get("calendar") or calendar
    try:
        return desk.due(Question(**{"start": "", **cells})), ""
    except NoAnswer as none:
        return "", none.sentence()


class Desk:
    """Answers questions by one playbook."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def due(self, asked: Question) -> str:
        """The due time in the calendar's zone, ISO 8601 with offset; raises NoAnswer."""
        calendar = self._calendar(asked.calendar or self.playbook.default_calendar)
        if bool(asked.limit) == bool(asked.category):
            raise NoAnswer("limit_or_category")
        if asked.limit:
            limit = _limit(asked.limit)
        else:
            terms = self._terms(asked.category, _instant(asked.start, calendar))
            limit = terms.limit
            calendar = self._calendar(asked.calendar or terms.calendar)
        return _due(_instant(asked.start, calendar), limit, calendar, asked.pauses)

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
            promises = self.playbook.by_hours(decision.lead or "", None, variant)
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
    if not slash:
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
