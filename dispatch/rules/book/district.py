"""The district and the units of its organisation, as district.yaml and departments.yaml say."""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.domain.time.promises import Limit
from dispatch.rules.language.labels import Label


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    number: str
    label: Label


@dataclass(frozen=True, slots=True)
class District:
    """The city's own figures; each is an assumption until the district's documents replace it.

    `languages`: the tongues of its labels, `language` first.
    """

    id: str
    code: str
    label: Label
    timezone: str
    language: str
    languages: tuple[str, ...]
    center: tuple[float, float]
    radius_km: float
    plausible_km: float
    default_points: tuple[tuple[float, float], ...]
    emergency: tuple[EmergencyNumber, ...]
    schematic: bool
    arrival_radius_m: int
    nearby_m: int
    reopen_days: int
    empty_signature: Limit
    empty_signature_life_safety: Limit
    areas: Mapping[str, "Unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation. `kind`: district street community grid department team company.

    `code` is the number other systems know it by; ids are the district's own and never change.
    `calendar`: its own hours; empty: those of the unit above it. `duties`: what it is there for.
    """

    id: str
    kind: str
    parent: str | None
    label: Label
    code: str = ""
    calendar: str = ""
    duties: str = ""
