"""A whole playbook, checked: the frozen values that its files are read into."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from dispatch.domain.law.clock_names import OF_THE_LEAD
from dispatch.domain.masking import MaskTerms
from dispatch.domain.places import PlaceIndex
from dispatch.domain.roles import OFFICES, Organisation
from dispatch.domain.time.cards import CardThresholds
from dispatch.domain.time.ladders import LadderRung
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.book.category import Category, Group
from dispatch.rules.book.district import District, Unit
from dispatch.rules.book.former_names import NONE_FORMER, FormerNames
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import PlaybookCase, RuleBook
from dispatch.rules.book.terms import Basis, Terms
from dispatch.rules.conditions.tree import days_asked
from dispatch.rules.language.countries import country_of
from dispatch.rules.language.faults import PlaybookFault, Source
from dispatch.rules.language.labels import Label
from dispatch.rules.questions.answers import Choice, ChoiceList
from dispatch.translations import is_full_width

_DISTRICT_DIGITS: Final = 6  # GB/T 2260


@dataclass(frozen=True, slots=True)
class Ladder:
    """Who is reminded when: rungs in order of time. `snooze`: for how many minutes in all a person
    may put a reminder off; 0: not at all.
    """

    id: str
    label: Label
    rungs: tuple[LadderRung, ...]
    snooze: int = 0

    def waits_for_hours(self, level: int) -> bool:
        """Whether its rung at this place, from 1, comes in office hours alone."""
        return self.rungs[level - 1].working_hours_only


@dataclass(frozen=True, eq=False)
class Playbook:
    """All that the files say. `hash`: SHA-256 of its files; `written`: see `sources`.

    `words`: by tongue and key what the city says otherwise than the package; `remarks`: what a new
    playbook must not have, or whoever publishes it should look at. `former`: the names of what
    earlier versions had, which the store gives to the version in force.
    """

    hash: str
    district: District
    units: Mapping[str, Unit]
    categories: Mapping[str, Category]
    groups: Mapping[str, Group]
    calendars: Mapping[str, Calendar]
    default_calendar: str
    bases: Mapping[str, Basis]
    cards: CardThresholds
    whistles: Mapping[str, Mapping[str, Terms]]
    ladders: Mapping[str, Ladder]
    default_ladder: str
    life_safety_ladder: str
    rules: RuleBook
    labels: Mapping[str, Label]
    words: Mapping[str, Mapping[str, str]]
    places: PlaceIndex
    zones: Mapping[str, Label]
    cases: tuple[PlaybookCase, ...]
    written: Mapping[str, Source]
    remarks: tuple[PlaybookFault, ...] = ()
    former: FormerNames = NONE_FORMER

    @cached_property
    def organisation(self) -> Organisation:
        """The tree of units, as rights follow it."""
        units = self.units.values()
        return Organisation({u.id: u.parent for u in units}, {u.id: u.kind for u in units})

    @cached_property
    def mask_terms(self) -> MaskTerms:
        """How people's numbers are written here, and which numbers are offices'."""
        units = tuple(unit.phone for unit in self.units.values() if unit.phone)
        return MaskTerms(
            country=country_of(self.district.timezone),
            district=self.district.code if len(self.district.code) == _DISTRICT_DIGITS else "",
            offices=(*units, *self.district.numbers()),
            sign="＊" if is_full_width(self.district.language) else "*",
        )

    @cached_property
    def guessed_names(self) -> frozenset[str]:
        """What everybody here knows and guesses first: how the district, its parts and units are
        called in each language, and the product where it has a name of its own.
        """
        labels = (self.district.label, *(unit.label for unit in self.units.values()))
        told = {name for label in labels for name in label.values()}
        told.update(word for unit in self.units.values() for word in unit.words)
        told.update(words["pages.brand"] for words in self.words.values() if "pages.brand" in words)
        return frozenset(told)

    @cached_property
    def choosable_units(self) -> ChoiceList:
        """The units that an answer may name: those that work, not the district or its areas."""
        kinds = ("street", *OFFICES)
        return tuple(Choice(u.id, u.label) for u in self.units.values() if u.kind in kinds)

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

    @property
    def names(self) -> FormerNames:
        """What its units and categories are called."""
        kinds = self.categories.values()
        return FormerNames(
            {unit.id: unit.label for unit in self.units.values()},
            {kind.code: kind.label for kind in kinds},
            {kind.code: kind.icon for kind in kinds if kind.icon},
        )

    def unit_label(self, unit: str | None) -> Label | None:
        """What a unit is called, or was before it went; None for one that never was."""
        known = self.units.get(unit or "")
        return known.label if known else self.former.units.get(unit or "")

    def category_label(self, code: str | None) -> Label | None:
        """What a category is called, or was before it went; None for one that never was."""
        known = self.categories.get(code or "")
        return known.label if known else self.former.categories.get(code or "")

    def rule(self, rule_id: str | None) -> Rule | None:
        """The rule of an id, also the catch-all; None for one that is not here."""
        return self._rules_by_id.get(rule_id or "")

    @cached_property
    def _rules_by_id(self) -> Mapping[str, Rule]:
        every = (*self.rules.rules, *self.rules.also, self.rules.otherwise)
        return {rule.id: rule for rule in every}
