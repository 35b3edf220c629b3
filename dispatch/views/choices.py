"""The choices for the fields of a step: only those that would not be refused."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.domain.law.ladder_reach import LADDER_STEPS
from dispatch.domain.law.naming import hands_of, modes_left, objection
from dispatch.domain.law.relations import may_read_words
from dispatch.domain.law.rows.choices import SEVERITIES, SHORTEST_SPAN_S, SPANS
from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.situation import RunningClock, Situation
from dispatch.domain.law.values import NEEDS
from dispatch.domain.roles import HANDLER_ROLES
from dispatch.domain.supports import MODES
from dispatch.rules.book.category import can_be_set
from dispatch.shapes.steps import OfferedChoice
from dispatch.store.role_holders import people_in_role
from dispatch.store.sealing import identities
from dispatch.store.tables import Alert
from dispatch.translations import translate
from dispatch.views.neighbours import neighbours
from dispatch.views.reader import Reader

# The kinds of units that can lead, most likely ones first.
_MAY_LEAD: Final = ("department", "company", "street", "district", "community")


class Choices:
    """The choices for one reader and one alert."""

    def __init__(
        self, session: Session, reader: Reader, alert: Alert, situation: Situation
    ) -> None:
        self._session = session
        self._reader = reader
        self._alert = alert
        self._situation = situation

    def of(self, step: Step, field: Field) -> list[OfferedChoice]:
        """The choices of a field; empty where it is free to fill."""
        if step.name in LADDER_STEPS and field.name in _OF_LADDERS:
            return _OF_LADDERS[field.name](self, step)
        if field.kind == "unit":
            return self._units(step)
        if field.kind in _OF_KINDS:
            return _OF_KINDS[field.kind](self, step)
        present = {SEVERITIES[self._alert.severity - 1]} if field.name == "severity" else set()
        left = [choice for choice in field.choices if choice not in present]
        return [self._fixed(step, field, choice) for choice in left]

    def _neighbours(self, _step: Step) -> list[OfferedChoice]:
        return neighbours(self._session, self._reader, self._alert)

    def _categories(self, _step: Step) -> list[OfferedChoice]:
        """The kinds that can be set, of the playbook that decided, but the one that it has. Whoever
        does not read the words about a home is offered other kinds about a home alone.
        """
        reads = may_read_words(self._situation.held, household=self._alert.household)
        known = self._reader.editions(self._alert.playbook_version).categories.values()
        return [
            {"id": each.code, "label": each.label[self._reader.tongue]}
            for each in known
            if can_be_set(each) and each.code != self._alert.category
            if reads or each.household
        ]

    def _grids(self, _step: Step) -> list[OfferedChoice]:
        """The grids by name, from the large to the small, for whoever knows no point."""
        known = self._reader.editions(self._alert.playbook_version).units.values()
        return [
            {"id": each.id, "label": self._in_full(each.id)}
            for each in known
            if each.kind == "grid"
        ]

    def _in_full(self, grid: str) -> str:
        above = reversed(self._reader.organisation.ancestors(grid)[:-1])
        return " · ".join(map(self._reader.unit_label, (*above, grid)))

    def _fixed(self, step: Step, field: Field, choice: str) -> OfferedChoice:
        """A choice of the law's own, with the fields that must then be filled."""
        chosen, needed = self._word(choice), NEEDS.get((step.name, field.name, choice))
        if needed:
            chosen["needs"] = list(needed)
        if (step.name, choice) == ("rule", "rejected"):  # it goes back, and nobody is named
            chosen["only"] = {"lead": [""]}
        return chosen

    def _word(self, choice: str) -> OfferedChoice:
        label = translate(self._reader.language, f"words.choice.{choice}")
        return {"id": choice, "label": label}

    def _unit(self, unit: str) -> OfferedChoice:
        return {"id": unit, "label": self._reader.unit_label(unit)}

    def _units(self, step: Step) -> list[OfferedChoice]:
        units = self._reader.playbook.units.values()
        return [
            self._called_as(step, unit.id)
            for kind in _MAY_LEAD
            for unit in units
            if unit.kind == kind and self._can_be_named(step, unit.id)
        ]

    def _can_be_named(self, step: Step, unit: str) -> bool:
        if step.name == "call_support":
            return bool(modes_left(unit, self._situation))
        return objection(step.name, unit, self._situation) is None

    def _called_as(self, step: Step, unit: str) -> OfferedChoice:
        """A unit that was told already can only be called to come."""
        choice = self._unit(unit)
        if step.name == "call_support" and (left := modes_left(unit, self._situation)) != MODES:
            choice["only"] = {"mode": list(left)}
        return choice

    def _hands(self, step: Step) -> list[OfferedChoice]:
        """The teams below the unit that gives the task, then its people by name."""
        own = self._situation.own_support(step)
        hands = hands_of(own.unit if own else self._situation.facts.lead, self._situation)
        teams = [self._unit(unit) for unit in self._reader.playbook.units if unit in hands.teams]
        people = people_in_role(self._session, HANDLER_ROLES, hands.units)
        ids = [person for person, _ in people]
        names = identities(self._session, self._reader.seal, ids) if ids else {}
        return teams + [
            {"id": person, "label": f"{names[person]['name']}（{self._reader.unit_label(unit)}）"}
            for person, unit in people
            if person in names
        ]

    def _clocks(self, step: Step) -> list[OfferedChoice]:
        """The clocks with the units that owe each, and by how much its reminder can be put off."""
        found = [self._clock(step, name) for name in PROMISED_CLOCKS]
        return [each for each in found if each]

    def _clock(self, step: Step, name: str) -> OfferedChoice | None:
        owing = [each for each in self._within(step) if each.clock == name]
        if not owing:
            return None
        only: dict[str, list[str]] = {"unit": [self._owner(each) for each in owing]}
        if step.name == "snooze":
            room = max(each.put_off_s for each in owing)
            only["span"] = [span for span, minutes in SPANS.items() if minutes * 60 <= room]
        return {**self._word(name), "only": only}

    def _spans(self, step: Step) -> list[OfferedChoice]:
        """The spans, each with the units whose reminder of a clock can be put off so long, where it
        is not all of those that owe the clock.
        """
        return [self._span(step, span, minutes * 60) for span, minutes in SPANS.items()]

    def _span(self, step: Step, span: str, seconds: int) -> OfferedChoice:
        by_clock: dict[str, dict[str, list[str]]] = {}
        clocks = self._within(step)
        for name in dict.fromkeys(each.clock for each in clocks):
            owing = [each for each in clocks if each.clock == name]
            fitting = [self._owner(each) for each in owing if each.put_off_s >= seconds]
            if 0 < len(fitting) < len(owing):
                by_clock[name] = {"unit": fitting}
        chosen = self._word(span)
        return {**chosen, "only_with": {"clock": by_clock}} if by_clock else chosen

    def _within(self, step: Step) -> Sequence[RunningClock]:
        clocks = self._situation.reachable_clocks(step)
        if step.name != "snooze":
            return clocks
        return [each for each in clocks if each.put_off_s >= SHORTEST_SPAN_S]

    def _owner(self, clock: RunningClock) -> str:
        """The unit that helps and owes the clock; "" for the lead's and the alert's own."""
        owners = {each.id: each.unit for each in self._situation.supports}
        return owners[clock.support] if clock.support else ""

    def _owners(self, step: Step) -> list[OfferedChoice]:
        units = dict.fromkeys(self._owner(each) for each in self._within(step))
        return [self._unit(unit) for unit in units if unit]


_OF_KINDS: Final[Mapping[str, Callable[[Choices, Step], list[OfferedChoice]]]] = MappingProxyType(
    {
        "alert": Choices._neighbours,  # noqa: SLF001 - its own table
        "person": Choices._hands,  # noqa: SLF001
        "category": Choices._categories,  # noqa: SLF001
        "place": Choices._grids,  # noqa: SLF001
    }
)
_OF_LADDERS: Final[Mapping[str, Callable[[Choices, Step], list[OfferedChoice]]]] = MappingProxyType(
    {
        "clock": Choices._clocks,  # noqa: SLF001 - its own table
        "unit": Choices._owners,  # noqa: SLF001
        "span": Choices._spans,  # noqa: SLF001
    }
)
