"""Makes ids for rows so that new ones sort behind old ones in every index."""

import secrets
from typing import Final

from dispatch import clock

_MICROSECONDS: Final = 1_000_000
_RANDOM_BITS: Final = 76


def new_id() -> str:
    """32 hexadecimal digits: the machine's time in microseconds, then 76 random bits.

    Random ids would scatter an alert's thirty rows over as many pages of the index, each written to
    the disk at every commit. Rows of people never get such an id: it would tell when they were
    made, and beside whose.
    """
    moment = int(clock.wall().timestamp() * _MICROSECONDS)
    return f"{moment << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS):032x}"
