"""Keys of rows that belong to a deed: new ones lie behind the old ones in every index."""

import secrets
from typing import Final

from dispatch import clock

_MICROSECONDS: Final = 1_000_000
_RANDOM_BITS: Final = 76


def new_id() -> str:
    """32 hexadecimal digits: the machine's time in microseconds, then 76 random bits.

    Random keys would scatter an alert's thirty rows over as many pages of the index, each of
    them written to the disk at every commit. A person's rows never get one: their order would
    tell when they were made, beside whose.
    """
    moment = int(clock.wall().timestamp() * _MICROSECONDS)
    return f"{moment << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS):032x}"
