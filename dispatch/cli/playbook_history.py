"""playbook replay: put alerts that were really reported through a candidate playbook."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import click

from dispatch import clock
from dispatch.cli import in_language
from dispatch.cli.installation import installation
from dispatch.cli.playbook_output import as_format, output_language, print_json
from dispatch.cli.playbook_sources import loaded
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.proving.what_if import MovedAlert, WhatIf, what_if
from dispatch.rules.telling.names import name_of
from dispatch.store.past_alerts import past_alerts
from dispatch.translations import translate

_DAYS: Final = re.compile(r"([1-9]\d{0,4})d")
_MOST_LINES: Final = 50


@click.command("replay")
@click.argument("candidate", metavar="PATH|VERSION")
@click.option("--since", default="30d", help="Days back as 30d, or a date as 2026-11-01.")
@as_format
@in_language
@click.pass_context
def replay_command(
    ctx: click.Context, candidate: str, since: str, shape: str, lang: str | None
) -> None:
    """Put real past alerts through a candidate: what would move, and why. Nothing is changed."""
    book = loaded(ctx, candidate, lang)
    tongue = output_language(lang)
    with installation() as store, store.read() as session:
        book_of = partial(store.playbook_at, session)
        told = what_if(book, past_alerts(session, store.seal, _instant(since), book, book_of))
    if shape == "json":
        print_json(told.as_json())
        return
    for line in _lines(told, book, tongue):
        click.echo(line)


def _instant(since: str) -> datetime:
    if days := _DAYS.fullmatch(since):
        return clock.now() - timedelta(days=int(days[1]))
    try:
        written = datetime.fromisoformat(since)
    except ValueError:
        raise click.BadParameter(since, param_hint="--since") from None
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def _lines(told: WhatIf, book: Playbook, tongue: str) -> Iterator[str]:
    counts = {"alerts": told.alerts, "moved": len(told.moved)}
    yield translate(tongue, "playbook.replay.counts", **counts)
    for moved in told.moved[:_MOST_LINES]:
        yield translate(tongue, "playbook.replay.moved", **_words(moved, book, tongue))
    if len(told.moved) > _MOST_LINES:
        yield translate(tongue, "playbook.replay.more", count=len(told.moved) - _MOST_LINES)
    for unit in sorted({*told.load_before, *told.load_after}):
        before, after = told.load_before[unit], told.load_after[unit]
        if before != after:
            name = _unit(unit, book, tongue)
            yield translate(tongue, "playbook.replay.load", unit=name, before=before, after=after)
    for (name, before_limit, after_limit), count in told.limits.most_common(_MOST_LINES):
        words = {"clock": name, "before": before_limit or "–", "after": after_limit or "–"}
        yield translate(tongue, "playbook.replay.limit", count=count, **words)
    for (part, before_part, after_part), count in told.parts.most_common(_MOST_LINES):
        words = {"part": translate(tongue, f"playbook.replay.part.{part}")}
        words |= {"before": before_part or "–", "after": after_part or "–"}
        yield translate(tongue, "playbook.replay.other", count=count, **words)


def _words(moved: MovedAlert, book: Playbook, tongue: str) -> dict[str, str]:
    return {
        "number": moved.number,
        "category": name_of(moved.category, book, tongue),
        "before": _unit(moved.before, book, tongue),
        "after": _unit(moved.lead, book, tongue),
        "old_rule": moved.old_rule or "–",
        "rule": moved.rule or "–",
        "where": moved.where or "–",
    }


def _unit(unit: str | None, book: Playbook, tongue: str) -> str:
    return name_of(unit, book, tongue) if unit else translate(tongue, "playbook.replay.nobody")
