"""playbook check | test | explain: is it sound, do its cases pass, why does it decide so?"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dispatch import clock
from dispatch.cli.playbook_told import (
    SOURCE,
    as_format,
    faults_as_json,
    in_language,
    loaded,
    print_faults,
    print_json,
    tongue_of,
)
from dispatch.rules.archives import read_source
from dispatch.rules.cases import run_cases
from dispatch.rules.checks import check, check_playbook
from dispatch.rules.engine import decide
from dispatch.rules.explain import decision_as_json, sentences
from dispatch.rules.facts import Answer, Facts
from dispatch.rules.faults import PlaybookFault, PlaybookRefused
from dispatch.rules.playbook import Category, Playbook
from dispatch.translations import translate


@click.command("check")
@click.argument("path", type=SOURCE)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@as_format
@in_language
@click.pass_context
def check_command(
    ctx: click.Context, path: Path, shape: str, lang: str | None, *, strict: bool
) -> None:
    """Read every file and tell all faults at once. Exit code 1 where there are errors."""
    tongue = tongue_of(lang)
    faults = _checked(path)
    errors = [fault for fault in faults if fault.level == "error"]
    if shape == "json":
        print_json(faults_as_json(faults, tongue))
    else:
        print_faults(faults, tongue)
    ctx.exit(1 if errors or (strict and faults) else 0)


def _checked(path: Path) -> list[PlaybookFault]:
    try:
        return check(read_source(path), clock.now().date())
    except PlaybookRefused as refused:
        return list(refused.faults)


@click.command("test")
@click.argument("path", type=SOURCE)
@as_format
@in_language
@click.pass_context
def test_command(ctx: click.Context, path: Path, shape: str, lang: str | None) -> None:
    """Run the playbook's cases. Exit code 1 where one fails."""
    tongue = tongue_of(lang)
    book = loaded(ctx, path, tongue)
    failed = [fault for fault in check_playbook(book, clock.now().date()) if _is_case(fault)]
    count, wrong = len(book.cases), len({failure.case.source for failure in run_cases(book)})
    if shape == "json":
        told = faults_as_json(failed, tongue)
        print_json({"cases": count, "failed": wrong, "faults": told})
    else:
        _print_cases(failed, count, wrong, tongue)
    ctx.exit(1 if wrong else 0)


def _print_cases(failed: list[PlaybookFault], count: int, wrong: int, tongue: str) -> None:
    for fault in failed:
        click.echo(fault.sentence(tongue), err=True)
    key = "playbook.cases_failed" if wrong else "playbook.cases_passed"
    words = {"count": count, "failed": wrong} if wrong else {"count": count}
    click.echo(translate(tongue, key, **words))


@click.command("explain")
@click.argument("path", metavar="PATH|VERSION")
@click.option("--category", required=True, help="The category's code.")
@click.option("--answer", "answers", multiple=True, metavar="NAME=VALUE")
@click.option("--text", default="", help="The description.")
@click.option("--at", default=None, help="Local time of the report, as 2026-11-23T10:00.")
@click.option("--position", nargs=2, type=float, default=None, metavar="LON LAT")
@click.option("--street", default=None, help="The street's id, where there is no position.")
@click.option("--about-unit", default=None, help="The unit a complaint is about.")
@as_format
@in_language
@click.pass_context
def explain_command(  # noqa: PLR0913, PLR0917 - one argument for each fact that people ask about
    ctx: click.Context,
    path: str,
    category: str,
    answers: tuple[str, ...],
    text: str,
    at: str | None,
    position: tuple[float, float] | None,
    street: str | None,
    about_unit: str | None,
    shape: str,
    lang: str | None,
) -> None:
    """Say who would lead, until when, and what every rule made of it."""
    book = loaded(ctx, path, tongue_of(lang))
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
    decision = decide(book, facts)
    if shape == "json":
        print_json(decision_as_json(decision))
        return
    for line in sentences(decision, book, tongue_of(lang)):
        click.echo(line)


def _is_case(fault: PlaybookFault) -> bool:
    return fault.code == "case_failed"


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
