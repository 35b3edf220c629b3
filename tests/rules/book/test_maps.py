"""A map as surveyors export it: very many points, and every mistake has its place."""

import json

import maps
import pytest
from town import FILES, as_bytes

from dispatch.rules.book.files.geometry import Geometry
from dispatch.rules.book.loading import load
from dispatch.rules.language.bounds import GEOJSON_BOUNDS
from dispatch.rules.language.faults import PlaybookFaults, PlaybookRefused
from dispatch.rules.language.yaml_reader import read

SQUARE = "[[[114.0,22.5],[114.1,22.5],[114.1,22.6],[114.0,22.6],[114.0,22.5]]]"


def loaded(text, areas=""):
    files = FILES | {"places.geojson": text, "district.yaml": FILES["district.yaml"] + areas}
    return load(as_bytes(files))


def faults(text):
    with pytest.raises(PlaybookRefused) as refused:
        loaded(text)
    return [(each.line, each.column, each.path, each.code) for each in refused.value.faults]


def test_a_point_finds_its_grid_on_a_map_with_wiggly_borders():
    areas, text = maps.city(5, 40)
    book = loaded(text, areas)
    middle = maps.CELL / 2
    for i, j in ((0, 0), (4, 2), (2, 4)):
        lon, lat = maps.WEST + maps.CELL * i + middle, maps.SOUTH + maps.CELL * j + middle
        assert book.places.resolve(lon, lat).grid == f"g-{i}-{j}"


@pytest.mark.parametrize("indent", [None, 1])
def test_a_map_says_the_same_on_one_line_and_on_many(indent):
    areas, text = maps.city(3, 20)
    whole, again = loaded(text, areas), loaded(json.dumps(json.loads(text), indent=indent), areas)
    shapes = [[each.shape.wkt for each in book.places.features] for book in (whole, again)]
    assert shapes[0] == shapes[1]


def test_points_are_no_values_but_all_else_keeps_its_line_and_column():
    areas, text = maps.city(2, 30)
    wrong = text.replace('"g-1-1"', '"g-1-9"')
    line = wrong.splitlines()[4]
    [(at, column, path, code)] = [
        (each.line, each.column, each.path, each.code)
        for each in _refused(wrong, areas)
        if each.code == "unknown_unit"
    ]
    assert (at, path, code) == (5, "features[3].properties.id", "unknown_unit")
    assert line[column - 1 :].startswith('"g-1-9"')


def test_a_place_behind_coordinates_and_chinese_names_on_one_long_line_is_found():
    areas, text = maps.city(2, 30)
    line = json.dumps(json.loads(text), ensure_ascii=False).replace('"g-1-1"', '"g-1-9"')
    [fault] = [each for each in _refused(line, areas) if each.code == "unknown_unit"]
    assert fault.line == 1
    assert line[fault.column - 1 :].startswith('"g-1-9"')


def _refused(text, areas):
    with pytest.raises(PlaybookRefused) as refused:
        loaded(text, areas)
    return refused.value.faults


def test_holes_and_several_parts_are_kept():
    hole = "[[114.02,22.52],[114.08,22.52],[114.08,22.58],[114.02,22.52]]"
    far = "[[[115.0,22.5],[115.1,22.5],[115.1,22.6],[115.0,22.5]]]"
    text = maps.zone(f"[{SQUARE[:-1]}, {hole}],\n {far}]", "MultiPolygon")
    places = loaded(text).places
    assert places.resolve(114.01, 22.59).zones == {"z"}
    assert places.resolve(114.07, 22.55).zones == set()
    assert places.resolve(115.09, 22.55).zones == {"z"}


BROKEN = {
    "[]": "not_polygon",
    "[[]]": "not_polygon",
    "[[[]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1,null]]]": "off_the_globe",
    "[[[1,2],[3,4],[5,7],[1,[2]]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1,2]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1,2]],]": "not_polygon",
    "[[[1 2],[3,4],[5,7],[1,2]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1,2]] [[1,2],[3,4],[5,7],[1,2]]]": "not_polygon",
    "[[[[1,2],[3,4],[5,7],[1,2]]]]": "not_polygon",
    "[[[1,2],[3,4],[5,7],[1e99,2]]]": "off_the_globe",
    "[[[1,2],[3,4],[5,97],[1,2]]]": "off_the_globe",
    "[[[1,2],[3,2],[1,3],[3,3],[1,2]]]": "invalid_polygon",
    "[[[1,2],[1,2],[1,2],[1,2]]]": "invalid_polygon",
}


@pytest.mark.parametrize("coordinates", BROKEN)
def test_a_broken_outline_is_told_at_its_geometry(coordinates):
    wanted = (3, 12, "features[0].geometry", BROKEN[coordinates])
    assert faults(maps.zone(coordinates)) == [wanted]


@pytest.mark.parametrize("kind", ["Point", "LineString", "GeometryCollection", "", "MultiPolygon"])
def test_only_polygons_are_places(kind):
    assert faults(maps.zone(SQUARE, kind))[0][3] == "not_polygon"


def test_many_tangled_outlines_are_refused_together():
    harrow = f"[{maps.harrow(1500)}]"
    features = json.loads(maps.zone(harrow))["features"] * 30
    text = json.dumps({"type": "FeatureCollection", "features": features})
    assert {code for *_, code in faults(text)} == {"tangled_polygon", "twice"}


def test_coordinates_in_a_comment_or_a_name_are_not_taken_for_others():
    text = f'# "coordinates": {SQUARE}\n' + maps.zone(SQUARE)
    assert loaded(text).places.resolve(114.05, 22.55).zones == {"z"}


def test_a_shape_is_tangled_only_when_more_lies_close_than_may_be_compared():
    faults = PlaybookFaults()
    written = f'{{"type": "Polygon", "coordinates": {SQUARE}}}'.encode()
    node = read(written, "places.geojson", faults, GEOJSON_BOUNDS)
    assert Geometry(node, faults).shape(allowed=0).area > 0
    assert [each.code for each in faults.found] == []
    assert Geometry(node, faults).shape(allowed=-1) is None
    assert [each.code for each in faults.found] == ["tangled_polygon"]
