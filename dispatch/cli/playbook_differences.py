"""What differs between two playbooks, a line for each change, with values as people write them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from babel.dates import format_date

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.proving.differences import PlaybookDifference
from dispatch.rules.telling.names import name_of
from dispatch.translations import has_words, tongue_of, translate
from dispatch.translations.spoken_instant import locale_of

_LIMIT: Final = re.compile(r"(\d+) (minutes|hours|days|work_hours|work_days)(?: \((.+)\))?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_TIME: Final = re.compile(r"(\d\d:\d\d):00")
# What follows from other fields, which are told themselves.
_DERIVED: Final = re.compile(r"categories\.[^.]+\.(life_safety|family)|places\.(center|reach_km)")
# So many names stand on a line of changes that are alike.
_MOST_NAMES: Final = 12


def differences_in_words(
    found: Iterable[PlaybookDifference], book: Playbook, language: str
) -> list[str]:
    """Above the first dangerous one and above the first other one, a heading; what changed alike
    stands on one line.
    """
    words, lines = _Words(book, language), []
    told = (each for each in found if not _DERIVED.fullmatch(each.id))
    for danger, part in groupby(told, key=lambda each: each.danger):
        lines.append(translate(language, f"playbook.diff.{'danger' if danger else 'others'}"))
        lines += words.lines(part)
    return lines or [translate(language, "playbook.diff.none")]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one playbook in one language."""

    book: Playbook
    language: str

    def lines(self, found: Iterable[PlaybookDifference]) -> Iterator[str]:
        alike: dict[tuple[str, str, str, str], list[str]] = {}
        for each in found:
            name, what = self._named(each)
            before, after = self._sides(each)
            alike.setdefault((each.kind, what, before, after), []).append(name)
        for (kind, what, before, after), names in alike.items():
            told = {"id": f"{self._joined(names)}{what}", "before": before, "after": after}
            yield translate(self.language, f"playbook.diff.{kind}", **told)

    def _joined(self, names: list[str]) -> str:
        comma = translate(self.language, "words.format.comma")
        shown = comma.join(dict.fromkeys(names[:_MOST_NAMES]))
        if len(names) <= _MOST_NAMES:
            return shown
        return translate(self.language, "playbook.diff.many", names=shown, count=len(names))

    def _named(self, each: PlaybookDifference) -> tuple[str, str]:
        """Who it is about, and of a limit its clock: changes of one clock are alike."""
        if each.kind != "limit":
            return each.id, ""
        name, _, clock = each.id.rpartition(" ")
        known = has_words(key := f"words.clock.{clock}")
        return name, f" {translate(self.language, key) if known else clock}"

    def _sides(self, each: PlaybookDifference) -> tuple[str, str]:
        """Of two mappings only the keys that differ."""
        was, now = each.before, each.after
        if each.kind == "hours":
            was, now = _by_the_clock(was), _by_the_clock(now)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            keys = [key for key in {**was, **now} if was.get(key) != now.get(key)]
            was, now = ({key: side[key] for key in keys if key in side} for side in (was, now))
        return self.value(was), self.value(now)

    def value(self, value: object) -> str:
        """A value as people of the city write it."""
        if value is None or value in ("", [], {}):
            return "–"
        if isinstance(value, bool):
            return translate(self.language, f"playbook.why.{'yes' if value else 'no'}")
        if isinstance(value, Mapping):
            return self._mapping(value)
        if isinstance(value, list | tuple):
            comma = translate(self.language, "words.format.comma")
            return comma.join(map(self.value, value))
        return self._text(value) if isinstance(value, str) else f"{value:g}"

    def _mapping(self, value: Mapping[str, object]) -> str:
        if value.keys() <= set(self.book.district.languages):  # a label
            return str(value.get(tongue_of(self.language)) or next(iter(value.values())))
        comma = translate(self.language, "words.format.comma")
        return comma.join(f"{key}: {self.value(each)}" for key, each in value.items())

    def _text(self, value: str) -> str:
        if limit := _LIMIT.fullmatch(value):
            return self._limit(*limit.groups())
        if _DAY.fullmatch(value):
            how = translate(self.language, "words.format.far_day")
            return format_date(date.fromisoformat(value), how, locale=locale_of(self.language))
        if time := _TIME.fullmatch(value):
            return time[1]
        return name_of(value, self.book, self.language)

    def _limit(self, count: str, unit: str, calendar: str | None) -> str:
        one = f"words.limit_one.{unit}"
        said = (
            translate(self.language, one)
            if count == "1"
            else translate(self.language, f"words.limit.{unit}", n=count)
        )
        return f"{said} ({calendar})" if calendar else said


def _by_the_clock(minutes: object) -> object:
    """The segments of a day, kept in minutes since midnight, as 09:00-12:00."""
    if isinstance(minutes, list | tuple):
        if minutes and all(isinstance(each, int) for each in minutes):
            return "-".join(f"{each // 60:02}:{each % 60:02}" for each in minutes)
        return [_by_the_clock(each) for each in minutes]
    return minutes
