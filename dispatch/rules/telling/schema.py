"""The JSON Schema of a playbook, for editors: keys, types and fixed words.

Whether a reference (to a unit, a category, a basis) leads anywhere only `check` can tell.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.domain.roles import ROLES
from dispatch.domain.time.ladders import ACTIONS
from dispatch.rules.book.files.categories import ALL_ARE_VERIFIED, CLOSINGS, VISITS
from dispatch.rules.book.files.danger import OWN_NUMBERS
from dispatch.rules.book.files.effects import EFFECTS
from dispatch.rules.book.files.expectations import EXPECTATIONS
from dispatch.rules.book.files.icons import ICONS
from dispatch.rules.book.files.labels import TERMS
from dispatch.rules.book.files.limits import BASES, PROMISES, SEVERITY
from dispatch.rules.book.terms import RECIPIENTS
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.language.json_schema import (
    DATE,
    FLAG,
    LABEL,
    LIMIT,
    POINT,
    TEXT,
    WHOLE,
    Json,
    defined,
    enum_of,
    rows,
    section,
    several,
    table,
)
from dispatch.rules.questions.kinds import KINDS, WRITTEN
from dispatch.rules.telling.schema_town import CALENDAR, DISTRICT, FEATURE, UNIT, YEAR
from dispatch.translations import LANGUAGES, catalogue

WHEN: Final = defined("condition")
KIND: Final = defined("kind")
_PROMISED: Final = section({"promises": PROMISES}, {"basis": BASES})
_THRESHOLD: Final = section(may={"after_hours": WHOLE, "percent_of_limit": WHOLE})
# What a rule may say beside its lead and what it does.
_NO_LEAD: Final[Mapping[str, Json]] = MappingProxyType(
    {
        **{name: effect.schema for name, effect in EFFECTS.items() if name != "lead"},
        "label": LABEL,
        "basis": BASES,
        "note": TEXT,
    }
)


def playbook_schema() -> Json:
    """One schema for the whole folder, by file name; `$defs` has each file for itself."""
    files = {name: defined(name) for name in _FILES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "哨到 Shaodao playbook",
        **section(files),
        "$defs": {"condition": _condition(), "field": _field(), "kind": _kind(), **_FILES},
    }


def _condition() -> Json:
    """At least one comparison; each operator says itself what it wants."""
    known = {
        name: _titled(each.schema, f"playbook.fact.{name}") for name, each in OPERATORS.items()
    }
    return section(may=known) | {"minProperties": 1}


def _field() -> Json:
    common = {"kind": KIND, "label": LABEL, "required": FLAG, "shown_when": WHEN}
    return section(may={**common, **WRITTEN})


def _kind() -> Json:
    return {"anyOf": [_titled({"const": kind}, f"playbook.question.{kind}") for kind in KINDS]}


def _titled(shape: Json, key: str) -> Json:
    """The shape with its name for whoever edits, in every language that has a word for it."""
    words = [catalogue(each)[key] for each in LANGUAGES if key in catalogue(each)]
    return {**shape, "title": " / ".join(words)}


_BASIS: Final = {
    **section(may={"open": FLAG, "drafter": TEXT, "review": DATE}),
    "additionalProperties": TEXT,
}
_RUNG: Final = section(
    {"at": TEXT, "do": enum_of(ACTIONS)},
    {
        "to": several(enum_of(RECIPIENTS)),
        "repeat": WHOLE,
        "every": LIMIT,
        "working_hours_only": FLAG,
    },
)
_LADDER: Final = section({"label": LABEL, "rungs": rows(_RUNG)}, {"snooze_minutes": WHOLE})
_LIMITS: Final = section(
    {"promises": PROMISES},
    {"when": WHEN, "code": TEXT, "severity": SEVERITY, "life_safety": FLAG, "basis": BASES},
)
_CATEGORY: Final = section(
    {"label": LABEL, "group": TEXT, "limits": {"type": "array", "items": _LIMITS, "minItems": 1}},
    {
        "icon": enum_of(ICONS),
        "closing": enum_of(CLOSINGS),
        "note": TEXT,
        **dict.fromkeys(("household", "about_unit", "common", "life_safety", "accusation"), FLAG),
        **dict.fromkeys(("say", "advice", "choice"), LABEL),
        "words": several(TEXT),
        "emergency": OWN_NUMBERS,
        "visit": enum_of(VISITS),
        "verify": enum_of((ALL_ARE_VERIFIED,)),
        "form": table(defined("field")),
        "photos": WHOLE,
        "severity": WHOLE,
        "nearby_m": WHOLE,
    },
)
_QUESTION: Final = section({"kind": KIND, "label": LABEL}, {"choices": table(LABEL)})
_SITUATION: Final = section(
    {"category": TEXT},
    {
        **dict.fromkeys(("at", "text", "street", "community", "grid"), TEXT),
        **dict.fromkeys(("source", "about_unit"), TEXT),
        **dict.fromkeys(("photos", "open_nearby"), WHOLE),
        "answers": table({}),
        "position": POINT,
        "reporter_role": enum_of(ROLES),
        "earlier": several(TEXT),
        "whistle": enum_of(WHISTLES),
    },
)
_EXPECTED: Final = section(may={name: each.schema for name, each in EXPECTATIONS.items()}) | {
    "minProperties": 1
}
_RULE: Final = {"id": TEXT, "when": WHEN}


_FILES: Final[Mapping[str, Json]] = MappingProxyType(
    {
        "district.yaml": DISTRICT,
        "departments.yaml": section({"units": table(UNIT)}, {"source": TEXT}),
        "places.geojson": {
            "type": "object",
            "required": ["features"],
            "properties": {"features": rows(FEATURE)},
        },
        "calendars.yaml": section(
            {"default": TEXT, "calendars": table(CALENDAR)}, {"years": table(YEAR)}
        ),
        "promises.yaml": section(
            {
                "bases": table(_BASIS),
                "promises": PROMISES,
                "cards": section({"orange": _THRESHOLD, "red": _THRESHOLD}),
            },
            {
                "sets": table(_PROMISED),
                "basis": BASES,
                "whistles": section(may=dict.fromkeys(WHISTLES, _PROMISED)),
                "scores": {},
            },
        ),
        "ladders.yaml": section(
            {"default": TEXT, "ladders": table(_LADDER)}, {"life_safety": TEXT}
        ),
        "categories.yaml": section(
            {
                "groups": table(section({"label": LABEL}, {"parent": TEXT, "asks": LABEL})),
                "categories": table(_CATEGORY),
            },
            {"questions": table(_QUESTION), "source": TEXT},
        ),
        "rules.yaml": section(
            {
                "rules": rows(section({**_RULE, "lead": TEXT}, _NO_LEAD)),
                "otherwise": section({"lead": TEXT}, _NO_LEAD),
            },
            {"also": rows(section(_RULE, _NO_LEAD)), "source": TEXT},
        ),
        "labels.yaml": section(may=dict.fromkeys(TERMS, LABEL)),
        "cases.yaml": section(
            {"cases": rows(section({"case": TEXT, "given": _SITUATION, "expect": _EXPECTED}))}
        ),
    }
)
