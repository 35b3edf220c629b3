"""promises: what today's calendar would move, moving it, and loading next year's days off."""

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dispatch.cli import language
from dispatch.cli.hands import as_hands, signatories
from dispatch.cli.installation import installation
from dispatch.installation.load_year import load_year
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.store.transaction import Store
from dispatch.sweep.reapply_promises import (
    DueTimeChange,
    date_undated,
    due_time_changes,
    reapply_promises,
)
from dispatch.translations import translate


@click.group()
def promises() -> None:
    """Show and apply what a new calendar would move; load the days off of the next year."""


@promises.command()
@click.option("--dry-run", is_flag=True, help="Show what would move, and move nothing.")
@click.option("--yes", is_flag=True, help="Move it without asking.")
def reapply(*, dry_run: bool, yes: bool) -> None:
    """Work out open promises again by the active calendar.

    Shows each due time that would move and asks before it moves them, with one log row each. What
    is late stays late.
    """
    with installation() as store:
        found = due_time_changes(store)
        zone = _zone(store)
        for shift in found:
            click.echo(_line(shift, zone))
        click.echo(_say("would_move", count=len(found)))
        if not found or dry_run:
            return
        if not yes:
            click.confirm(_say("confirm"), abort=True)
        with click.progressbar(length=len(found), file=sys.stderr) as bar:
            moved = reapply_promises(store, found, bar.update)
        click.echo(_say("moved", count=moved))


@promises.command("load-year")
@click.argument("year", type=click.IntRange(2000, 2100))
@click.argument("notice", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_hands
@click.pass_context
def load_year_command(ctx: click.Context, /, year: int, notice: Path, **hands: str | None) -> None:
    """Add the days off of YEAR to every calendar of the active playbook, as a new version.

    NOTICE is YAML: source, holidays and working_days (make-up days), each a list of dates.
    """
    with installation() as store:
        try:
            named = signatories(store, hands)
            version = load_year(store, year, notice.read_bytes(), notice.name, named)
        except PlaybookRefused as refused:
            for fault in refused.faults:
                click.echo(fault.sentence(language()), err=True)
            ctx.exit(1)
        dated = date_undated(store)
        zone, moving = _zone(store), due_time_changes(store)
    click.echo(_say("year_loaded", year=year, version=version, count=dated))
    for shift in moving:
        click.echo(_line(shift, zone))
    if moving:
        click.echo(_say("would_move", count=len(moving)))


def _zone(store: Store) -> str:
    with store.read() as session:
        return store.playbook(session).district.timezone


def _line(shift: DueTimeChange, zone: str) -> str:
    clock = translate(language(), f"words.clock.{shift.clock}")
    return f"{shift.number}  {clock}  {_at(shift.before, zone)} → {_at(shift.after, zone)}"


def _at(instant: datetime | None, zone: str) -> str:
    return "–" if instant is None else f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _say(key: str, **params: object) -> str:
    return translate(language(), f"commands.promises.{key}", **params)
