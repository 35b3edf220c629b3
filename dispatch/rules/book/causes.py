"""Leaves out the faults that only follow from another one: from a definition that is hidden."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.rules.language.faults import PlaybookFault

_NESTED: Final = re.compile(r"[.\[]")
# A section is missing, misspelled, or none; a key is missing or misspelled.
_OF_SECTION: Final = ("missing_key", "unknown_key", "not_mapping", "not_list", "not_text")
_OF_KEY: Final = _OF_SECTION[:2]


@dataclass(frozen=True, slots=True)
class _Defined:
    """Where something is defined: in a section of a file, under its id or by the key `name`."""

    file: str
    section: str
    name: str = ""

    def is_hidden_by(self, fault: PlaybookFault) -> bool:
        """Whether nobody who refers to what is defined here can find it, for this fault."""
        if fault.file != self.file:
            return False
        named = (fault.params.get("name"), fault.params.get("hint"))
        if not _NESTED.search(fault.path):
            return fault.code in _OF_SECTION and self.section in (fault.path, *named)
        if not _NESTED.match(fault.path.removeprefix(self.section)):
            return False
        if not self.name:
            return fault.code == "faulty_id"
        return fault.path.endswith(f".{self.name}") or (
            fault.code in _OF_KEY and self.name in named
        )


_AREAS: Final = (_Defined("district.yaml", "areas"),)
_UNITS: Final = (
    _Defined("departments.yaml", "units"),
    _Defined("district.yaml", "id"),
    *_AREAS,
)
_GROUPS: Final = (_Defined("categories.yaml", "groups"),)
_CATEGORIES: Final = (_Defined("categories.yaml", "categories"),)
_QUESTIONS: Final = (_Defined("categories.yaml", "questions"),)
# By the fault of whoever refers to it.
_DEFINED: Final[Mapping[str, Collection[_Defined]]] = MappingProxyType(
    {
        "unknown_unit": _UNITS,
        **dict.fromkeys(("unknown_street", "unknown_community", "unknown_grid"), _AREAS),
        "unknown_number": (
            _Defined("district.yaml", "emergency", "number"),
            _Defined("district.yaml", "hotlines", "number"),
        ),
        "unknown_calendar": (_Defined("calendars.yaml", "calendars"),),
        "unknown_ladder": (_Defined("ladders.yaml", "ladders"),),
        "unknown_basis": (_Defined("promises.yaml", "bases"),),
        "unknown_promise_set": (_Defined("promises.yaml", "sets"),),
        "unknown_group": _GROUPS,
        "unknown_category": (*_GROUPS, *_CATEGORIES),
        "unknown_field": (*_QUESTIONS, *_CATEGORIES),
        "unknown_choice": (*_QUESTIONS, *_CATEGORIES),
        "choices_and_kind": _QUESTIONS,
        "unknown_rule": (
            _Defined("rules.yaml", "rules", "id"),
            _Defined("rules.yaml", "also", "id"),
        ),
        "unknown_words": (_Defined("district.yaml", "word_groups"),),
        "unknown_zone": (
            _Defined("places.geojson", "features", "zone"),
            _Defined("places.geojson", "features", "id"),
        ),
    }
)


def causes(faults: Iterable[PlaybookFault]) -> list[PlaybookFault]:
    """The faults without those that refer to what another one hides: once that is mended they are
    gone, or told.
    """
    found = [*faults]
    hidden = {
        code
        for code, places in _DEFINED.items()
        if any(place.is_hidden_by(fault) for place in places for fault in found)
    }
    return [fault for fault in found if _referring(fault) not in hidden]


def _referring(fault: PlaybookFault) -> str:
    """The code; a form that says of a shared question only what is its own refers to it."""
    is_form = fault.file == "categories.yaml" and ".form." in fault.path
    return "choices_and_kind" if is_form and fault.code == "missing_key" else fault.code
