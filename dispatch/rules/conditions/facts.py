"""The facts of one alert on which a decision may depend, and how its text is compared."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dispatch.rules.questions.answers import Answer

WHISTLES: Final = ("emergency", "enforcement", "priority")


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision may depend on. Unknown is None or empty, never a guess.

    `reported_at` and `occurred_at` are aware; `answers` are parsed by the category's form.
    `earlier`: when alerts of the same kind were reported nearby before; `whistle`: the kind with
    which a street whistled already. `severity` and `life_safety`: as a person set them, None where
    the category's own count.
    """

    category: str
    reported_at: datetime
    text: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    street: str | None = None
    community: str | None = None
    grid: str | None = None
    zones: frozenset[str] = frozenset()
    lon: float | None = None
    lat: float | None = None
    reporter_role: str | None = None
    source: str = "app"
    photos: int = 0
    open_nearby: int = 0
    earlier: tuple[datetime, ...] = ()
    whistle: str | None = None
    occurred_at: datetime | None = None
    about_unit: str | None = None
    severity: int | None = None
    life_safety: bool | None = None


def folded(words: str) -> str:
    """Text as it is compared: full and half width, capitals and small letters are the same."""
    return unicodedata.normalize("NFKC", words).casefold()
