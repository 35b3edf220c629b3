"""playbook …: one group of commands, from the first check to the publication."""

import click

from dispatch.cli.playbook_checks import check_command, test_command
from dispatch.cli.playbook_explain import explain_command
from dispatch.cli.playbook_find import find_command
from dispatch.cli.playbook_history import replay_command
from dispatch.cli.playbook_publish import publish_command
from dispatch.cli.playbook_versions import (
    diff_command,
    export_command,
    import_command,
    versions_command,
)


@click.group()
def playbook() -> None:
    """Check, test, explain, search, compare, replay and publish a playbook.

    PATH is a folder of YAML files and one of polygons, or an exported .zip. Where a VERSION is
    asked for, its number or "active" does as well.
    """


for _command in (
    *(check_command, test_command, explain_command, find_command, replay_command, diff_command),
    *(publish_command, export_command, import_command, versions_command),
):
    playbook.add_command(_command)
