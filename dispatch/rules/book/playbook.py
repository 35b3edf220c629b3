"""What does a playbook say? The frozen values that its files are read into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dispatch.domain.places import PlaceIndex
from dispatch.domain.roles import Organisation
from dispatch.domain.time.escalation import Cards
from dispatch.domain.time.ladders import Rung
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import PlaybookCase, RuleBook
from dispatch.rules.book.terms import OF_THE_LEAD, Terms
from dispatch.rules.conditions.tree import Condition, days_asked
from dispatch.rules.language.faults import Source
from dispatch.rules.language.values import Label


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    number: str
    label: Label


@dataclass(frozen=True, slots=True)
class District:
    """The city's own figures; each is an assumption until the district's documents replace it."""

    id: str
    code: str
    label: Label
    timezone: str
    language: str
    center: tuple[float, float]
    radius_km: float
    plausible_km: float
    default_points: tuple[tuple[float, float], ...]
    emergency: tuple[EmergencyNumber, ...]
    schematic: bool
    arrival_radius_m: int
    nearby_m: int
    offline_grace_hours: int
    reopen_days: int
    empty_signature: Limit
    empty_signature_life_safety: Limit
    areas: Mapping[str, "Unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation. `kind`: district street community grid department team company.

    `code` is the number other systems know it by; ids are the district's own and never change.
    `calendar`: its own hours; empty: those of the unit above it.
    """

    id: str
    kind: str
    parent: str | None
    label: Label
    code: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The document and clause something rests on; `open` while there is none yet. `drafter`: who
    put it down; `review`: until when somebody should look again.
    """

    id: str
    label: Label
    open: bool
    drafter: str = ""
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a category promises when `when` holds (always, where None).

    `promises` has the terms of every clock, the district's own where the category is silent;
    `own`: the clocks that the category itself speaks of. `severity` 1 (worst) to 4; `code`: the
    number of this variant in the district's catalogue.
    """

    when: Condition | None
    code: str
    severity: int
    life_safety: bool
    promises: Mapping[str, Terms]
    own: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: Label


@dataclass(frozen=True, slots=True)
class FormField:
    """A question of a category's form. `kind`: text number choice choices yes_no date_time unit."""

    name: str
    kind: str
    label: Label
    required: bool
    choices: tuple[Choice, ...] = ()
    shown_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A family or a major class that categories belong to; conditions may name it."""

    id: str
    label: Label
    parent: str | None


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of problem at a place: its form, its limits, and how it is handled.

    `life_safety` is True when any answer can make it so; a decision says whether it is.
    `parents`: group ids, nearest first, the family last.
    """

    code: str
    label: Label
    family: str
    parents: tuple[str, ...]
    icon: str
    life_safety: bool
    visit: str
    household: bool
    about_unit: bool
    verify: str
    closing: str
    severity: int
    fields: tuple[FormField, ...]
    photos_min: int
    common: bool
    limits: tuple[Limits, ...]
    source: Source
    nearby_m: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is pushed when: rungs in order of time. `snooze`: how long in all a person may put a
    reminder off, in minutes; 0: not at all.
    """

    id: str
    label: Label
    rungs: tuple[Rung, ...]
    snooze: int = 0


@dataclass(frozen=True, eq=False)
class Playbook:
    """A whole playbook, checked. `hash`: SHA-256 of its files; `written`: see `sources`."""

    hash: str
    district: District
    units: Mapping[str, Unit]
    categories: Mapping[str, Category]
    groups: Mapping[str, Group]
    calendars: Mapping[str, Calendar]
    default_calendar: str
    bases: Mapping[str, Basis]
    cards: Cards
    whistles: Mapping[str, Mapping[str, Terms]]
    scores: Mapping[str, Mapping[str, int]]  # percents; who is not named gets no score
    ladders: Mapping[str, Ladder]
    default_ladder: str
    life_safety_ladder: str
    rules: RuleBook
    labels: Mapping[str, Label]
    places: PlaceIndex
    zones: Mapping[str, Label]
    cases: tuple[PlaybookCase, ...]
    written: Mapping[str, Source]

    @cached_property
    def organisation(self) -> Organisation:
        """The tree of units, as rights follow it."""
        units = self.units.values()
        return Organisation({u.id: u.parent for u in units}, {u.id: u.kind for u in units})

    @cached_property
    def has_own_hours(self) -> bool:
        """Whether any unit has a calendar of its own."""
        return any(unit.calendar for unit in self.units.values())

    def hours_of(self, unit: str | None) -> str:
        """The calendar of a unit: its own, else that of the nearest above, else the default."""
        while unit is not None and (known := self.units.get(unit)) is not None:
            if known.calendar:
                return known.calendar
            unit = known.parent
        return self.default_calendar

    def by_hours(
        self, lead: str, street: str | None, promises: Mapping[str, Terms]
    ) -> Mapping[str, Terms]:
        """The promises, each by the hours of whoever owes it where nobody wrote a calendar."""
        if not self.has_own_hours:
            return promises
        theirs, streets = self.hours_of(lead), self.hours_of(street)
        return {
            clock: replace(terms, calendar=theirs if clock in OF_THE_LEAD else streets)
            if terms.of_unit
            else terms
            for clock, terms in promises.items()
        }

    @cached_property
    def _days_asked(self) -> Mapping[str, int]:
        book = self.rules
        asked = {
            code: [
                days
                for rule in (*book.leading[code], *book.adding[code])
                for days in (*days_asked(rule.when), *((0,) if rule.effects.merge else ()))
            ]
            for code in self.categories
        }
        return {code: max(days) for code, days in asked.items() if days}

    def days_asked(self, category: str) -> int | None:
        """How far back the rules of a category want to know what was reported nearby, in days;
        0: only what is open. None: no rule asks.
        """
        return self._days_asked.get(category)

    def rule(self, rule_id: str | None) -> Rule | None:
        """The rule of an id, also the catch-all; None for one that is not here."""
        return self._rules_by_id.get(rule_id or "")

    @cached_property
    def _rules_by_id(self) -> Mapping[str, Rule]:
        every = (*self.rules.rules, *self.rules.also, self.rules.otherwise)
        return {rule.id: rule for rule in every}
