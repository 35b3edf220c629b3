"""The part of the JSON Schema for district, departments, calendars and places."""

from typing import Final

from dispatch.domain.roles import AREAS, OFFICES
from dispatch.rules.book.files.calendars import WORK_DAYS
from dispatch.rules.book.files.danger import DANGER_KEYS, NUMBERS
from dispatch.rules.language.clock_times import WEEKDAYS
from dispatch.rules.language.json_schema import (
    CLOCK_SPANS,
    DATE,
    FLAG,
    LABEL,
    LIMIT,
    NUMBER,
    POINT,
    TEXT,
    TONGUE,
    WHOLE,
    enum_of,
    rows,
    section,
    several,
    table,
)

_AREA: Final = section(
    {"kind": enum_of(AREAS), "label": LABEL}, dict.fromkeys(("parent", "code", "calendar"), TEXT)
)
DISTRICT: Final = section(
    {
        "id": TEXT,
        "label": LABEL,
        "timezone": TEXT,
        "language": TONGUE,
        "place": section(
            {"center": POINT, "radius_km": NUMBER, "plausible_km": NUMBER},
            {"default_points": rows(POINT)},
        ),
        "emergency": NUMBERS,
    },
    {
        **DANGER_KEYS,
        "code": TEXT,
        "languages": rows(TONGUE, least=1),
        "schematic": FLAG,
        "assumptions": section(
            may={
                **dict.fromkeys(("arrival_radius_m", "offline_grace_hours"), WHOLE),
                **dict.fromkeys(("nearby_m", "reopen_days"), WHOLE),
                **dict.fromkeys(("empty_signature", "empty_signature_life_safety"), LIMIT),
            }
        ),
        "areas": table(_AREA),
    },
)
UNIT: Final = section(
    {"label": LABEL},
    {"kind": enum_of(OFFICES)}
    | dict.fromkeys(("parent", "code", "calendar", "duties", "basis", "phone"), TEXT)
    | {"words": several(TEXT)},
)
_DAYS: Final = several(DATE)
CALENDAR: Final = section(
    {
        "version": TEXT,
        "week": section(may=dict.fromkeys(WEEKDAYS, CLOCK_SPANS)),
        "first": DATE,
        "last": DATE,
    },
    {
        "timezone": TEXT,
        "holidays": _DAYS,
        "working_days": _DAYS,
        "makeup_hours": CLOCK_SPANS,
        "work_day": enum_of(WORK_DAYS),
        "open_on_holidays": FLAG,
        "source": TEXT,
    },
)
YEAR: Final = section({"source": TEXT, "holidays": _DAYS, "working_days": _DAYS})
FEATURE: Final = section(
    {"type": TEXT, "properties": {"type": "object"}, "geometry": {"type": "object"}},
    {"id": {}, "bbox": {}},
)
