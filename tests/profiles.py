"""How hard the tests look: at the same examples every day, or at new ones for long.

`steady` is the default and what `make test` runs: what was green yesterday is green today, whatever
the machine does meanwhile; of chaos (the marker) it takes one seed. `explore` (`make explore`)
draws examples at random and takes many seeds; what it finds becomes an example test.
HYPOTHESIS_PROFILE names the profile, EXPLORE_SEED the first seed of `explore`.
"""

import os

from hypothesis import HealthCheck, settings

NAME = os.environ.get("HYPOTHESIS_PROFILE") or "steady"
IS_EXPLORING = NAME == "explore"
# What is looked for is a failure, not a pause: the machine may be busy.
BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("steady", BUSY, derandomize=True, database=None)
settings.register_profile("explore", BUSY, max_examples=10_000, print_blob=True)


def choose() -> None:
    """Load the profile that HYPOTHESIS_PROFILE names; a name that is none is refused."""
    settings.load_profile(NAME)


def seeds(many: int) -> range:
    """The seeds of a test of chaos: 0 alone, or in `explore` this many from EXPLORE_SEED on."""
    first = int(os.environ.get("EXPLORE_SEED") or 0) if IS_EXPLORING else 0
    return range(first, first + (many if IS_EXPLORING else 1))


def times(few: int, many: int) -> int:
    """How often chaos strikes where no seed steers it: few times, or in `explore` many."""
    return many if IS_EXPLORING else few
