"""The options of `playbook explain` that describe an alert: one for each fact that rules know."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final, TypeVar

import click

from dispatch.cli.option_reader import OptionReader
from dispatch.domain.places import Place
from dispatch.domain.roles import ROLES
from dispatch.rules.conditions.facts import WHISTLES, Facts
from dispatch.rules.finding.find_category import UNSURE

F = TypeVar("F", bound=Callable[..., Any])
_COUNT: Final = click.IntRange(0, 1000)
_OPTIONS: Final = (
    click.option("--category", default=UNSURE, show_default=True, help="The category's code."),
    click.option("--answer", "answers", multiple=True, metavar="NAME=VALUE"),
    click.option("--text", default="", help="The description."),
    click.option("--photos", type=_COUNT, default=0, help="How many photos came with it."),
    click.option("--at", default=None, help="Local time of the report, as 2026-11-23T10:00."),
    click.option("--position", nargs=2, type=float, default=None, metavar="LON LAT"),
    click.option("--street", default=None, help="The street's id, where there is no position."),
    click.option("--about-unit", default=None, help="The unit a complaint is about."),
    click.option("--role", default=None, help="The role of whoever reports, as grid_worker."),
    click.option("--source", default="app", show_default=True, help="The system it came from."),
    click.option("--nearby", type=_COUNT, default=0, help="Open alerts of the same kind nearby."),
    click.option("--whistle", default=None, help="The kind with which a street whistled."),
)


def as_facts(command: F) -> F:
    """Give a command these options."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


def facts_of(reader: OptionReader, told: Mapping[str, Any]) -> Facts:
    """The facts of these options, all that they name looked up in the playbook."""
    book = reader.book
    reader.known("--category", "unknown_category", told["category"], book.categories)
    reader.known("--street", "unknown_street", told["street"], reader.units_of_kind("street"))
    units = [unit.id for unit in book.choosable_units]
    reader.known("--about-unit", "unknown_unit", told["about_unit"], units)
    reader.known("--role", "unknown_role", told["role"], ROLES)
    reader.known("--whistle", "unknown_whistle", told["whistle"], WHISTLES)
    return Facts(
        category=told["category"],
        reported_at=reader.instant(told["at"]),
        text=told["text"],
        answers=reader.answers(told["answers"], book.categories[told["category"]]),
        photos=told["photos"],
        reporter_role=told["role"],
        source=told["source"],
        open_nearby=told["nearby"],
        whistle=told["whistle"],
        about_unit=told["about_unit"],
        **_where(reader.place(told["position"]), told),
    )


def _where(place: Place | None, told: Mapping[str, Any]) -> dict[str, Any]:
    if place is None:
        return {"street": told["street"]}
    lon, lat = told["position"]
    areas = {"street": place.street, "community": place.community, "grid": place.grid}
    return {**areas, "zones": place.zones, "lon": lon, "lat": lat}
