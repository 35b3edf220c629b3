"""What do rules know about an alert, and what do they make of it?"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from dispatch.rules.playbook import Category, Limits, Playbook

Answer = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision may depend on. Unknown is None or empty, never a guess.

    `reported_at` and `occurred_at` are aware; `answers` are parsed by the category's form.
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
    occurred_at: datetime | None = None
    about_unit: str | None = None


def folded(words: str) -> str:
    """Text as it is compared: full and half width, capitals and small letters are the same."""
    return unicodedata.normalize("NFKC", words).casefold()


class Situation:
    """Facts seen through one playbook: the category, its limits as answered, the local time."""

    def __init__(self, playbook: "Playbook", facts: Facts) -> None:
        self.playbook = playbook
        self.facts = facts

    @cached_property
    def category(self) -> "Category":
        return self.playbook.categories[self.facts.category]

    @cached_property
    def limits(self) -> "Limits":
        """The first of the category's limits whose condition holds; the last has none."""
        return next(
            (each for each in self.category.limits if each.when is None or each.when.holds(self)),
            self.category.limits[-1],
        )

    @cached_property
    def said(self) -> str:
        """The description as it is compared."""
        return folded(self.facts.text)

    @cached_property
    def local(self) -> datetime:
        return self.facts.reported_at.astimezone(ZoneInfo(self.playbook.district.timezone))
