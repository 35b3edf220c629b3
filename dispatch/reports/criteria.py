"""What a report is asked for: what its reader may see, which time, which part of the city."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch.domain.law.clock_owner import owing_unit
from dispatch.domain.numbers import short
from dispatch.domain.reading import echo, suggested
from dispatch.errors import Fault
from dispatch.rules.book.playbook import Playbook
from dispatch.store import conditions
from dispatch.store.tables import Alert, Promise
from dispatch.translations import tongue_of, translate

Row = dict[str, Any]

# What a report can be narrowed to and grouped by, with the columns.
PARTS: Final[Mapping[str, InstrumentedAttribute[Any]]] = MappingProxyType(
    {"department": Alert.lead, "street": Alert.street, "category": Alert.category},
)
# A grouping of its own: everything in one row.
CITY: Final = "city"
GROUPINGS: Final = (*PARTS, CITY)


@dataclass(frozen=True)
class Criteria:
    """`seen`: the condition of what the reader may see. `at`: the instant, now where it is None.

    The period is [since, until); without both ends it is everything. `by`: one of GROUPINGS.
    `department`, `street`, `category`: the one value to narrow the report to.
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

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) is not None for name in PARTS)

    def moments(self) -> Iterator[str]:
        """Which moments were asked for, as a request names them."""
        asked = {"at": self.at, "from": self.since, "to": self.until}
        return (name for name, moment in asked.items() if moment is not None)

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """On Alert: what the reader may see, narrowed to what was asked for."""
        return self._narrowed_by(PARTS)

    def conditions_of_clocks(self) -> Iterator[ColumnElement[bool]]:
        """On Alert and Promise: the same, where a department is whoever owes the clock."""
        return self._narrowed_by({**PARTS, "department": self.owing_unit()})

    def owing_unit(self) -> SQLColumnExpression[str]:
        """On Alert and Promise: the unit that owes the clock."""
        return conditions.unit_that_owes(self.playbook.district.id)

    def _narrowed_by(
        self, parts: Mapping[str, SQLColumnExpression[Any]]
    ) -> Iterator[ColumnElement[bool]]:
        yield self.seen
        for name, column in parts.items():
            wanted = getattr(self, name)
            if wanted is not None:
                yield column == wanted

    def within(self, moment: InstrumentedAttribute[Any]) -> Iterator[ColumnElement[bool]]:
        """That a moment lies in the period."""
        if self.since is not None:
            yield moment >= self.since
        if self.until is not None:
            yield moment < self.until

    def label(self, part: str, value: str | None) -> str:
        """The name of the city, or of a unit or category, also of one that is gone; else the slug
        itself.
        """
        if part == CITY:
            return self.in_language(self.playbook.district.label)
        if value is None:
            return translate(self.language, f"reports.no_{part}")
        book = self.playbook
        found = book.category_label(value) if part == "category" else book.unit_label(value)
        return value if found is None else self.in_language(found)

    def alert_columns(self, alert: Alert, promise: Promise) -> Row:
        """What every list of clocks says of the alert, and of the unit that owes the promise."""
        district = self.playbook.district.id
        owes = owing_unit(promise.clock, promise.unit, alert.lead, alert.street, district)
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

    def in_language(self, label: Mapping[str, str]) -> str:
        return label[tongue_of(self.language)]


def faults_of(session: Session, criteria: Criteria, groupings: tuple[str, ...]) -> Iterator[Fault]:
    """What a report with these groupings cannot answer, each as a fault of its parameter."""
    if criteria.by is not None and criteria.by not in groupings:
        yield _not_grouped_by(criteria.by, groupings)
    for name in PARTS:
        value = getattr(criteria, name)
        if value is not None and not _exists(session, criteria, name, value):
            known = suggested(value, _known(criteria.playbook, name))
            yield Fault(name, "unknown_value", {"value": echo(value), "known": known})


def _not_grouped_by(by: str, groupings: tuple[str, ...]) -> Fault:
    if not groupings:
        return Fault("by", "not_grouped")
    return Fault("by", "unknown_value", {"value": echo(by), "known": ", ".join(groupings)})


def _exists(session: Session, criteria: Criteria, name: str, value: str) -> bool:
    """Whether the playbook has it; or an alert, from the time when the playbook had it."""
    if value in _known(criteria.playbook, name):
        return True
    of_old = [exists().where(criteria.seen, PARTS[name] == value)]
    if name == "department":  # it helped, and led nothing
        owed = (Promise.alert_id == Alert.id) & (Promise.unit == value)
        of_old.append(exists().where(criteria.seen, owed))
    return any(session.scalar(select(each)) for each in of_old)


def _known(playbook: Playbook, name: str) -> list[str]:
    """The slugs or codes that a filter takes; every unit may lead, a street as well."""
    if name == "category":
        return list(playbook.categories)
    is_street = name == "street"
    return [unit.id for unit in playbook.units.values() if unit.kind == "street" or not is_street]
