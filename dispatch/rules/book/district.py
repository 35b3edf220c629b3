"""The district and the units of its organisation, as district.yaml and departments.yaml say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.rules.book.heard import HeardWords, LifeWords
from dispatch.rules.language.labels import Label

MOST_METRES: Final = 10_000  # that a place is called near


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call; `sentence`: when to call it, in a few words; None: the label says it."""

    number: str
    label: Label
    sentence: Label | None = None


@dataclass(frozen=True, slots=True)
class DangerSheet:
    """What stands above and below the emergency numbers, and on the way on; None: the phone's own
    words, which name no number.
    """

    title: Label | None = None
    hint: Label | None = None
    go_on: Label | None = None


@dataclass(frozen=True, slots=True)
class Accusations:
    """Accusations against officials are not taken in: the words that show the page, what stands on
    it, and the statutory channel.
    """

    heard: HeardWords
    channel: EmergencyNumber
    title: Label | None = None
    hint: Label | None = None


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
    hotlines: tuple[EmergencyNumber, ...]
    danger: DangerSheet
    life_words: LifeWords
    accusations: Accusations | None
    schematic: bool
    arrival_radius_m: int
    nearby_m: int
    reopen_days: int
    areas: Mapping[str, "Unit"]

    def numbers(self) -> Mapping[str, EmergencyNumber]:
        """Every number that categories and life words may show, by its digits."""
        return {each.number: each for each in (*self.emergency, *self.hotlines)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation. `kind`: district street community grid department team company.

    `code` is the number other systems know it by; ids are the district's own and never change.
    `calendar`: its own hours; empty: those of the unit above it. `duties`: what it is there for;
    `phone`: its office, never masked; `words`: what people call it beside its label.
    """

    id: str
    kind: str
    parent: str | None
    label: Label
    code: str = ""
    calendar: str = ""
    duties: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
