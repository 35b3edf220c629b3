"""Codes for what libyaml and GEOS complain about; `playbook.reason.*` has the words for them.

Both libraries give their reasons in English only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OTHER: Final = "other"

# Parts of libyaml's messages, the first that is found.
_YAML: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mapping values are not allowed": "colon_not_here",
        "unexpected ':'": "colon_at_end",
        "expected ':'": "colon_missing",
        "expected ',' or ']'": "bracket_open",
        "expected ',' or '}'": "brace_open",
        "expected '-'": "dash_missing",
        "block sequence entries are not allowed": "dash_not_here",
        "end of stream": "quote_open",
        "document indicator": "quote_open",
        "cannot start any token": "sign_not_here",
        "tab character": "sign_not_here",
        "alphabetic or numeric": "anchor_sign",
        "unknown escape": "escape",
        "hexdecimal": "escape",
        "expected <block end>": "indent",
        "did not find expected key": "indent",
        "expected comment or line break": "after_text",
        "expected <document start>": "second_top",
        "did not find expected node content": "value_missing",
        "control characters": "control",
    }
)
_POLYGON: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Self-intersection": "crosses_itself",
        "Ring Self-intersection": "touches_itself",
        "Hole lies outside shell": "hole_outside",
        "Holes are nested": "hole_in_hole",
        "Nested shells": "polygon_in_polygon",
        "Duplicate Rings": "ring_twice",
        "Interior is disconnected": "falls_apart",
        "Too few points": "too_few_points",
        "Ring is not closed": "ring_open",
        "Invalid Coordinate": "no_number",
    }
)


def yaml_reason(message: str) -> str:
    """The code of what libyaml says."""
    return next((code for part, code in _YAML.items() if part in message), OTHER)


def polygon_reason(message: str) -> tuple[str, str]:
    """The code of what GEOS says, and the point where it is: `Self-intersection[114.1 22.5]`."""
    words, _, point = message.rstrip("]").partition("[")
    code = next((code for part, code in _POLYGON.items() if words.startswith(part)), OTHER)
    return code, point.replace(" ", ", ")
