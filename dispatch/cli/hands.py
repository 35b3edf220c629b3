"""The options that name who stands behind a publication, and the people that they mean."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final, TypeVar

import click

from dispatch.errors import Refused
from dispatch.installation.signatories import Signatories
from dispatch.store.people import find_person
from dispatch.store.transaction import Store

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS: Final = (
    click.option("--by", "publisher", default=None, metavar="PERSON", help="Who publishes."),
    click.option("--drafter", default=None, metavar="PERSON", help="Who wrote it."),
    click.option("--reviewer", default=None, metavar="PERSON", help="Who looked it over."),
)


def as_hands(command: F) -> F:
    """Give a command these options."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


def signatories(store: Store, told: Mapping[str, str | None]) -> Signatories:
    """The people of these options; raises Refused unknown_person."""
    return Signatories(**{hand: person_named(store, who) for hand, who in told.items()})


def person_named(store: Store, who: str | None) -> str | None:
    """The id of a person who can sign in, by account or id; raises Refused unknown_person."""
    if who is None:
        return None
    with store.read() as session:
        found = find_person(session, store.seal, who)
    if found is None or found.disabled_at is not None:
        raise Refused("unknown_person", name=who)
    return found.id
