"""Points of Chinese web maps and of the globe: there and back within a metre."""

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain.coordinates import TRANSFORMS, to_wgs84

SYSTEMS = ["wgs84", "gcj02", "bd09"]
IN_CHINA = st.tuples(st.floats(74, 134), st.floats(18, 53))


def from_wgs84(lon, lat, crs):
    return TRANSFORMS[crs](lon, lat)


def metres(a, b):
    return geodesic((a[1], a[0]), (b[1], b[0])).m


@pytest.mark.parametrize("crs", SYSTEMS)
@given(point=IN_CHINA)
def test_a_round_trip_stays_within_a_centimetre(crs, point):
    assert metres(to_wgs84(*from_wgs84(*point, crs), crs), point) < 0.01
    assert metres(from_wgs84(*to_wgs84(*point, crs), crs), point) < 0.01


def test_the_civic_centre_lies_about_600_metres_off_on_a_chinese_map():
    there = from_wgs84(114.0579, 22.5431, "gcj02")
    assert there == pytest.approx((114.063014, 22.540383), abs=1e-6)
    assert 500 < metres(there, (114.0579, 22.5431)) < 700


def test_baidu_lies_further_off_still():
    there = from_wgs84(114.0579, 22.5431, "bd09")
    assert there == pytest.approx((114.069564, 22.546042), abs=1e-6)


@pytest.mark.parametrize(
    ("point", "gcj02", "bd09"),
    [  # as the published formulas give them
        ((87.6, 43.8), (87.602838972272, 43.801212030292), (87.609210151822, 43.807472507650)),
        ((126.6, 45.7), (126.605902300130, 45.701926259379), (126.612256427548, 45.708282573799)),
        ((104.9, 34.9), (104.902927726499, 34.898802193316), (104.909372839686, 34.904910431222)),
        ((121.47, 31.23), (121.474534900443, 31.228067481942), (121.481076208086, 31.233986715639)),
        ((72.004, 0.8293), (72.007709102863, 0.830562768012), (72.014197326419, 0.836761320880)),
        (
            (137.8347, 55.8271),
            (137.843728549755, 55.829618112159),
            (137.850301098880, 55.835492253637),
        ),
    ],
)
def test_points_all_over_china_lie_where_the_formulas_put_them(point, gcj02, bd09):
    assert from_wgs84(*point, "gcj02") == pytest.approx(gcj02, abs=1e-11, rel=0)
    assert from_wgs84(*point, "bd09") == pytest.approx(bd09, abs=1e-11, rel=0)


@pytest.mark.parametrize(
    "point", [(72.0039, 30.0), (137.8348, 30.0), (100.0, 0.8292), (100.0, 55.8272)]
)
def test_a_step_beyond_the_rectangle_nothing_is_shifted(point):
    assert from_wgs84(*point, "gcj02") == from_wgs84(*point, "bd09") == point


@pytest.mark.parametrize("crs", ["gcj02", "bd09"])
def test_the_way_back_is_good_to_a_hundredth_of_a_millimetre(crs):
    for point in ((114.0579, 22.5431), (105.0, 35.0), (123.0188, 52.2551)):
        there = to_wgs84(*from_wgs84(*point, crs), crs)
        assert there == pytest.approx(point, abs=1e-10, rel=0)


def test_outside_china_all_systems_agree():
    for crs in SYSTEMS:
        assert from_wgs84(-71.0587, 42.3594, crs) == (-71.0587, 42.3594)
        assert to_wgs84(-71.0587, 42.3594, crs) == (-71.0587, 42.3594)


def test_an_unknown_system_is_refused():
    with pytest.raises(ValueError, match="nad27"):
        to_wgs84(114.0, 22.5, "nad27")
