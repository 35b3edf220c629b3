"""playbook explain: who would lead, until when, and why?"""

import click

from dispatch.cli.playbook_asked import Asked
from dispatch.cli.playbook_told import as_format, in_language, loaded, print_json, tongue_of
from dispatch.rules.engine import decide
from dispatch.rules.explain import decision_as_json, sentences
from dispatch.rules.facts import Facts
from dispatch.rules.form_answers import choosable_units


@click.command("explain")
@click.argument("path", metavar="PATH|VERSION")
@click.option("--category", required=True, help="The category's code.")
@click.option("--answer", "answers", multiple=True, metavar="NAME=VALUE")
@click.option("--text", default="", help="The description.")
@click.option("--at", default=None, help="Local time of the report, as 2026-11-23T10:00.")
@click.option("--position", nargs=2, type=float, default=None, metavar="LON LAT")
@click.option("--street", default=None, help="The street's id, where there is no position.")
@click.option("--about-unit", default=None, help="The unit a complaint is about.")
@as_format
@in_language
@click.pass_context
def explain_command(  # noqa: PLR0913, PLR0917 - one argument for each fact that people ask about
    ctx: click.Context,
    path: str,
    category: str,
    answers: tuple[str, ...],
    text: str,
    at: str | None,
    position: tuple[float, float] | None,
    street: str | None,
    about_unit: str | None,
    shape: str,
    lang: str | None,
) -> None:
    """Say who would lead, until when, and what every rule made of it."""
    tongue = tongue_of(lang)
    book = loaded(ctx, path, tongue)
    asked = Asked(book, tongue)
    asked.known("--category", "unknown_category", category, book.categories)
    asked.known("--street", "unknown_street", street, asked.units_of_kind("street"))
    asked.known("--about-unit", "unknown_unit", about_unit, choosable_units(book))
    place = asked.place(position)
    facts = Facts(
        category=category,
        reported_at=asked.instant(at),
        text=text,
        answers=asked.answers(answers, book.categories[category]),
        street=place.street if place else street,
        community=place.community if place else None,
        grid=place.grid if place else None,
        zones=place.zones if place else frozenset(),
        lon=position[0] if position else None,
        lat=position[1] if position else None,
        about_unit=about_unit,
    )
    decision = decide(book, facts)
    if shape == "json":
        print_json(decision_as_json(decision))
        return
    for line in sentences(decision, book, tongue):
        click.echo(line)
