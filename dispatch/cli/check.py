"""check: what `readyz` would say, on the first day and whenever somebody wonders."""

from collections.abc import Sequence
from typing import Final

import click

from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.errors import Refused
from dispatch.installation.readiness import (
    Remark,
    in_words,
    look_at_database,
    look_at_machine,
    of_database,
    of_machine,
)
from dispatch.store.transaction import Store
from dispatch.translations import translate

_RED: Final = "red"  # sorted before yellow
_YELLOW: Final = "yellow"


@click.command("check")
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether the installation does what it is there for, as /readyz does; changes nothing.

    Exit code 1 where something is red: the server would answer 503.
    """
    with installation() as store:
        is_well = _print(store)
    ctx.exit(0 if is_well else 1)


def _print(store: Store) -> bool:
    """The disks, then what is red, then what is yellow; True where nothing is red."""
    machine = look_at_machine(store)
    for where, free in machine.free.items():
        place = translate(language(), f"commands.check.where.{where}")
        _say("disk", where=place, free_percent=int(free * 100))
    of_both = [*_of_database(store), *_in_words(of_machine(machine, store.settings))]
    for colour, sentence in sorted(of_both):
        click.echo(f"{translate(language(), f'commands.check.{colour}')} {sentence}")
    if not of_both:
        _say("green")
    _say("of_server")
    return not any(colour == _RED for colour, _ in of_both)


def _of_database(store: Store) -> Sequence[tuple[str, str]]:
    try:
        return _in_words(of_database(look_at_database(store)))
    except Refused as refused:
        sentence = translate(language(), f"problems.{refused.code}", **refused.params)
        return [(_RED, f"{refused.code}: {sentence}")]


def _in_words(remarks: Sequence[Remark]) -> Sequence[tuple[str, str]]:
    """Colour and sentence of each."""
    return [
        (_RED if each.is_red else _YELLOW, f"{each.code}: {in_words(each, language())}")
        for each in remarks
    ]


def _say(key: str, **params: object) -> None:
    click.echo(translate(language(), f"commands.check.{key}", **params))
