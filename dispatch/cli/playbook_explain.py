"""playbook explain: say who would lead an alert, until when, and why."""

import click

from dispatch.cli import in_language
from dispatch.cli.option_reader import OptionReader
from dispatch.cli.playbook_facts import as_facts, facts_of
from dispatch.cli.playbook_output import as_format, output_language, print_json
from dispatch.cli.playbook_sources import loaded
from dispatch.rules.deciding.engine import decide
from dispatch.rules.telling.explain import decision_as_json, sentences


@click.command("explain")
@click.argument("path", metavar="PATH|VERSION")
@as_facts
@as_format
@in_language
@click.pass_context
def explain_command(
    ctx: click.Context, /, path: str, shape: str, lang: str | None, **told: object
) -> None:
    """Say who would lead, until when, and what every rule made of it."""
    book = loaded(ctx, path, lang)
    tongue = output_language(lang)
    decision = decide(book, facts_of(OptionReader(book, tongue), told))
    if shape == "json":
        print_json(decision_as_json(decision))
        return
    for line in sentences(decision, book, tongue):
        click.echo(line)
