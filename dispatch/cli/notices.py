"""notices: what is held since a restore, and the word of a person that lets it go."""

import click

from dispatch.cli import language
from dispatch.cli.hands import person_named
from dispatch.cli.installation import installation
from dispatch.telling.held_notices import drop_held, held_by_desk, release_held
from dispatch.translations import translate

_BY = click.option("--by", default=None, metavar="PERSON", help="Who decided it.")


@click.group()
def notices() -> None:
    """Show, send or drop the notices that are held since a restore."""


@notices.command()
def held() -> None:
    """Say how many are held for which desk."""
    with installation() as store:
        rows = held_by_desk(store)
        for desk, code, count in rows:
            click.echo(f"{count:>8}  {desk}: {translate(language(), f'notices.{code}')}")
        _say("held", count=sum(count for *_, count in rows))


@notices.command()
@_BY
def release(by: str | None) -> None:
    """Send them; what no longer matters is left out by itself."""
    with installation() as store:
        _say("released", count=release_held(store, person_named(store, by)))


@notices.command()
@_BY
def drop(by: str | None) -> None:
    """Leave them unsent; in the application everything is there all the same."""
    with installation() as store:
        _say("dropped", count=drop_held(store, person_named(store, by)))


def _say(key: str, count: int) -> None:
    click.echo(translate(language(), f"commands.notices.{key}", count=count))
