"""Reads the files of a playbook into one value, and tells all faults at once."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dispatch.domain.places import PlaceIndex
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.book.causes import causes
from dispatch.rules.book.district import District, Unit
from dispatch.rules.book.files.calendars import calendar_names, read_calendars
from dispatch.rules.book.files.cases import CaseReferences, read_cases
from dispatch.rules.book.files.categories import Categories, fields_by_name, read_categories
from dispatch.rules.book.files.departments import read_units
from dispatch.rules.book.files.district import read_district, read_tongues
from dispatch.rules.book.files.effects import References
from dispatch.rules.book.files.labels import read_labels
from dispatch.rules.book.files.ladders import Ladders, read_ladders
from dispatch.rules.book.files.places import read_places
from dispatch.rules.book.files.promises import Promises, read_promises_file
from dispatch.rules.book.files.rules import read_rules
from dispatch.rules.book.files.words import MOST_WORD_FILES, WORD_FILE, read_words
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rulebook import PlaybookCase, RuleBook
from dispatch.rules.book.sources import sources
from dispatch.rules.conditions.operators import Vocabulary
from dispatch.rules.language.bounds import GEOJSON_BOUNDS, YAML_BOUNDS
from dispatch.rules.language.faults import PlaybookFault, PlaybookFaults, PlaybookRefused
from dispatch.rules.language.labels import Label
from dispatch.rules.language.nodes import Node, collector_paused
from dispatch.rules.language.yaml_reader import read

FILES: Final = (
    *("district.yaml", "departments.yaml", "places.geojson", "calendars.yaml", "promises.yaml"),
    *("ladders.yaml", "categories.yaml", "rules.yaml", "labels.yaml", "cases.yaml"),
)


def load(files: Mapping[str, bytes]) -> Playbook:
    """The playbook of these files by name (see FILES).

    Raises PlaybookRefused with every fault found. It gives no warnings: see `proving.checks`.
    """
    faults = PlaybookFaults()
    names = (*FILES, *[name for name in files if WORD_FILE.fullmatch(name)][:MOST_WORD_FILES])
    roots = {name: _root(name, files, faults) for name in names}
    readable = {name: root for name, root in roots.items() if root is not None}
    if len(readable) < len(names):
        # References into an unreadable file would all look wrong: one cause, one fault.
        raise PlaybookRefused(faults.found)
    faults.tongues = read_tongues(readable["district.yaml"], faults)
    playbook = _assembled(readable, faults, digest(files))
    if playbook is None or faults.errors:
        raise PlaybookRefused(causes([*faults.found, *_forbidding(faults)]))
    return playbook


def _assembled(
    roots: Mapping[str, Node], faults: PlaybookFaults, hash_of_files: str
) -> Playbook | None:
    """None where there were so many faults that the rest was not read."""
    try:
        with collector_paused():
            return _Assembly(roots, faults, hash_of_files).playbook()
    except PlaybookRefused:
        return None


def _forbidding(faults: PlaybookFaults) -> Iterator[PlaybookFault]:
    """What a version in use could go on with, and a new one may not have; of a place where more is
    wrong that alone is told.
    """
    places = {(each.file, each.line, each.column) for each in faults.found}
    for remark in faults.remarks:
        if remark.level == "error" and (remark.file, remark.line, remark.column) not in places:
            yield remark


def load_folder(path: Path | str) -> Playbook:
    """As `load`, for a folder; a missing file is a fault like any other."""
    return load(read_folder(path))


def read_folder(path: Path | str) -> dict[str, bytes]:
    """The bytes of a folder's playbook files; files that are not there are left out."""
    folder = Path(path)
    words = (each.relative_to(folder).as_posix() for each in sorted(folder.glob("words/*/*.json")))
    names = (*FILES, *filter(is_playbook_file, words))
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def is_playbook_file(name: str) -> bool:
    """One of the files that a playbook must have, or a catalogue of its own words."""
    return name in FILES or WORD_FILE.fullmatch(name) is not None


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the files' names, lengths and bytes: what makes two playbooks the same."""
    total = hashlib.sha256()
    for name in sorted(filter(is_playbook_file, files)):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def _root(name: str, files: Mapping[str, bytes], faults: PlaybookFaults) -> Node | None:
    if name not in files:
        faults.at_file(name, "missing_file")
        return None
    bounds = GEOJSON_BOUNDS if name.endswith(".geojson") else YAML_BOUNDS
    before = len(faults.found)
    root = read(files[name], name, faults, bounds)
    if root is not None and not isinstance(root.value, dict):
        faults.add(root, "top_not_mapping")
        return None
    if root is None and len(faults.found) == before:
        faults.at_file(name, "empty_file")
    return root


@dataclass(frozen=True, slots=True)
class _Town:
    """What rules and categories refer to: organisation, places, time and promises."""

    district: District
    units: Mapping[str, Unit]
    places: PlaceIndex
    zones: Mapping[str, Label]
    calendars: Mapping[str, Calendar]
    default_calendar: str
    promises: Promises
    ladders: Ladders


@dataclass(frozen=True, slots=True)
class _Assembly:
    """Reads the files in the order in which they refer to each other."""

    roots: Mapping[str, Node]
    faults: PlaybookFaults
    hash: str

    def playbook(self) -> Playbook:
        town = self._town()
        kinds = self._categories(town)
        self.faults.name({code: each.label for code, each in kinds.categories.items()})
        self.faults.name({group: each.label for group, each in kinds.groups.items()})
        vocabulary = _with_categories(self._vocabulary(town), kinds)
        rules = self._rules(town, vocabulary, kinds)
        return Playbook(
            hash=self.hash,
            district=town.district,
            units=town.units,
            categories=kinds.categories,
            groups=kinds.groups,
            calendars=town.calendars,
            default_calendar=town.default_calendar,
            bases=town.promises.names.bases,
            cards=town.promises.cards,
            whistles=town.promises.whistles,
            ladders=town.ladders.ladders,
            default_ladder=town.ladders.default,
            life_safety_ladder=town.ladders.life_safety,
            rules=rules,
            labels=read_labels(self.roots["labels.yaml"], self.faults),
            words=read_words(self.roots, self.faults),
            places=town.places,
            zones=town.zones,
            cases=self._cases(town, vocabulary, kinds, rules),
            written=sources(self.roots),
            remarks=self._remarks(),
        )

    def _remarks(self) -> tuple[PlaybookFault, ...]:
        self.faults.remark_lacking()
        return tuple(self.faults.remarks)

    def _town(self) -> _Town:
        roots, faults = self.roots, self.faults
        named = calendar_names(roots["calendars.yaml"])
        district = read_district(roots["district.yaml"], faults, named)
        units = read_units(roots["departments.yaml"], faults, district, named)
        faults.name({unit.id: unit.label for unit in units.values()})
        places, zones = read_places(roots["places.geojson"], faults, district, units)
        calendars, default = read_calendars(roots["calendars.yaml"], faults, district.timezone)
        promises = read_promises_file(roots["promises.yaml"], faults, named, default)
        ladders = read_ladders(roots["ladders.yaml"], faults)
        return _Town(district, units, places, zones, calendars, default, promises, ladders)

    def _vocabulary(self, town: _Town) -> Vocabulary:
        """What conditions may name before there are categories and forms."""
        default = town.calendars.get(town.default_calendar)
        return Vocabulary(
            faults=self.faults,
            fields={},
            categories={},
            units={unit.id: unit.kind for unit in town.units.values()},
            zones=frozenset(town.zones),
            calendar=default.plan if default else None,
        )

    def _categories(self, town: _Town) -> Categories:
        root = self.roots["categories.yaml"]
        vocabulary = self._vocabulary(town)
        return read_categories(root, self.faults, town.promises, vocabulary, town.district)

    def _rules(self, town: _Town, vocabulary: Vocabulary, kinds: Categories) -> RuleBook:
        codes = tuple(kinds.categories)
        refs = References(vocabulary, town.promises.names, town.ladders.ladders, codes)
        return read_rules(self.roots["rules.yaml"], self.faults, refs)

    def _cases(
        self, town: _Town, vocabulary: Vocabulary, kinds: Categories, rules: RuleBook
    ) -> tuple[PlaybookCase, ...]:
        refs = CaseReferences(
            vocabulary,
            town.district.timezone,
            town.places,
            rules=frozenset(rule.id for rule in (*rules.rules, *rules.also, rules.otherwise)),
            categories=frozenset(kinds.categories),
        )
        return read_cases(self.roots["cases.yaml"], self.faults, refs)


def _with_categories(vocabulary: Vocabulary, kinds: Categories) -> Vocabulary:
    """The vocabulary of rules: all categories by code and group, all fields of all forms."""
    codes: dict[str, set[str]] = {group: set() for group in kinds.groups}
    for category in kinds.categories.values():
        for name in (category.code, *category.parents):
            codes.setdefault(name, set()).add(category.code)
    fields = [field for category in kinds.categories.values() for field in category.fields]
    return replace(
        vocabulary,
        fields=fields_by_name(tuple(fields)),
        categories={name: frozenset(found) for name, found in codes.items()},
    )
