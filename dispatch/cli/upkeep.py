"""verify: compare the store with what it is computed from."""

import click

from dispatch.cli.checked import print_checks
from dispatch.cli.installation import installation


@click.command("verify")
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Recompute every open promise, the log's hash chain and the counters; repairs nothing.

    Exit code 1 where something differs. Safe beside a running server.
    """
    with installation() as store:
        is_well = print_checks(store)
    ctx.exit(0 if is_well else 1)
