"""What somebody asks of a report: whose eyes, which instant or period, which part of the city."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from dispatch.domain.numbers import short
from dispatch.rules.book.playbook import Playbook
from dispatch.store.tables import Alert, Promise
from dispatch.translations import translate

Row = dict[str, Any]

# What reports are broken down and narrowed by.
BY: Final[Mapping[str, InstrumentedAttribute[Any]]] = MappingProxyType(
    {"department": Alert.lead, "street": Alert.street, "category": Alert.category},
)


@dataclass(frozen=True)
class Asked:
    """`seen`: the condition of the reader's eyes. `at`: the instant, now where nobody names one.

    The period is [since, until); without both ends it is everything.
    """

    playbook: Playbook
    language: str
    now: datetime
    seen: ColumnElement[bool]
    at: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    by: str | None = None
    department: str | None = None
    street: str | None = None
    category: str | None = None

    @property
    def instant(self) -> datetime:
        return self.at or self.now

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """On Alert: what the reader may see, narrowed to what was asked for."""
        yield self.seen
        for name, column in BY.items():
            wanted = getattr(self, name)
            if wanted is not None:
                yield column == wanted

    def within(self, moment: InstrumentedAttribute[Any]) -> Iterator[ColumnElement[bool]]:
        """That a moment lies in the period."""
        if self.since is not None:
            yield moment >= self.since
        if self.until is not None:
            yield moment < self.until

    def label(self, by: str, value: str | None) -> str:
        """What people call a unit or a category; a slug that is no more speaks for itself."""
        if value is None:
            return translate(self.language, f"reports.no_{by}")
        named = self.playbook.categories if by == "category" else self.playbook.units
        found = named.get(value)
        return value if found is None else self.tongue(found.label)

    def told_of(self, alert: Alert, promise: Promise) -> Row:
        """What every list of clocks says of the alert, and of who owes the promise."""
        owes = promise.unit or alert.lead
        return {
            "id": alert.id,
            "promise": promise.id,
            "number": alert.number,
            "short": short(alert.number),
            "category": alert.category,
            "category_label": self.label("category", alert.category),
            "street": alert.street,
            "street_label": self.label("street", alert.street),
            "department": owes,
            "department_label": self.label("department", owes),
            "status": alert.status,
            "supervision": alert.supervision,
        }

    def tongue(self, label: Mapping[str, str]) -> str:
        return label["en" if self.language == "en" else "zh"]
