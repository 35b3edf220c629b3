"""How does a folder become a playbook? All files are read; all faults are told at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.rules.faults import Faults, PlaybookRefused
from dispatch.rules.files.calendars import read_calendars
from dispatch.rules.files.cases import Setting, read_cases
from dispatch.rules.files.categories import fields_by_name, read_categories
from dispatch.rules.files.departments import read_units
from dispatch.rules.files.district import read_district
from dispatch.rules.files.labels import read_labels
from dispatch.rules.files.ladders import read_ladders
from dispatch.rules.files.places import read_places
from dispatch.rules.files.promises import read_promises_file
from dispatch.rules.files.rules import References, read_rules
from dispatch.rules.nodes import Node, collector_paused
from dispatch.rules.operators import Scope
from dispatch.rules.playbook import Category, Group, Playbook
from dispatch.rules.reader import GEOJSON_BOUNDS, YAML_BOUNDS, read

FILES: Final = (
    *("district.yaml", "departments.yaml", "places.geojson", "calendars.yaml", "promises.yaml"),
    *("ladders.yaml", "categories.yaml", "rules.yaml", "labels.yaml", "cases.yaml"),
)


def load(files: Mapping[str, bytes]) -> Playbook:
    """The playbook of these files by name (see FILES).

    Raises PlaybookRefused with every fault found; warnings are the business of `checks`.
    """
    faults = Faults()
    roots = {name: _root(name, files, faults) for name in FILES}
    readable = {name: root for name, root in roots.items() if root is not None}
    if len(readable) < len(FILES):
        # References into an unreadable file would all look wrong: one cause, one fault.
        raise PlaybookRefused(faults.found)
    with collector_paused():
        playbook = _Assembly(readable, faults, digest(files)).playbook()
    if faults.errors:
        raise PlaybookRefused(faults.found)
    return playbook


def load_folder(path: Path | str) -> Playbook:
    """As `load`, for a folder; a missing file is a fault like any other."""
    return load(read_folder(path))


def read_folder(path: Path | str) -> dict[str, bytes]:
    """The bytes of a folder's playbook files; files that are not there are left out."""
    folder = Path(path)
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the files' names, lengths and bytes: what makes two playbooks the same."""
    total = hashlib.sha256()
    for name in sorted(files.keys() & set(FILES)):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def _root(name: str, files: Mapping[str, bytes], faults: Faults) -> Node | None:
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
class _Assembly:
    """Reads the files in the order in which they refer to each other."""

    roots: Mapping[str, Node]
    faults: Faults
    hash: str

    def playbook(self) -> Playbook:
        roots, faults = self.roots, self.faults
        district = read_district(roots["district.yaml"], faults)
        units = read_units(roots["departments.yaml"], faults, district)
        places, zones = read_places(roots["places.geojson"], faults, district, units)
        calendars, default = read_calendars(roots["calendars.yaml"], faults, district.timezone)
        promises = read_promises_file(roots["promises.yaml"], faults, tuple(calendars), default)
        ladders = read_ladders(roots["ladders.yaml"], faults)
        scope = Scope(
            faults=faults,
            fields={},
            categories={},
            units={unit.id: unit.kind for unit in units.values()},
            zones=frozenset(zones),
            calendar=calendars[default].plan if default in calendars else None,
        )
        kinds = read_categories(roots["categories.yaml"], faults, promises, scope)
        scope = _with_categories(scope, kinds.categories, kinds.groups)
        codes = tuple(kinds.categories)
        refs = References(scope, promises.names, ladders.ladders, codes)
        rules = read_rules(roots["rules.yaml"], faults, refs)
        labels = read_labels(roots["labels.yaml"], faults)
        ids = frozenset(rule.id for rule in (*rules.rules, *rules.also, rules.otherwise))
        setting = Setting(scope, district.timezone, places, ids, frozenset(codes))
        return Playbook(
            hash=self.hash,
            district=district,
            units=units,
            categories=kinds.categories,
            groups=kinds.groups,
            calendars=calendars,
            default_calendar=default,
            bases=promises.names.bases,
            cards=promises.cards,
            whistles=promises.whistles,
            ladders=ladders.ladders,
            default_ladder=ladders.default,
            life_safety_ladder=ladders.life_safety,
            rules=rules,
            labels=labels,
            places=places,
            zones=zones,
            cases=read_cases(roots["cases.yaml"], faults, setting),
        )


def _with_categories(
    scope: Scope, categories: Mapping[str, Category], groups: Mapping[str, Group]
) -> Scope:
    """The scope of rules: all categories by code and group, all fields of all forms."""
    codes: dict[str, set[str]] = {group: set() for group in groups}
    for category in categories.values():
        for name in (category.code, *category.parents):
            codes.setdefault(name, set()).add(category.code)
    fields = tuple(field for category in categories.values() for field in category.fields)
    return Scope(
        faults=scope.faults,
        fields=fields_by_name(fields),
        categories={name: frozenset(found) for name, found in codes.items()},
        units=scope.units,
        zones=scope.zones,
        calendar=scope.calendar,
    )
