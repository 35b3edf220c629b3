"""verify: compare the store with what it is computed from."""

import sys
from collections.abc import Mapping, Sequence

import click

from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.domain.reading import echo
from dispatch.errors import Refused
from dispatch.installation.verify_log import LogLook
from dispatch.installation.verify_store import CHECKS, verify_store
from dispatch.promises.checks.found import Check
from dispatch.store.transaction import Store
from dispatch.telling.anchoring import anchored_heads, is_head
from dispatch.translations import translate

_SHOWN = 20  # differences of one check; the table counts them all


@click.command("verify")
@click.option(
    "--since", multiple=True, metavar="HEAD", help="A head from before: the log goes on from it."
)
@click.option("--skip-photo-files", is_flag=True, help="Do not read the photos' files.")
@click.pass_context
def verify(ctx: click.Context, since: tuple[str, ...], *, skip_photo_files: bool) -> None:
    """Prove the log and each row by the key, recompute every open promise; repairs nothing.

    Prints the head: kept elsewhere, it proves later that nothing was cut off. Where DISPATCH_ANCHOR
    is a file, its heads are asked as well. Exit code 1 where something differs. Safe beside a
    running server.
    """
    with installation() as store:
        look = LogLook(_heads(store, since), reads_files=not skip_photo_files)
        with click.progressbar(
            verify_store(store, look), length=len(CHECKS), label=_say("label"), file=sys.stderr
        ) as bar:
            checks = list(bar)
    for check in checks:
        click.echo(_row(check))
    click.echo(_say("head", head=look.head))
    for check in checks:
        _tell(check)
    ctx.exit(1 if any(check.differences for check in checks) else 0)


def _heads(store: Store, since: Sequence[str]) -> list[str]:
    """Those that were asked for, and those of the anchor's file; raises Refused not_a_head."""
    for head in since:
        if not is_head(head):
            raise Refused("not_a_head", value=echo(head))
    return [*since, *anchored_heads(store.settings.anchor)]


def _row(check: Check) -> str:
    found, noted = len(check.differences), len(check.remarks)
    mark = _say("noted", count=noted) if noted else _say("good")
    mark = _say("found", count=found) if found else mark
    return f"{check.seen:>10}  {_say(f'check.{check.name}')}: {mark}"


def _tell(check: Check) -> None:
    for each in (*check.remarks, *check.differences[:_SHOWN]):
        click.echo("  " + _say(f"differs.{each.code}", **_spoken(each.params)), err=True)
    if len(check.differences) > _SHOWN:
        click.echo("  " + _say("more", count=len(check.differences) - _SHOWN), err=True)


def _spoken(params: Mapping[str, object]) -> Mapping[str, object]:
    """Tables by their names in the city's words."""
    table = params.get("table")
    return {**params, "table": _say(f"table.{table}")} if table else params


def _say(key: str, **params: object) -> str:
    return translate(language(), f"commands.verify.{key}", **params)
