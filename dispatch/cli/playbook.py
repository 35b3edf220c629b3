"""playbook check | test | explain: is it sound, does it pass its cases, why does it decide so?"""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dispatch import clock
from dispatch.cli import language
from dispatch.rules.cases import run_cases
from dispatch.rules.checks import check, check_playbook
from dispatch.rules.engine import decide
from dispatch.rules.explain import sentences
from dispatch.rules.facts import Answer, Facts
from dispatch.rules.faults import PlaybookFault, PlaybookRefused
from dispatch.rules.loading import load, read_folder
from dispatch.rules.playbook import Category, Playbook
from dispatch.translations import translate

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def playbook() -> None:
    """Check, test and explain a playbook: a folder of YAML files and one of polygons."""


@playbook.command("check")
@click.argument("path", type=FOLDER)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", default=None, help="zh or en; the terminal's by default.")
@click.pass_context
def check_command(
    ctx: click.Context, path: Path, shape: str, lang: str | None, *, strict: bool
) -> None:
    """Read every file and tell all faults at once. Exit code 1 where there are errors."""
    faults = check(read_folder(path), clock.now().date())
    errors = [fault for fault in faults if fault.level == "error"]
    if shape == "json":
        click.echo(json.dumps([_as_json(fault, _tongue(lang)) for fault in faults], indent=1))
    else:
        _print(faults, len(errors), _tongue(lang))
    ctx.exit(1 if errors or (strict and faults) else 0)


@playbook.command("test")
@click.argument("path", type=FOLDER)
@click.option("--lang", default=None, help="zh or en; the terminal's by default.")
@click.pass_context
def test_command(ctx: click.Context, path: Path, lang: str | None) -> None:
    """Run the playbook's cases. Exit code 1 where one fails."""
    tongue = _tongue(lang)
    book = _loaded(ctx, path, tongue)
    failed = [fault for fault in check_playbook(book, clock.now().date()) if _is_case(fault)]
    for fault in failed:
        click.echo(fault.sentence(tongue), err=True)
    count, wrong = len(book.cases), len({failure.case.source for failure in run_cases(book)})
    key = "playbook.cases_failed" if wrong else "playbook.cases_passed"
    words = {"count": count, "failed": wrong} if wrong else {"count": count}
    click.echo(translate(tongue, key, **words))
    ctx.exit(1 if wrong else 0)


@playbook.command("explain")
@click.argument("path", type=FOLDER)
@click.option("--category", required=True, help="The category's code.")
@click.option("--answer", "answers", multiple=True, metavar="NAME=VALUE")
@click.option("--text", default="", help="The description.")
@click.option("--at", default=None, help="Local time of the report, as 2026-11-23T10:00.")
@click.option("--position", nargs=2, type=float, default=None, metavar="LON LAT")
@click.option("--street", default=None, help="The street's id, where there is no position.")
@click.option("--about-unit", default=None, help="The unit a complaint is about.")
@click.option("--lang", default=None, help="zh or en; the terminal's by default.")
@click.pass_context
def explain_command(  # noqa: PLR0913, PLR0917 - one argument for each fact that people ask about
    ctx: click.Context,
    path: Path,
    category: str,
    answers: tuple[str, ...],
    text: str,
    at: str | None,
    position: tuple[float, float] | None,
    street: str | None,
    about_unit: str | None,
    lang: str | None,
) -> None:
    """Say who would lead, until when, and what every rule made of it."""
    book = _loaded(ctx, path, _tongue(lang))
    if category not in book.categories:
        raise click.BadParameter(category, param_hint="--category")
    place = book.places.resolve(*position) if position else None
    facts = Facts(
        category=category,
        reported_at=_instant(at, book),
        text=text,
        answers=_answers(answers, book.categories[category]),
        street=place.street if place else street,
        community=place.community if place else None,
        grid=place.grid if place else None,
        zones=place.zones if place else frozenset(),
        lon=position[0] if position else None,
        lat=position[1] if position else None,
        about_unit=about_unit,
    )
    for line in sentences(decide(book, facts), book, _tongue(lang)):
        click.echo(line)


def _loaded(ctx: click.Context, path: Path, tongue: str) -> Playbook:
    try:
        return load(read_folder(path))
    except PlaybookRefused as refused:
        _print(list(refused.faults), len(refused.faults), tongue)
        ctx.exit(1)


def _print(faults: list[PlaybookFault], errors: int, tongue: str) -> None:
    for fault in faults:
        prefix = translate(tongue, "playbook.warning") if fault.level == "warning" else ""
        click.echo(prefix + fault.sentence(tongue), err=True)
    counts = {"errors": errors, "warnings": len(faults) - errors}
    click.echo(translate(tongue, "playbook.summary", **counts))


def _as_json(fault: PlaybookFault, tongue: str) -> dict[str, object]:
    return {
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "path": fault.path,
        "code": fault.code,
        "level": fault.level,
        "sentence": fault.sentence(tongue),
    }


def _is_case(fault: PlaybookFault) -> bool:
    return fault.code == "case_failed"


def _tongue(lang: str | None) -> str:
    return {"zh": "zh_Hans_CN", "en": "en"}.get(lang or "", language())


def _instant(written: str | None, book: Playbook) -> datetime:
    if written is None:
        return clock.now()
    try:
        local = datetime.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(written, param_hint="--at") from None
    return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(book.district.timezone))


def _answers(written: tuple[str, ...], category: Category) -> dict[str, Answer]:
    """NAME=VALUE pairs, read as the category's form asks them."""
    kinds = {field.name: field.kind for field in category.fields}
    pairs = (each.partition("=") for each in written)
    return {name: _answer(value, kinds.get(name, "text")) for name, _, value in pairs}


def _answer(value: str, kind: str) -> Answer:
    if kind == "yes_no":
        return value == "true"
    if kind == "choices":
        return tuple(value.split(","))
    if kind != "number":
        return value
    try:
        return float(value)
    except ValueError:
        raise click.BadParameter(value, param_hint="--answer") from None
