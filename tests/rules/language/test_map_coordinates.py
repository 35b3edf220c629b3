"""Coordinates are read as arrays, and a ring that would take too much memory is refused."""

import pytest

from dispatch.rules.language.map_coordinates import NotPolygonError, coordinates_in


def read_ring(points):
    written = b'{"coordinates": [[' + b",".join([b"[114.05,22.54]"] * points) + b"]]}"
    [(_, coordinates)] = coordinates_in(written)
    return coordinates.polygons("Polygon")


def test_a_ring_of_a_quarter_of_a_million_points_is_read():
    [[ring]] = read_ring(250_000)
    assert ring.shape == (250_000, 2)


def test_a_ring_of_one_point_more_is_refused():
    with pytest.raises(NotPolygonError) as refused:
        read_ring(250_001)
    assert refused.value.code == "ring_too_long"
