"""The district's land as GeoJSON (RFC 7946), from the whole to the grids."""

from typing import Literal

from typing_extensions import TypedDict

from dispatch.shapes.labels import SpokenLabel


class LandPolygon(TypedDict):
    """Rings of (lon, lat): the outer one, then its holes."""

    type: Literal["Polygon"]
    coordinates: list[list[list[float]]]


class LandPolygons(TypedDict):
    """Several polygons that are one place."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[list[list[float]]]]


class PlaceNamed(TypedDict):
    """The place that a feature draws."""

    id: str
    label: SpokenLabel
    level: str


class PlaceFeature(TypedDict):
    """A place and its outline."""

    type: Literal["Feature"]
    properties: PlaceNamed
    geometry: LandPolygon | LandPolygons


class PlaceLevel(TypedDict):
    """All places of one level."""

    type: Literal["FeatureCollection"]
    features: list[PlaceFeature]


class Places(TypedDict):
    """`schematic`: the outlines are drawn by hand, not surveyed."""

    schematic: bool
    district: PlaceLevel
    streets: PlaceLevel
    communities: PlaceLevel
    grids: PlaceLevel
