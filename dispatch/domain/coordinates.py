"""Conversion between WGS-84 and the coordinate systems of Chinese web maps, GCJ-02 and BD-09.

The forward formulas are the publicly known approximations of the two offsets. The way back has no
formula: it is found by iteration, so that a round trip stays far below a metre.
"""

import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

Point = tuple[float, float]
Transform = Callable[[float, float], Point]

_AXIS: Final = 6_378_245.0
_ECCENTRICITY: Final = 0.00669342162296594323
_BD_TURN: Final = math.pi * 3000.0 / 180.0
_ROUNDS: Final = 5  # each leaves less than a hundredth of the error: a thousandth of a millimetre


def to_wgs84(lon: float, lat: float, crs: str) -> Point:
    """Longitude and latitude in WGS-84 of a point given in `crs` (wgs84 | gcj02 | bd09).

    Raises ValueError for another system.
    """
    return _inverse(_transform(crs), lon, lat)


def _transform(crs: str) -> Transform:
    try:
        return TRANSFORMS[crs]
    except KeyError:
        raise ValueError(f"unknown coordinate system {crs!r}") from None


def _inverse(transform: Transform, lon: float, lat: float) -> Point:
    guess_lon, guess_lat = lon, lat
    for _ in range(_ROUNDS):
        there_lon, there_lat = transform(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + (lon - there_lon), guess_lat + (lat - there_lat)
    return guess_lon, guess_lat


def _same(lon: float, lat: float) -> Point:
    return lon, lat


def _gcj02(lon: float, lat: float) -> Point:
    if not _is_shifted(lon, lat):
        return lon, lat
    east, north = _wave_east(lon - 105.0, lat - 35.0), _wave_north(lon - 105.0, lat - 35.0)
    sine = math.sin(math.radians(lat))
    bulge = 1 - _ECCENTRICITY * sine * sine
    root = math.sqrt(bulge)
    meridian = _AXIS * (1 - _ECCENTRICITY) / (bulge * root)
    parallel = _AXIS / root * math.cos(math.radians(lat))
    return lon + math.degrees(east / parallel), lat + math.degrees(north / meridian)


def _is_shifted(lon: float, lat: float) -> bool:
    """The rectangle in which the shift applies; outside it both systems agree."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def _wave_north(x: float, y: float) -> float:
    bend = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    return bend + _ripple(x) + _waves(y, ((20.0, 1.0), (40.0, 3.0)), ((160.0, 12.0), (320.0, 30.0)))


def _wave_east(x: float, y: float) -> float:
    bend = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    return bend + _ripple(x) + _waves(x, ((20.0, 1.0), (40.0, 3.0)), ((150.0, 12.0), (300.0, 30.0)))


def _ripple(x: float) -> float:
    return (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0


def _waves(at: float, short: tuple[Point, Point], long: tuple[Point, Point]) -> float:
    """The sum of sines of the published formula; each pair is (amplitude, period)."""
    pairs = (*short, *long)
    return sum(force * math.sin(at / period * math.pi) for force, period in pairs) * 2.0 / 3.0


def _bd09(lon: float, lat: float) -> Point:
    if not _is_shifted(lon, lat):
        return lon, lat
    x, y = _gcj02(lon, lat)
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * _BD_TURN)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * _BD_TURN)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


# From WGS-84 to each system.
TRANSFORMS: Final = MappingProxyType({"wgs84": _same, "gcj02": _gcj02, "bd09": _bd09})
