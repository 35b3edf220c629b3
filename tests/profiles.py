"""How hard do the property tests look? For the same examples every day, or for new ones at length.

`steady` is the default: what was green yesterday is green today, whatever the machine does
meanwhile. `explore` (`make explore`) draws at random; what it finds becomes an example test.
"""

import os

from hypothesis import HealthCheck, settings

# What is looked for is a failure, not a pause: the machine may be busy.
BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("steady", BUSY, derandomize=True, database=None)
settings.register_profile("explore", BUSY, max_examples=10_000, print_blob=True)


def choose() -> None:
    """The profile that HYPOTHESIS_PROFILE names; a name that is none is refused."""
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "steady")
