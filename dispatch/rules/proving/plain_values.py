"""A compiled playbook as plain nested values, so that two can be compared field by field."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, is_dataclass
from types import MappingProxyType
from typing import Any, Final

from shapely import get_num_coordinates as count_coordinates
from shapely.geometry.base import BaseGeometry

from dispatch.domain.places import Feature, PlaceIndex, square_metres
from dispatch.domain.time.ladders import After, Before, Share
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.book.as_json import condition_as_json, rule_as_json
from dispatch.rules.book.heard import Denials, HeardWords, WrittenWords, words_in_pattern
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.conditions.tree import All, AnyOf, Leaf, Not
from dispatch.rules.language.faults import PlaybookFault, Source

Plain = dict[str, Any]

# What says where something was written, and not what.
_PLACES: Final = (Source, PlaybookFault, WrittenWords)
_NO_CONTENT: Final = frozenset({"hash", "written", "remarks", "former"})
# What tells the entries of a list apart, in the order in which it is looked for.
_NAMES: Final = ("id", "name", "number", "code", "label", "unit")


class InOrder(dict[str, Any]):
    """What was a list: the order of its entries says something too."""


def plain_playbook(playbook: Playbook) -> Plain:
    """All that a playbook says, by field; rules without where they stand."""
    told = plain(playbook)
    return {name: value for name, value in told.items() if name not in _NO_CONTENT}


def plain(value: object) -> Any:
    """Mappings and lists of named things as dicts, everything else as a scalar or a list."""
    for kind, how in _OPENED.items():
        if isinstance(value, kind):
            return how(value)
    if is_dataclass(value):
        every = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: plain(each) for name, each in every if not isinstance(each, _PLACES)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return _listed(list(value))
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _listed(values: list[Any]) -> Any:
    """A list of things that have names as a dict; where two have the same name, by their number."""
    if not any(map(is_dataclass, values)):
        return [plain(each) for each in values]
    names = [_name(each, number) for number, each in enumerate(values)]
    if len(set(names)) < len(names):
        names = [str(number) for number in range(len(values))]
    return InOrder(zip(names, map(plain, values), strict=True))


def _name(value: object, number: int) -> str:
    every = (getattr(value, name, None) for name in _NAMES)
    return next((each for each in every if isinstance(each, str) and each), str(number))


def _heard(words: HeardWords) -> Plain:
    """Word by word; what denies them is told once, for the district."""
    patterns = {"words": words.pattern, "unless": words.unless, "calm": words.calm}
    told = {key: words_in_pattern(pattern) for key, pattern in patterns.items()}
    return {**told, "shows": list(words.shows)}


def _denials(denials: Denials) -> Plain:
    return {key: words_in_pattern(pattern) for key, pattern in asdict(denials).items()}


def _rules(book: RuleBook) -> Plain:
    return {rule.id: rule_as_json(rule) for rule in (*book.rules, *book.also, book.otherwise)}


def _features(index: PlaceIndex) -> Plain:
    around = {"center": index.center, "reach_km": index.reach_km}
    return {**around, **{each.id: plain(each) for each in index.features}}


def _feature(feature: Feature) -> Plain:
    return {"level": feature.level, "outline": plain(feature.shape)}


def _outline(shape: BaseGeometry) -> str:
    """Size and number of points for people, a digest so that no moved point is overlooked."""
    digest = hashlib.sha256(shape.wkb).hexdigest()[:8]
    return f"{square_metres(shape) / 1e6:.3f} km², {count_coordinates(shape)} points, {digest}"


_OPENED: Final[Mapping[type, Callable[[Any], Any]]] = MappingProxyType(
    {
        RuleBook: _rules,
        HeardWords: _heard,
        Denials: _denials,
        Rule: rule_as_json,
        Calendar: lambda calendar: plain(calendar.plan),
        PlaceIndex: _features,
        Feature: _feature,
        BaseGeometry: _outline,
        **dict.fromkeys((Limit, Share, Before, After), str),
        **dict.fromkeys((Leaf, All, AnyOf, Not), condition_as_json),
    }
)
