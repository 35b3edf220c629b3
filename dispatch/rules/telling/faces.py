"""What phone and console read from a playbook: forms, places and labels, as JSON values."""

from collections.abc import Iterator
from typing import Final

from dispatch.domain.places import Feature
from dispatch.rules.book.as_json import condition_as_json
from dispatch.rules.book.category import Category, FormField
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.tree import Condition, required
from dispatch.rules.language.json_schema import Json
from dispatch.rules.questions.kinds import KINDS

# How the plural stands in the answer, by the level of a polygon.
_LEVELS: Final = {"streets": "street", "communities": "community", "grids": "grid"}
_ANSWER: Final = "answer."


def forms(playbook: Playbook) -> Json:
    """What can be reported and what is asked then; first the numbers that come before any form."""
    return {
        "version": playbook.hash,
        "emergency": [
            {"number": each.number, "label": dict(each.label)}
            for each in playbook.district.emergency
        ],
        "groups": {group.id: dict(group.label) for group in playbook.groups.values()},
        "units": {unit.id: dict(unit.label) for unit in playbook.units.values()},
        "categories": [_form(category, playbook) for category in playbook.categories.values()],
    }


def places(playbook: Playbook) -> Json:
    """The district's polygons as GeoJSON, from the whole to the grids; zones are the rules' own."""
    levels = {plural: _features(playbook, level) for plural, level in _LEVELS.items()}
    return {
        "schematic": playbook.district.schematic,
        "district": _collection(_features(playbook, "district")),
        **{plural: _collection(features) for plural, features in levels.items()},
    }


def labels(playbook: Playbook) -> Json:
    """The words for the ids on the cards."""
    return {
        "units": {unit.id: dict(unit.label) for unit in playbook.units.values()},
        "categories": {
            category.code: {**category.label, "icon": category.icon}
            for category in playbook.categories.values()
        },
    }


def _form(category: Category, playbook: Playbook) -> Json:
    return {
        "code": category.code,
        "label": dict(category.label),
        "family": category.family,
        "parents": list(category.parents),
        "icon": category.icon,
        "life_safety": category.life_safety,
        "household": category.household,
        "common": category.common,
        "fields": [_field(field, playbook) for field in category.fields],
        "photos": {"min": category.photos_min},
    }


def _field(field: FormField, playbook: Playbook) -> Json:
    shown_when = _shown_when(field.shown_when)
    told: Json = {
        "name": field.name,
        "kind": field.kind,
        "label": dict(field.label),
        "required": field.required,
        "choices": _choices(field, playbook),
        "shown_when": shown_when,
    }
    if field.shown_when is not None and shown_when is None:
        told["asked_when"] = condition_as_json(field.shown_when)
    return told


def _choices(field: FormField, playbook: Playbook) -> list[Json]:
    offered = KINDS[field.kind].offer(field.choices, playbook.choosable_units)
    return [{"id": each.id, "label": dict(each.label)} for each in offered]


def _shown_when(condition: Condition | None) -> dict[str, list[str]] | None:
    """`{field: [answers]}`, all of which must hold; None: always shown, or `asked_when` has the
    whole condition. What of it a face cannot see, intake decides.
    """
    if condition is None:
        return None
    leaves = required(condition)
    if leaves != condition.leaves():
        return None
    if not all(leaf.accepts and leaf.fact.startswith(_ANSWER) for leaf in leaves):
        return None
    return {leaf.fact.removeprefix(_ANSWER): sorted(leaf.accepts or ()) for leaf in leaves}


def _features(playbook: Playbook, level: str) -> Iterator[Json]:
    """In the order of their ids: the same playbook gives the same bytes."""
    found = (feature for feature in playbook.places.features if feature.level == level)
    for feature in sorted(found, key=lambda each: each.id):
        yield _feature(playbook, feature)


def _feature(playbook: Playbook, feature: Feature) -> Json:
    unit = playbook.units.get(feature.id)
    return {
        "type": "Feature",
        "properties": {
            "id": feature.id,
            "label": dict(unit.label) if unit else {"zh": feature.id, "en": feature.id},
            "level": feature.level,
        },
        "geometry": feature.shape.__geo_interface__,
    }


def _collection(features: Iterator[Json]) -> Json:
    return {"type": "FeatureCollection", "features": list(features)}
