"""playbook check | test: tell every fault of a playbook, run its cases."""

from collections.abc import Mapping
from pathlib import Path

import click

from dispatch import clock
from dispatch.cli import in_language
from dispatch.cli.playbook_output import (
    as_format,
    faults_as_json,
    output_language,
    print_faults,
    print_json,
)
from dispatch.cli.playbook_sources import SOURCE, loaded, speak, words_as_written
from dispatch.rules.book.archives import read_source
from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookFault, PlaybookRefused
from dispatch.rules.proving.checks import check_playbook
from dispatch.rules.proving.run_cases import run_cases
from dispatch.rules.telling.city_words import city_words
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
    faults = _checked(ctx, path)
    tongue = output_language(lang)
    errors = [fault for fault in faults if fault.level == "error"]
    if shape == "json":
        print_json(faults_as_json(faults, tongue))
    else:
        print_faults(faults, tongue)
    ctx.exit(1 if errors or (strict and faults) else 0)


def _checked(ctx: click.Context, path: Path) -> list[PlaybookFault]:
    """What can be read says itself what is wrong with it, in its own words."""
    files: Mapping[str, bytes] = {}
    try:
        files = read_source(path)
        book = load(files)
    except PlaybookRefused as refused:
        speak(ctx, words_as_written(files))
        return list(refused.faults)
    speak(ctx, city_words(book))
    return check_playbook(book, clock.now().date())


@click.command("test")
@click.argument("path", type=SOURCE)
@as_format
@in_language
@click.pass_context
def test_command(ctx: click.Context, path: Path, shape: str, lang: str | None) -> None:
    """Run the playbook's cases. Exit code 1 where one fails."""
    book = loaded(ctx, path, lang)
    tongue = output_language(lang)
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


def _is_case(fault: PlaybookFault) -> bool:
    return fault.code == "case_failed"
