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


def test_outside_china_all_systems_agree():
    for crs in SYSTEMS:
        assert from_wgs84(-71.0587, 42.3594, crs) == (-71.0587, 42.3594)
        assert to_wgs84(-71.0587, 42.3594, crs) == (-71.0587, 42.3594)


def test_an_unknown_system_is_refused():
    with pytest.raises(ValueError, match="nad27"):
        to_wgs84(114.0, 22.5, "nad27")
