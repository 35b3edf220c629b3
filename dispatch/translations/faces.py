"""The words of phone and console, which lie beside their source, among all words there are."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dispatch.translations import DEFAULT, catalogue, flat, tongue_of

_HOUSE: Final = Path(__file__).parents[2]
# By the name that their words have in a playbook: where the faces' own lie.
FACES: Final[Mapping[str, str]] = MappingProxyType(
    {"phone": "mobile_pwa/src/i18n", "console": "static/src/i18n"}
)
# The demo and the command line are for whoever runs the machine.
_OF_THE_MACHINE: Final = ("demo.", "commands.")


@cache
def every_word() -> Mapping[str, str]:
    """All that can be said, by key, in the package's first language."""
    known = dict(catalogue(DEFAULT))
    for face, folder in FACES.items():
        file = _HOUSE / folder / f"{tongue_of(DEFAULT)}.json"
        known |= dict(flat(face, json.loads(file.read_text("utf-8")))) if file.is_file() else {}
    return MappingProxyType(known)


def is_for_the_city(key: str) -> bool:
    """Whether people of a city read it; what only whoever runs the machine reads may stay away."""
    return not key.startswith(_OF_THE_MACHINE)
