"""due: work out due times by a playbook's calendars, one or many."""

import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from dispatch.cli import language
from dispatch.cli.csv_rows import numbered_rows, refuse_double_columns
from dispatch.cli.due_answers import DueAnswers, DueQuestion, NoAnswer
from dispatch.cli.playbook_sources import speak, words_as_written
from dispatch.errors import Refused
from dispatch.rules.book.loading import load, read_folder
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.telling.city_words import city_words
from dispatch.translations import translate

COLUMNS: Final = ("start", "limit", "category", "calendar", "pauses")


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
    of_one = (start, limit, category, *pauses)  # a file has columns for these
    if any(of_one) == (batch is not None) or (batch is None and not start):
        raise click.UsageError(translate(language(), "commands.due.one_or_many"))
    question = DueQuestion(start, limit, category, calendar, " ".join(pauses))
    answers = DueAnswers(_playbook(click.get_current_context(), folder))
    sys.exit(
        _answer_one(answers, question) if batch is None else _answer_many(answers, batch, calendar)
    )


def _playbook(ctx: click.Context, folder: Path) -> Playbook:
    """From then on the command speaks its words."""
    files: Mapping[str, bytes] = {}
    try:
        files = read_folder(folder)
        book = load(files)
    except PlaybookRefused as refused:
        speak(ctx, words_as_written(files))
        for fault in refused.faults:
            click.echo(fault.sentence(language()), err=True)
        sys.exit(1)
    speak(ctx, city_words(book))
    return book


def _answer_one(answers: DueAnswers, question: DueQuestion) -> int:
    try:
        click.echo(answers.due(question))
    except NoAnswer as none:
        click.echo(none.sentence(), err=True)
        return 1
    return 0


def _answer_many(answers: DueAnswers, file: Path, calendar: str) -> int:
    rows = (row for _, row in numbered_rows(file))
    header = next(rows, [])
    refuse_double_columns(header, file)
    places = _places(header, file)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*header, "due", "error"])
    failed = 0
    for row in rows:
        answer, error = _answer(answers, row, places, calendar)
        if len(row) > len(header):  # most often a comma that nobody quoted: nothing is where it was
            answer, error = "", NoAnswer("too_many_cells", most=len(header)).sentence()
        failed += bool(error)
        out.writerow([*row, *[""] * (len(header) - len(row)), answer, error])
    return 1 if failed else 0


def _places(header: Sequence[str], file: Path) -> Mapping[str, int]:
    """Where the columns stand that we read; raises Refused where none can be answered."""
    names = [name.strip().lower() for name in header]
    places: dict[str, int] = {name: names.index(name) for name in COLUMNS if name in names}
    if "start" not in places or not places.keys() & {"limit", "category"}:
        raise Refused("no_questions", path=file, has=", ".join(header) or "–")
    return places


def _answer(
    answers: DueAnswers, row: Sequence[str], places: Mapping[str, int], calendar: str
) -> tuple[str, str]:
    cells = {name: row[place].strip() for name, place in places.items() if place < len(row)}
    cells["calendar"] = cells.get("calendar") or calendar
    try:
        return answers.due(DueQuestion(**{"start": "", **cells})), ""
    except NoAnswer as none:
        return "", none.sentence()
