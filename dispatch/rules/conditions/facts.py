"""What do rules know about an alert, and what do they make of it?"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from dispatch.rules.book.playbook import Category, Limits, Playbook

Answer = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision may depend on. Unknown is None or empty, never a guess.

    `reported_at` and `occurred_at` are aware; `answers` are parsed by the category's form.
    `earlier`: when alerts of the same kind were reported nearby before; `whistle`: the kind with
    which a street whistled already.
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


def folded(words: str) -> str:
    """Text as it is compared: full and half width, capitals and small letters are the same."""
    return unicodedata.normalize("NFKC", words).casefold()


class Situation:
    """Facts seen through one playbook: the category, its limits as answered, the local time.

    Each is worked out when it is first asked for; `cached_property` would lock each time.
    """

    __slots__ = ("_limits", "_local", "_said", "facts", "playbook")

    def __init__(self, playbook: "Playbook", facts: Facts) -> None:
        self.playbook = playbook
        self.facts = facts
        self._limits: Limits | None = None
        self._said: str | None = None
        self._local: datetime | None = None

    @property
    def category(self) -> "Category":
        return self.playbook.categories[self.facts.category]

    @property
    def limits(self) -> "Limits":
        """The first of the category's limits whose condition holds; the last has none."""
        if self._limits is None:
            self._limits = self._answered()
        return self._limits

    def _answered(self) -> "Limits":
        for each in self.category.limits:
            if each.when is None or each.when.holds(self):
                return each
        return self.category.limits[-1]

    @property
    def said(self) -> str:
        """The description as it is compared."""
        if self._said is None:
            self._said = folded(self.facts.text)
        return self._said

    @property
    def local(self) -> datetime:
        if self._local is None:
            zone = ZoneInfo(self.playbook.district.timezone)
            self._local = self.facts.reported_at.astimezone(zone)
        return self._local
