"""Reads single values that somebody sent: each function returns the value, or notes a fault."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, Final
from zoneinfo import ZoneInfo

from dispatch.errors import Fault, Refused

LONGEST_TEXT = 2000
MOST_PHOTOS = 9
LONGEST_NAME = 64  # of a unit, a category, a person
LEAST_ACCURATE_M = 100_000
LONGEST_LANDMARK = 60
CRS = ("wgs84", "gcj02", "bd09")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Earlier instants are typing errors; those of year 1 have no local time west of Greenwich.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(minutes=5)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Beyond these no calendar of ours knows a week before, a local time or a month's beginning.
YEARS: Final = range(1970, 2101)
# How what is read below is written, as JSON Schema; one that has a title is named by it.
Schema = Mapping[str, Any]
TEXT: Final[Schema] = {"type": "string", "maxLength": LONGEST_TEXT}
NAME: Final[Schema] = {"type": "string", "maxLength": LONGEST_NAME}
UUID: Final[Schema] = {"type": "string", "pattern": f"^{_UUID.pattern}$"}
INSTANT: Final[Schema] = {"type": "string", "format": "date-time"}
DIGEST: Final[Schema] = {"type": "string", "pattern": f"^{_DIGEST.pattern}$"}
DIGESTS: Final[Schema] = {
    "type": "array",
    "items": DIGEST,
    "maxItems": MOST_PHOTOS,
    "uniqueItems": True,
}
POSITION: Final[Schema] = {
    "title": "SentPosition",
    "description": "A point as the device says it; degrees, accuracy in metres.",
    "type": "object",
    "properties": {
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "accuracy_m": {"type": ["number", "null"], "minimum": 0, "maximum": LEAST_ACCURATE_M},
        "crs": {"type": "string", "enum": list(CRS)},
    },
    "required": ["lon", "lat"],
    "additionalProperties": False,
}
NAMED_GRID: Final[Schema] = {
    "title": "NamedGrid",
    "description": "A place that is named by its grid, where nobody knows the point.",
    "type": "object",
    "properties": {"grid": NAME},
    "required": ["grid"],
    "additionalProperties": False,
}
_SHOWN = 40  # of what somebody sent, in a refusal: enough to recognise it
_SUGGESTED = 5
# Everything below space but tab and newlines, and the halves of broken surrogate pairs.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Position:
    """A point as the device reported it, in degrees; accuracy in metres."""

    lon: float
    lat: float
    accuracy_m: float | None
    crs: str


@dataclass(frozen=True)
class NamedGrid:
    """A place that is named by its grid, where nobody knows the point."""

    grid: str


def echo(value: object) -> str:
    """A value that somebody sent, shortened so that a refusal may repeat it."""
    return str(value)[:_SHOWN]


def suggested(value: str, known: Sequence[str]) -> str:
    """The known values most like what was sent, or the first ones where none is; for a refusal."""
    near = get_close_matches(echo(value), known, n=_SUGGESTED, cutoff=0.4)
    return ", ".join(near or known[:_SUGGESTED])


class Faults(list[Fault]):
    """The faults found so far."""

    def add(self, field: str, code: str, **params: object) -> None:
        self.append(Fault(field, code, params))

    def refuse(self) -> None:
        """Raise Refused invalid when there are any."""
        if self:
            raise Refused("invalid", faults=self, count=len(self))


def read_text(name: str, value: Any, faults: Faults, *, longest: int = LONGEST_TEXT) -> str | None:
    """Text without control characters, stripped; "" where none of it is visible."""
    if not isinstance(value, str):
        faults.add(name, "wrong_type", wanted="text")
        return None
    if _CONTROL.search(value):
        faults.add(name, "control_characters")
        return None
    if len(value) > longest:
        faults.add(name, "too_long", most=longest)
        return None
    return value.strip() if any(map(_is_visible, value)) else ""


def _is_visible(character: str) -> bool:
    """False for blanks, marks of direction and joiners: a text of these alone is empty."""
    return not character.isspace() and unicodedata.category(character) != "Cf"


def read_position(name: str, value: Any, faults: Faults) -> Position | None:
    """Reads `{lon, lat, accuracy_m?, crs?}`."""
    if not isinstance(value, dict):
        faults.add(name, "wrong_type", wanted="{lon, lat, accuracy_m, crs}")
        return None
    for unknown in value.keys() - {"lon", "lat", "accuracy_m", "crs"}:
        faults.add(f"{name}.{echo(unknown)}", "unknown_field", known="lon, lat, accuracy_m, crs")
    lon = _number(f"{name}.lon", value.get("lon"), faults, least=-180, most=180)
    lat = _number(f"{name}.lat", value.get("lat"), faults, least=-90, most=90)
    accuracy = value.get("accuracy_m")
    if accuracy is not None:
        accuracy = _number(f"{name}.accuracy_m", accuracy, faults, least=0, most=LEAST_ACCURATE_M)
    crs = value.get("crs", "wgs84")
    if crs not in CRS:
        faults.add(f"{name}.crs", "unknown_value", value=echo(crs), known=", ".join(CRS))
        return None
    return None if lon is None or lat is None else Position(lon, lat, accuracy, crs)


def _number(name: str, value: Any, faults: Faults, *, least: float, most: float) -> float | None:
    if value is None:
        faults.add(name, "missing")
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.add(name, "wrong_type", wanted="number")
        return None
    if not least <= value <= most:  # NaN is in no range; an integer may be too long for a float
        faults.add(name, "out_of_range", least=least, most=most)
        return None
    return float(value)


def read_digests(name: str, value: Any, faults: Faults) -> list[str] | None:
    """A list of SHA-256 digests in hexadecimal, each once."""
    if not isinstance(value, list):
        faults.add(name, "wrong_type", wanted="list")
        return None
    if len(value) > MOST_PHOTOS:
        faults.add(name, "too_many", most=MOST_PHOTOS)
        return None
    for place, digest in enumerate(value):
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            faults.add(f"{name}.{place}", "not_a_digest")
        elif digest in value[:place]:
            faults.add(f"{name}.{place}", "repeated")
    return value


def read_uuid(name: str, value: Any, faults: Faults) -> str | None:
    """A UUID in its canonical form: small letters, hyphens."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        faults.add(name, "not_a_uuid")
        return None
    return value


def read_moment(
    name: str, written: str, zone: ZoneInfo, faults: Faults, *, ends: bool
) -> datetime | None:
    """An instant with its offset, or a day as a calendar shows it: that begins at its midnight in
    the zone, and where it `ends` something it is meant as a whole.
    """
    try:
        day = date.fromisoformat(written) if _DAY.fullmatch(written) else None
        if day is not None:
            midnight = datetime.combine(day + timedelta(days=ends), time(), zone)
            moment = midnight.astimezone(UTC)
        else:
            moment = datetime.fromisoformat(written)
    except (ValueError, OverflowError):
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        faults.add(name, "not_a_time")
        return None
    return moment


def read_instant(
    name: str,
    value: Any,
    faults: Faults,
    *,
    now: datetime,
    ahead: timedelta = _AHEAD,
) -> datetime | None:
    """An aware ISO 8601 instant since 1970, at most `ahead` in the future: clocks of devices run
    ahead.
    """
    try:
        moment = datetime.fromisoformat(value)
        aware = moment.astimezone(now.tzinfo) if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        aware = None
    if aware is None or aware < _EARLIEST:
        faults.add(name, "not_a_time")
        return None
    if aware - now > ahead:
        faults.add(name, "in_the_future")
        return None
    return aware
