"""playbook publish: let a version decide, with who signs for it and who takes over from whom."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from dispatch.cli import in_language
from dispatch.cli.hands import as_hands, signatories
from dispatch.cli.installation import installation
from dispatch.cli.playbook_output import output_language, print_faults
from dispatch.cli.playbook_sources import files_from
from dispatch.errors import Refused
from dispatch.installation.keep_playbook import keep_draft
from dispatch.installation.publish_playbook import (
    MOST_NAMED,
    Publication,
    publish_kept,
    publish_playbook,
)
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.telling.names import name_of
from dispatch.store.transaction import Store
from dispatch.store.units_in_use import open_alerts_of_other_kinds
from dispatch.translations import translate


@click.command("publish")
@click.argument("source", metavar="PATH|VERSION")
@click.option("--note", default="", help="What changes, and why.")
@as_hands
@click.option("--override", default="", metavar="REASON", help="Publish although cases fail.")
@click.option(
    "--hand-over",
    "heirs",
    multiple=True,
    metavar="UNIT=UNIT",
    help="The second takes over people and open alerts of the first, which goes.",
)
@in_language
def publish_command(
    source: str,
    note: str,
    override: str,
    heirs: tuple[str, ...],
    lang: str | None,
    **hands: str | None,
) -> None:
    """Let a playbook decide from now on. An older version again is a roll-back."""
    taken_over = dict(_heirs(heirs))
    with installation() as store:
        tongue = output_language(lang)
        draft = Publication(0, note, signatories(store, hands), override, taken_over)
        try:
            version = _published(store, source, draft)
        except PlaybookRefused as refused:
            print_faults(refused.faults, tongue)
            raise Refused("playbook_refused", count=len(refused.faults)) from None
        left = _kinds_left(store, tongue)
    click.echo(translate(tongue, "playbook.published", version=version))
    for line in left:
        click.echo(line)


def _heirs(written: Iterable[str]) -> Iterator[tuple[str, str]]:
    for each in written:
        gone, equals, heir = each.partition("=")
        if not (gone and equals and heir):
            raise click.BadParameter(each, param_hint="--hand-over")
        yield gone, heir


def _kinds_left(store: Store, tongue: str) -> list[str]:
    """A line for each category without which open alerts go on by the version that took them in."""
    with store.read() as session:
        book = store.playbook(session)
        found = open_alerts_of_other_kinds(session, book.categories)
    return [
        translate(
            tongue,
            "playbook.kind_left",
            kind=kind,
            name=name_of(kind, book, tongue),
            count=len(numbers),
            numbers=", ".join(numbers[:MOST_NAMED]),
        )
        for kind, numbers in found.items()
    ]


def _published(store: Store, source: str, publication: Publication) -> int:
    """One transaction: a draft that may not be published is not kept either."""
    if source.isdecimal():
        publish_playbook(store, replace(publication, version=int(source)))
        return int(source)
    files = files_from(source)
    with store.write() as tx:
        version = keep_draft(tx, files, publication.note, publication.hands.drafter)
        publish_kept(store, tx, replace(publication, version=version))
    store.forget_playbook()
    return version
