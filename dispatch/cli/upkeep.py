"""verify: compare the store with what it is computed from."""

from collections.abc import Sequence

import click

from dispatch.cli.checked import print_checks
from dispatch.cli.installation import installation
from dispatch.domain.reading import echo
from dispatch.errors import Refused
from dispatch.installation.verify_log import LogLook
from dispatch.store.transaction import Store
from dispatch.telling.anchoring import anchored_heads, is_head


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
        is_well = print_checks(store, look)
    ctx.exit(0 if is_well else 1)


def _heads(store: Store, since: Sequence[str]) -> list[str]:
    """Those that were asked for, and those of the anchor's file; raises Refused not_a_head."""
    for head in since:
        if not is_head(head):
            raise Refused("not_a_head", value=echo(head))
    return [*since, *anchored_heads(store.settings.anchor)]
