"""Reads the mapping file of a replay: how the columns of another system become reports.

A mapping never names a department: the playbook's rules decide, as for every other report.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dispatch.domain.reading import CRS
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.clock_times import as_timezone
from dispatch.rules.language.faults import PlaybookFaults, PlaybookRefused
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_text, as_texts, entries, one_of
from dispatch.rules.language.yaml_reader import read

_NEEDS: Final = ("source", "timezone", "id", "opened", "category", "text")
_MAY: Final = ("closed", "closed_when", "position", "answers", "compare")
_ISO: Final = ""
_LONGEST_SOURCE: Final = 32
_SAMPLE: Final = datetime(2015, 2, 3, 16, 5, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """A column of times; `format` as strptime reads it, empty: ISO 8601."""

    column: str
    format: str


@dataclass(frozen=True, slots=True)
class ClosedWhen:
    """The words of a column by which the other system calls a request closed."""

    column: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """Where a row says its place, and in which coordinates."""

    lon: str
    lat: str
    crs: str


@dataclass(frozen=True, slots=True)
class SourceMapping:
    """What each column means. `text`: the first of these columns that holds something.

    `timezone` is that of times without an offset. `categories` is empty where the column holds
    the playbook's own codes. `compare_lead`: the column that says whom the other system chose;
    it is compared with the decision and never read for it.
    """

    source: str
    timezone: str
    external_id: str
    opened: TimeColumn
    closed: TimeColumn | None
    closed_when: ClosedWhen | None
    category: str
    categories: Mapping[str, str]
    position: PositionColumns | None
    text: tuple[str, ...]
    answers: Mapping[str, str]
    compare_lead: str | None

    def columns(self) -> Iterator[str]:
        """Every column that the mapping reads."""
        yield from (self.external_id, self.opened.column, self.category, *self.text)
        yield from self.answers.values()
        yield from (each.column for each in (self.closed, self.closed_when) if each)
        if self.position:
            yield from (self.position.lon, self.position.lat)
        if self.compare_lead:
            yield self.compare_lead


def read_mapping(content: bytes, file: str, playbook: Playbook) -> SourceMapping:
    """The mapping for this playbook; raises PlaybookRefused with every fault and its place."""
    faults = PlaybookFaults()
    root = read(content, file, faults)
    if root is None:
        if not faults.found:
            faults.at_file(file, "empty_file")
        raise PlaybookRefused(faults.found)
    mapping = _mapping(Section(root, faults, _NEEDS, _MAY), faults, playbook)
    if faults.errors:
        raise PlaybookRefused(faults.found)
    return mapping


def _mapping(section: Section, faults: PlaybookFaults, playbook: Playbook) -> SourceMapping:
    category = section.part("category", ("column",), ("values",))
    return SourceMapping(
        source=section.read("source", _source, ""),
        timezone=section.read("timezone", as_timezone, "UTC"),
        external_id=section.part("id", ("column",)).text("column"),
        opened=_time(section, "opened") or TimeColumn("", _ISO),
        closed=_time(section, "closed"),
        closed_when=_closed_when(section),
        category=category.text("column"),
        categories=_categories(category.get("values"), faults, playbook),
        position=_position(section),
        text=_text(section),
        answers=_answers(section.get("answers"), faults, playbook),
        compare_lead=section.part("compare", ("lead",)).text("lead") or None,
    )


def _source(node: Node, faults: PlaybookFaults) -> str:
    name = as_text(node, faults)
    if len(name) > _LONGEST_SOURCE:
        faults.add(node, "name_too_long", limit=_LONGEST_SOURCE)
    return name


def _time(section: Section, key: str) -> TimeColumn | None:
    if key not in section:
        return None
    part = section.part(key, ("column",), ("format",))
    return TimeColumn(part.text("column"), part.read("format", _time_format, _ISO))


def _time_format(node: Node, faults: PlaybookFaults) -> str:
    """A format that reads what it writes; strptime's own words for it."""
    written = as_text(node, faults)
    try:
        read_again = datetime.strptime(_SAMPLE.strftime(written), written).replace(tzinfo=UTC)
        is_whole = read_again == _SAMPLE
    except (ValueError, OverflowError):
        is_whole = False
    if not is_whole:
        faults.add(node, "not_time_format", seen=written)
    return written


def _closed_when(section: Section) -> ClosedWhen | None:
    if "closed_when" not in section:
        return None
    part = section.part("closed_when", ("column", "is"))
    return ClosedWhen(part.text("column"), frozenset(part.texts("is")))


def _categories(node: Node | None, faults: PlaybookFaults, playbook: Playbook) -> Mapping[str, str]:
    return {
        value: one_of(code, faults, playbook.categories, "category")
        for value, code in entries(node, faults)
    }


def _position(section: Section) -> PositionColumns | None:
    if "position" not in section:
        return None
    part = section.part("position", ("lon", "lat"), ("crs",))
    return PositionColumns(
        part.text("lon"), part.text("lat"), part.choice("crs", CRS, "crs", "wgs84")
    )


def _text(section: Section) -> tuple[str, ...]:
    return section.part("text", ("first_of",)).read("first_of", as_texts, ())


def _answers(node: Node | None, faults: PlaybookFaults, playbook: Playbook) -> Mapping[str, str]:
    asked = {field.name for each in playbook.categories.values() for field in each.fields}
    answers: dict[str, str] = {}
    for name, body in entries(node, faults):
        if name not in asked:
            faults.add(body, "unknown_field", seen=name)
        answers[name] = Section(body, faults, ("column",)).text("column")
    return answers
