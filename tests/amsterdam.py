"""A third city as text: Amsterdam, in Dutch alone, with its own zone, numbers, map and words."""

import json
import re

from town import FILES, as_bytes

from dispatch.translations.faces import every_word

TONGUE = "nl"

_DISTRICT = """\
id: centrum
label: {nl: Stadsdeel Centrum}
timezone: Europe/Amsterdam
language: nl
place:
  center: {lon: 4.9, lat: 52.37}
  radius_km: 5
  plausible_km: 20
emergency:
  - {number: "112", label: {nl: Alarmnummer}}
areas:
  north: {kind: street, label: {nl: Noordbuurt}}
  north-1: {kind: community, parent: north, label: {nl: Noord een}}
  north-1-1: {kind: grid, parent: north-1, label: {nl: Vak}}
  south: {kind: street, label: {nl: Zuidbuurt}}
"""
_MAP = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"id": unit},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[a, b], [c, b], [c, d], [a, d], [a, b]]],
            },
        }
        for unit, (a, b, c, d) in {
            "north": (4.88, 52.37, 4.92, 52.39),
            "north-1": (4.88, 52.37, 4.92, 52.39),
            "north-1-1": (4.88, 52.37, 4.92, 52.39),
            "south": (4.88, 52.35, 4.92, 52.37),
        }.items()
    ],
}
_DUTCH = (
    *(("rules.yaml", "zone: school", "street: north"), ("promises.yaml", "zh: 规定, en", "nl")),
    *(("labels.yaml", "{zh: 发令, en: Order}", "{nl: Oproep}"),),
)


def files():
    """The small town moved to Amsterdam; every word that the software says is Dutch."""
    texts = FILES | {"district.yaml": _DISTRICT, "places.geojson": json.dumps(_MAP)}
    for file, old, new in _DUTCH:
        texts[file] = texts[file].replace(old, new)
    return as_bytes(texts | _catalogues())


def _catalogues():
    """Words as a translator would hand them in, one file for each of the package's."""
    rooms: dict[str, dict[str, str]] = {}
    for key, said in every_word().items():
        room, _, name = key.partition(".")
        rooms.setdefault(room, {})[name] = _in_dutch(name, said)
    return {f"words/{TONGUE}/{room}.json": _json(words) for room, words in rooms.items()}


_FORMAT = {
    "language": "Nederlands",
    "format.lang": "nl",
    "format.tag": "nl-NL",
    "format.comma": ", ",
    "format.semicolon": "; ",
    "format.day": "d MMM",
    "format.far_day": "d MMM y",
    "format.month": "short",
    "format.day_and_time": "{day} {time}",
}


def _json(words):
    return json.dumps(words, ensure_ascii=False, indent=1)


def _in_dutch(name, said):
    """Words with the same parameters, which nobody reads but tests."""
    return _FORMAT.get(name) or " ".join(["woord", *re.findall(r"\{\w+\}", said)])
