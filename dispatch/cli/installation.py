"""The installation that a command works on, opened and closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from dispatch import clock
from dispatch.errors import Refused
from dispatch.settings import load_settings
from dispatch.store.transaction import Store


@contextmanager
def installation(*, quick: bool = False) -> Iterator[Store]:
    """The store of the environment's settings; raises Refused not_migrated before `init`.

    `quick`: without waiting for the disk at each commit, for what can be made again.
    """
    with unready_installation(quick=quick) as store:
        if not store.is_migrated:
            raise Refused("not_migrated")
        if store.settings.is_test:
            clock.use_offset(store.city_offset)
        yield store


@contextmanager
def unready_installation(*, quick: bool = False) -> Iterator[Store]:
    """The same, whatever state its tables are in."""
    settings = load_settings(os.environ)
    store = Store(replace(settings, synchronous="NORMAL") if quick else settings)
    try:
        yield store
    finally:
        store.close()
