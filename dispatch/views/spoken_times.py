"""Dates, times and amounts of time in sentences, as people of the city say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from dispatch.translations import translate
from dispatch.translations.spoken_instant import locale_of
from dispatch.views.reader import Reader


def spoken_day(written: str | None, reader: Reader) -> str:
    """12月20日, 20 Dec; with the year where it is not this one. `written`: an ISO date or
    an instant.
    """
    if not written:
        return ""
    zone = ZoneInfo(reader.playbook.district.timezone)
    at = date.fromisoformat(written[:10])
    if len(written) > len("2026-12-20"):
        at = datetime.fromisoformat(written).astimezone(zone).date()
    is_far = at.year != reader.now.astimezone(zone).year
    how = translate(reader.language, f"words.format.{'far_day' if is_far else 'day'}")
    return format_date(at, how, locale=locale_of(reader.language))


def spoken_moment(written: str | None, reader: Reader) -> str:
    """12月20日18:00, 20 Dec 18:00, in the district's zone."""
    if not written:
        return ""
    at = datetime.fromisoformat(written).astimezone(ZoneInfo(reader.playbook.district.timezone))
    day, time = (
        spoken_day(written, reader),
        format_time(at, "HH:mm", locale=locale_of(reader.language)),
    )
    return translate(reader.language, "words.format.day_and_time", day=day, time=time)


def spoken_limit(written: str, reader: Reader) -> str:
    """`3 work_days` becomes 3 个工作日."""
    value, unit = written.split(" ")
    if value == "1":
        return translate(reader.language, f"words.limit_one.{unit}")
    return translate(reader.language, f"words.limit.{unit}", n=value)
