"""The country in which a time zone lies."""

from typing import Final

from babel.core import get_global

_CHINA: Final = "CN"


def country_of(timezone: str) -> str:
    """ISO 3166, as `NL` of Europe/Amsterdam; China for zones of no country, such as UTC."""
    found: str = get_global("zone_territories").get(timezone, _CHINA)
    return found if found.isalpha() else _CHINA
