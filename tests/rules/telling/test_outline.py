"""A city whose map draws its streets, and not the district around them, is whole on every face."""

from guide import GUIDES, whole_city
from shapely.geometry import Point, shape

from dispatch.rules.book.loading import load
from dispatch.rules.telling import faces

HAVENSTAD = whole_city(GUIDES["README.en.md"])


def district_of(files):
    [feature] = faces.places(load(files))["district"]["features"]
    return feature


def test_the_city_of_the_guide_has_an_outline_though_nobody_drew_it():
    drawn = district_of(HAVENSTAD)
    assert drawn["properties"]["id"] == "havenstad"
    assert drawn["properties"]["label"] == {"nl": "Havenstad", "en": "Havenstad"}
    assert shape(drawn["geometry"]).bounds == (4.88, 52.36, 4.92, 52.38)
    assert shape(drawn["geometry"]).covers(Point(4.91, 52.365))


def test_an_outline_that_somebody_drew_is_kept():
    ring = "[[[4.8, 52.3], [5.0, 52.3], [5.0, 52.4], [4.8, 52.4], [4.8, 52.3]]]"
    whole = f"""{{"type": "Feature", "properties": {{"id": "havenstad"}},
      "geometry": {{"type": "Polygon", "coordinates": {ring}}}}},"""
    map_ = HAVENSTAD["places.geojson"].decode()
    files = HAVENSTAD | {
        "places.geojson": map_.replace('"features": [', f'"features": [{whole}', 1).encode()
    }
    assert shape(district_of(files)["geometry"]).bounds == (4.8, 52.3, 5.0, 52.4)
