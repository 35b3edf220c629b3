"""What a map or a rule names far away from the district is an error; what it reaches is none."""

from datetime import date

import pytest
from town import FILES, as_bytes, with_change

from dispatch.domain.duplicates import metres
from dispatch.rules.proving.checks import check

TODAY = date(2026, 11, 23)
EDGE = 114.1  # the eastern end of what is drawn
KM = 1000 / metres((EDGE, 22.5), (EDGE + 1, 22.5))  # degrees of longitude


def found(files, code):
    return [
        (each.path, each.level, dict(each.params))
        for each in check(as_bytes(files), TODAY)
        if each.code == code
    ]


@pytest.mark.parametrize(
    ("east_km", "within_m", "km"),
    [(0, 100, None), (54.5, 100, None), (55.5, 100, 56), (55.5, 1000, None), (57.5, 1000, 58)],
)
def test_a_rule_may_ask_for_a_point_within_reach_of_the_district(east_km, within_m, km):
    point = f"near: {{lon: {EDGE + east_km * KM:.6f}, lat: 22.5, within_m: {within_m}}}"
    files = with_change("rules.yaml", "photos: {at_least: 1}", point)
    wanted = [("also[0].when.near", "error", {"km": str(km)})] if km else []
    assert found(files, "near_elsewhere") == wanted


@pytest.mark.parametrize(("lat", "is_told"), [(90, True), (-90, True), (90.1, False)])
def test_a_point_that_is_nowhere_on_earth_is_told_once(lat, is_told):
    point = f"near: {{lon: 114.05, lat: {lat}, within_m: 100}}"
    files = with_change("rules.yaml", "photos: {at_least: 1}", point)
    assert bool(found(files, "near_elsewhere")) is is_told
    assert bool(found(files, "not_degrees")) is not is_told


@pytest.mark.parametrize(("east_km", "km"), [(54.5, None), (55.5, 56)])
def test_the_middle_of_the_district_lies_within_its_reach(east_km, km):
    middle = f"{{lon: {EDGE + east_km * KM:.6f}, lat: 22.5}}"
    files = with_change("district.yaml", "{lon: 114.0, lat: 22.5}", middle)
    wanted = [("place", "error", {"km": str(km)})] if km else []
    assert found(files, "center_elsewhere") == wanted


@pytest.mark.parametrize(("east_km", "km"), [(54.0, None), (56.7, 57)])
def test_a_zone_lies_within_reach_by_its_middle(east_km, km):
    west, east = (EDGE + (east_km + side) * KM for side in (-0.1, 0.1))
    drawn = FILES["places.geojson"]
    for old, new in (("114.04,", f"{west:.6f},"), ("114.06,", f"{east:.6f},")):
        drawn = drawn.replace(old, new)
    files = FILES | {"places.geojson": drawn}
    wanted = [("features", "error", {"zone": "school", "km": str(km)})] if km else []
    assert found(files, "zone_elsewhere") == wanted
