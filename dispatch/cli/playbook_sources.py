"""Where the playbook commands take a playbook from: a folder, an archive, a kept version."""

from pathlib import Path
from typing import Final

import click

from dispatch.cli.installation import installation
from dispatch.cli.playbook_output import output_language, print_faults
from dispatch.rules.book.archives import read_source
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.telling.city_words import city_words
from dispatch.store.playbooks import active_version, files_of
from dispatch.store.transaction import Store
from dispatch.translations import speaking

SOURCE: Final = click.Path(exists=True, path_type=Path)
ACTIVE: Final = "active"


def loaded(ctx: click.Context, source: str | Path, lang: str | None) -> Playbook:
    """The playbook of a folder, an archive, or a version of the installation; else exit code 1.
    From then on the command speaks its words.
    """
    try:
        book = load(files_from(str(source)))
    except PlaybookRefused as refused:
        print_faults(refused.faults, output_language(lang))
        ctx.exit(1)
    ctx.with_resource(speaking(city_words(book)))
    return book


def files_from(source: str) -> dict[str, bytes]:
    """Raises PlaybookRefused, Refused no_such_version."""
    if source == ACTIVE or source.isdecimal():
        with installation() as store:
            return files_of_version(store, source)
    path = Path(source)
    if not path.exists():
        raise click.BadParameter(source)
    return read_source(path)


def files_of_version(store: Store, version: str) -> dict[str, bytes]:
    """By a number, or ACTIVE; raises Refused no_such_version."""
    with store.read() as session:
        number = active_version(session) if version == ACTIVE else int(version)
        return files_of(session, number or 0)
