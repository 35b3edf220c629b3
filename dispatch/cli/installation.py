"""The installation that a command works on, opened and closed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from dispatch import clock
from dispatch.errors import Refused
from dispatch.settings import load
from dispatch.store.transaction import Store


@contextmanager
def installation() -> Iterator[Store]:
    """The store of the environment's settings; raises Refused not_migrated before `init`."""
    with unready_installation() as store:
        if not store.is_migrated:
            raise Refused("not_migrated")
        if store.settings.is_test:
            clock.use_offset(store.city_offset)
        yield store


@contextmanager
def unready_installation() -> Iterator[Store]:
    """The same, whatever state its tables are in."""
    store = Store(load(os.environ))
    try:
        yield store
    finally:
        store.close()
