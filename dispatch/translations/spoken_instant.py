"""Instants and numbers as people of a place say them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, localedata
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from dispatch.translations import tongue_of, translate


def spoken_instant(at: datetime, timezone: str, language: str) -> str:
    """11月28日11:07, 28 Nov 11:07, by the clock of a zone."""
    local, names = at.astimezone(ZoneInfo(timezone)), locale_of(language)
    day = format_date(local, translate(language, "words.format.day"), locale=names)
    time = format_time(local, "HH:mm", locale=names)
    return translate(language, "words.format.day_and_time", day=day, time=time)


def locale_of(language: str) -> Locale:
    """The names of months in a language; the root's where nobody knows that language."""
    tongue = tongue_of(language)
    return Locale.parse(tongue if localedata.exists(tongue) else "root")


def spoken_decimal(value: float, language: str) -> str:
    """37.5, 37,5: with one digit behind the sign of the language."""
    return format_decimal(value, "0.0", locale=locale_of(language))
