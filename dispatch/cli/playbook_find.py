"""playbook find: say which kinds are offered for everyday words."""

import click

from dispatch.cli import in_language
from dispatch.cli.playbook_output import output_language
from dispatch.cli.playbook_sources import loaded
from dispatch.rules.finding.find_category import first_found, index_of
from dispatch.rules.telling.faces import forms


@click.command("find")
@click.argument("path", metavar="PATH|VERSION")
@click.argument("words", metavar="WORD…", nargs=-1, required=True)
@in_language
@click.pass_context
def find_command(
    ctx: click.Context, /, path: str, lang: str | None, words: tuple[str, ...]
) -> None:
    """Print a line for each WORD: the word, a tab, and the codes of the three kinds that fit best.

    It searches what the phone searches: labels, words of the street, pinyin.
    """
    index = index_of(forms(loaded(ctx, path, output_language(lang))))
    for word, codes in first_found(index, words):
        click.echo(f"{word}\t{' '.join(codes)}")
