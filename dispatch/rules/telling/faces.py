"""What phone and console read from a playbook: forms, places and labels, as JSON values."""

from collections.abc import Iterator
from typing import Final, NotRequired, TypedDict, cast

from dispatch.domain.places import Feature
from dispatch.rules.book.as_json import condition_as_json
from dispatch.rules.book.category import Category, FormField
from dispatch.rules.book.former_names import FormerNames
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.tree import Condition, required
from dispatch.rules.finding.sounds import sounds_for
from dispatch.rules.language.labels import same_in_all
from dispatch.rules.questions.kinds import KINDS
from dispatch.rules.telling.danger import call_of, danger_words, spoken_or_none
from dispatch.rules.telling.outline import outline
from dispatch.shapes.forms import FormCategory, FormChoice, FormQuestion, Forms
from dispatch.shapes.labels import FormerLabels, Labels, SpokenLabel, spoken_label
from dispatch.shapes.places import LandPolygon, LandPolygons, PlaceFeature, PlaceLevel, Places

_ANSWER: Final = "answer."


class Gone(TypedDict):
    """The part of forms and labels that names what nobody can choose any more; often nothing."""

    former: NotRequired[FormerLabels]


def forms(playbook: Playbook) -> Forms:
    """What can be reported and what is asked then; first the numbers that come before any form."""
    return {
        "version": playbook.hash,
        **danger_words(playbook),
        "sounds": sounds_for(_names(playbook)),
        "groups": {group.id: spoken_label(group.label) for group in playbook.groups.values()},
        "asking": {g.id: spoken_label(g.asks) for g in playbook.groups.values() if g.asks},
        "units": _units(playbook),
        "unit_words": {u.id: list(u.words) for u in playbook.units.values() if u.words},
        "about": [choice.id for choice in playbook.choosable_units],
        "categories": [_form(category, playbook) for category in playbook.categories.values()],
        **_gone(playbook),
    }


def places(playbook: Playbook) -> Places:
    """The district's polygons as GeoJSON, from the whole to the grids; zones are the rules' own.
    The district itself is always there: phones measure by it how far away somebody is.
    """
    whole = Feature(playbook.district.id, "district", {}, outline(playbook))
    return {
        "schematic": playbook.district.schematic,
        "district": {"type": "FeatureCollection", "features": [_feature(playbook, whole)]},
        "streets": _level(playbook, "street"),
        "communities": _level(playbook, "community"),
        "grids": _level(playbook, "grid"),
    }


def labels(playbook: Playbook) -> Labels:
    """The words for the ids on the cards."""
    return {
        "district": playbook.district.id,
        "units": _units(playbook),
        "categories": {
            category.code: {**spoken_label(category.label), "icon": category.icon}
            for category in playbook.categories.values()
        },
        **_gone(playbook),
    }


def former(names: FormerNames) -> FormerLabels:
    """What units and categories were called that nobody can choose any more."""
    return {
        "units": {unit: spoken_label(label) for unit, label in names.units.items()},
        "categories": {
            code: {**spoken_label(label), "icon": names.icons.get(code, "")}
            for code, label in names.categories.items()
        },
    }


def _names(playbook: Playbook) -> Iterator[str]:
    """All words by which kinds and units are found."""
    for category in playbook.categories.values():
        yield from category.label.values()
        yield from (category.say or {}).values()
        yield from category.words
    for unit in playbook.units.values():
        yield from unit.words


def _gone(playbook: Playbook) -> Gone:
    return {"former": former(playbook.former)} if playbook.former else {}


def _units(playbook: Playbook) -> dict[str, SpokenLabel]:
    return {unit.id: spoken_label(unit.label) for unit in playbook.units.values()}


def _form(category: Category, playbook: Playbook) -> FormCategory:
    return {
        "code": category.code,
        "label": spoken_label(category.label),
        "family": category.family,
        "parents": list(category.parents),
        "icon": category.icon,
        "life_safety": category.life_safety,
        "household": category.household,
        "common": category.common,
        "say": spoken_or_none(category.say),
        "words": list(category.words),
        "emergency": [call_of(each) for each in category.emergency],
        "advice": spoken_or_none(category.advice),
        "accusation": category.accusation,
        "choice": spoken_or_none(category.choice),
        "fields": [_field(field, playbook) for field in category.fields],
        "photos": {"min": category.photos_min},
    }


def _field(field: FormField, playbook: Playbook) -> FormQuestion:
    shown_when = _shown_when(field.shown_when)
    told: FormQuestion = {
        "name": field.name,
        "kind": field.kind,
        "label": spoken_label(field.label),
        "required": field.required,
        "choices": _choices(field, playbook),
        "shown_when": shown_when,
    }
    whole = condition_as_json(field.shown_when)
    if whole is not None and shown_when is None:
        told["asked_when"] = whole
    return told


def _choices(field: FormField, playbook: Playbook) -> list[FormChoice]:
    offered = KINDS[field.kind].offer(field.choices, playbook.choosable_units)
    return [{"id": each.id, "label": spoken_label(each.label)} for each in offered]


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


def _level(playbook: Playbook, level: str) -> PlaceLevel:
    """In the order of their ids: the same playbook gives the same bytes."""
    found = (feature for feature in playbook.places.features if feature.level == level)
    drawn = [_feature(playbook, each) for each in sorted(found, key=lambda each: each.id)]
    return {"type": "FeatureCollection", "features": drawn}


def _feature(playbook: Playbook, feature: Feature) -> PlaceFeature:
    unit, tongues = playbook.units.get(feature.id), playbook.district.languages
    return {
        "type": "Feature",
        "properties": {
            "id": feature.id,
            "label": spoken_label(unit.label if unit else same_in_all(feature.id, tongues)),
            "level": feature.level,
        },
        "geometry": cast("LandPolygon | LandPolygons", feature.shape.__geo_interface__),
    }
