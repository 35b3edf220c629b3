"""The country in which a time zone lies, also under an older name of the zone."""

from typing import Final

from babel.core import get_global

# Shared by several countries, though each is a link to one city's zone.
_OF_SEVERAL: Final = frozenset(
    (
        *("CET", "EET", "MET", "WET", "EST", "MST", "HST"),
        *("EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT"),
    )
)
_NOWHERE: Final = "ZZ"


def country_of(timezone: str) -> str:
    """ISO 3166, as `NL` of Europe/Amsterdam and `US` of US/Eastern; empty for zones of no country
    or of several, such as UTC and CET.
    """
    if timezone in _OF_SEVERAL:
        return ""
    zone = get_global("zone_aliases").get(timezone, timezone)
    found: str = get_global("zone_territories").get(zone, _NOWHERE)
    return found if found.isalpha() and found != _NOWHERE else ""
