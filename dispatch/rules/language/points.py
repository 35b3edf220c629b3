"""Reads points as a playbook writes them."""

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section


def as_point(node: Node, faults: PlaybookFaults) -> tuple[float, float]:
    """`{lon: 114.05, lat: 22.54}` in WGS-84 degrees."""
    section = Section(node, faults, ("lon", "lat"))
    lon, lat = section.number("lon"), section.number("lat")
    if abs(lon) > 180 or abs(lat) > 90:
        faults.add(node, "not_degrees", lon=lon, lat=lat)
    return lon, lat
