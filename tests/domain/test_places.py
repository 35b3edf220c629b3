"""Where a point lies: inside, on a border, in a zone, outside everything, too far away."""

import math

import pytest
from shapely import Polygon, box

from dispatch.domain.places import NOWHERE, Feature, Place, PlaceIndex, square_metres

# Two streets side by side; the west one has a community with a large and a small grid.
WEST = {"street": "west"}
WEST_1 = {"street": "west", "community": "west-1"}
AREAS = [
    Feature("west", "street", {}, box(114.00, 22.50, 114.10, 22.60)),
    Feature("east", "street", {}, box(114.10, 22.50, 114.25, 22.60)),
    Feature("west-1", "community", WEST, box(114.00, 22.50, 114.10, 22.60)),
    Feature("grid-large", "grid", WEST_1, box(114.00, 22.50, 114.10, 22.57)),
    Feature("grid-small", "grid", WEST_1, box(114.00, 22.57, 114.10, 22.60)),
    Feature("grid-east", "grid", {"street": "east"}, box(114.10, 22.50, 114.11, 22.51)),
    Feature("school", "zone", {}, box(114.04, 22.54, 114.06, 22.56)),
]


@pytest.fixture(scope="module")
def places():
    return PlaceIndex(AREAS, center=(114.1, 22.55))


def test_a_pin_resolves_to_grid_community_street_and_zone(places):
    found = places.resolve(114.05, 22.55)
    assert found == Place("west", "west-1", "grid-large", frozenset({"school"}))


def test_on_a_border_the_smallest_area_wins(places):
    assert places.resolve(114.02, 22.57).grid == "grid-small"


def test_a_grid_on_a_border_brings_its_own_street_along(places):
    found = places.resolve(114.10, 22.505)
    assert (found.grid, found.street, found.community) == ("grid-east", "east", None)


def test_of_equal_areas_the_smaller_id_wins():
    twins = [
        Feature(name, "street", {}, box(west, 0, west + 1, 1))
        for name, west in (("b", 1), ("a", 2))
    ]
    assert PlaceIndex(twins).resolve(2.0, 0.5).street == "a"
    assert PlaceIndex(twins[::-1]).resolve(2.0, 0.5).street == "a"


def test_a_corner_of_the_city_is_inside(places):
    assert places.resolve(114.0, 22.5).street == "west"


def test_outside_every_polygon_nothing_is_known(places):
    assert places.resolve(113.9, 22.55) == NOWHERE
    assert PlaceIndex([]).resolve(114.0, 22.5) == NOWHERE


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(0, 0), (math.nan, 22.5), (114.0, math.nan), (math.inf, 22.5), (181, 22.5), (114.0, 91)],
)
def test_impossible_points_are_not_plausible(places, lon, lat):
    assert not places.plausible(lon, lat)


def test_fifty_kilometres_outside_the_edge_is_the_border(places):
    a_kilometre = 1 / (111.195 * math.cos(math.radians(22.55)))
    assert places.plausible(114.25 + 49.5 * a_kilometre, 22.55)
    assert not places.plausible(114.25 + 50.5 * a_kilometre, 22.55)
    assert places.plausible(114.05, 22.55)


@pytest.mark.parametrize(
    ("center", "point", "is_plausible"),
    [
        ((179.9, 0.0), (179.95, 0.0), True),
        ((179.9, 0.0), (180.0, 0.0), True),
        ((179.9, 0.0), (180.1, 0.0), False),
        ((-179.9, 0.0), (-180.1, 0.0), False),
        ((0.0, 89.9), (0.0, 89.95), True),
        ((0.0, 89.9), (0.0, 90.0), True),
        ((0.0, 89.9), (0.0, 90.1), False),
        ((0.0, -89.9), (0.0, -90.1), False),
        ((0.0, 0.1), (0.0, 0.1), True),
        ((0.1, 0.0), (0.1, 0.0), True),
        ((0.1, 0.0), (0.0, 0.0), False),
    ],
)
def test_there_is_no_place_beyond_the_globe_and_none_at_its_zero(center, point, is_plausible):
    assert PlaceIndex([], center=center, radius_km=1).plausible(*point) is is_plausible


def test_how_far_a_district_reaches_is_its_radius_and_what_is_plausible():
    assert PlaceIndex([], radius_km=15, plausible_km=40).reach_km == 55
    assert (PlaceIndex([]).reach_km, PlaceIndex([]).center) == (50.0, (0.0, 0.0))


def test_square_metres_are_those_of_the_globe():
    degree = 111_195.0
    assert square_metres(box(114, 0, 115, 0.001)) == pytest.approx(degree * 111.195, rel=1e-6)
    assert square_metres(box(114, 60, 114.001, 60.001)) == pytest.approx(111.195**2 / 2, rel=1e-4)
    assert square_metres(Polygon()) == 0.0


def test_a_smaller_polygon_that_contradicts_a_larger_one_settles_the_place():
    places = PlaceIndex(
        [
            Feature("west", "street", {}, box(0, 0, 10, 10)),
            Feature("e-1", "community", {"street": "east"}, box(4, 4, 6, 6)),
            Feature("w-1-1", "grid", {"street": "west", "community": "w-1"}, box(3, 3, 7, 7)),
        ]
    )
    assert places.resolve(5, 5) == Place("east", "e-1", None)
    assert places.resolve(3.5, 3.5) == Place("west", "w-1", "w-1-1")


def test_a_district_without_polygons_is_a_circle():
    circle = PlaceIndex([], center=(-71.09, 42.32), radius_km=15, plausible_km=50)
    a_kilometre = 1 / 111.195
    assert circle.plausible(-71.09, 42.32 + 64.5 * a_kilometre)
    assert not circle.plausible(-71.09, 42.32 + 65.5 * a_kilometre)
