"""The installation that a command works on, opened and closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from dispatch import clock
from dispatch.cli import ASKED
from dispatch.cli.duties import take_responsibility
from dispatch.errors import Refused
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.telling.city_words import city_words
from dispatch.settings import load_settings
from dispatch.store.log_checks import refuse_foreign_key
from dispatch.store.transaction import Store
from dispatch.store.unfinished import refuse_unfinished
from dispatch.translations import PACKAGE_WORDS, CityWords, speaking


@contextmanager
def installation(*, quick: bool = False) -> Iterator[Store]:
    """The store of the environment's settings; raises Refused not_migrated before `init`. From
    then on the command speaks as the city does.

    `quick`: without waiting for the disk at each commit, for what can be made again.
    """
    with unready_installation(quick=quick) as store:
        if not store.is_migrated:
            raise Refused("not_migrated")
        with store.read() as session:
            refuse_foreign_key(session, store.seal.log_key)
        if store.settings.is_test:
            clock.use_offset(store.city_offset)
        speak_as_its_city(store)
        take_responsibility(store)
        yield store


def speak_as_its_city(store: Store) -> None:
    """To the end of the command, refusals included."""
    root = click.get_current_context().find_root()
    root.meta.setdefault(ASKED, store.settings.lang)
    root.with_resource(speaking(_words(store)))


def _words(store: Store) -> CityWords:
    """What its playbook speaks; the package's own where there is none that can be read."""
    try:
        with store.read() as session:
            return city_words(store.playbook(session))
    except (Refused, PlaybookRefused):
        return PACKAGE_WORDS


@contextmanager
def unready_installation(*, quick: bool = False) -> Iterator[Store]:
    """The same, whatever state its tables are in; raises Refused restore_unfinished."""
    settings = load_settings(os.environ)
    refuse_unfinished(settings.data_dir)
    store = Store(replace(settings, synchronous="NORMAL") if quick else settings)
    try:
        yield store
    finally:
        store.close()
