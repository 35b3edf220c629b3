"""The facts of one alert as conditions compare them: with local time, folded text and severity."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.rules.conditions.facts import Facts, folded

# Severity is a whole number between these.
WORST: Final = 1
MILDEST: Final = 4


class Circumstances:
    """What a condition is asked about.

    `severity` and `life_safety` are those of the category's limits that apply: whoever chooses
    them sets both. Local time and folded text are worked out when they are first asked
    for; `cached_property` would take a lock each time.
    """

    __slots__ = ("_local", "_said", "_timezone", "facts", "life_safety", "severity")

    severity: int
    life_safety: bool

    def __init__(self, facts: Facts, timezone: str) -> None:
        self.facts = facts
        self._timezone = timezone
        self._said: str | None = None
        self._local: datetime | None = None

    @property
    def said(self) -> str:
        """The description as it is compared."""
        if self._said is None:
            self._said = folded(self.facts.text)
        return self._said

    @property
    def local(self) -> datetime:
        """The time of the report by the district's clock."""
        if self._local is None:
            self._local = self.facts.reported_at.astimezone(ZoneInfo(self._timezone))
        return self._local
