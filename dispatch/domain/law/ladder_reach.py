"""Whose ladders a person may snooze or escalate: the lead's, the alert's own, and supports'."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.clock_names import CLOCKS, OF_THE_LEAD
from dispatch.domain.law.relations import relations
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.who import (
    DISTRICT,
    HANDLER,
    LEAD_UNIT,
    STREET,
    SUPERVISOR,
    SUPPORT_HANDLER,
    SUPPORT_UNIT,
)
from dispatch.domain.roles import Access, AlertFacts, Organisation
from dispatch.domain.supports import Support

# Step → the relations that reach the ladders of the lead and of the alert itself, and those that
# reach every support's.
_REACHING: Final = MappingProxyType(
    {
        "snooze": (frozenset({LEAD_UNIT, HANDLER}), frozenset({LEAD_UNIT})),
        "escalate": (
            frozenset({STREET, DISTRICT, SUPERVISOR}),
            frozenset({STREET, DISTRICT, SUPERVISOR, LEAD_UNIT}),
        ),
    },
)


LADDER_STEPS: Final = frozenset(_REACHING)
# Step → the clocks that it reaches outside the supports. Nobody but whoever owes a clock puts its
# reminder off, and only the lead snoozes: never what street, district or reporter owe.
_CLOCKS_OF: Final = MappingProxyType({"snooze": OF_THE_LEAD, "escalate": frozenset(CLOCKS)})


@dataclass(frozen=True)
class LadderReach:
    """Whose ladders a person may snooze or escalate with a step: `main`, the clocks of the lead and
    of the alert itself; `supports`, the units that help.
    """

    main: frozenset[str]
    supports: tuple[Support, ...]

    def __bool__(self) -> bool:
        return bool(self.main or self.supports)

    def reaches(self, clock: str, support: str | None) -> bool:
        """Whether it reaches a clock: of a support by its id, of the lead or the alert by None."""
        if support is None:
            return clock in self.main
        return support in {each.id for each in self.supports}


def ladder_reach(
    access: Access, facts: AlertFacts, organisation: Organisation, step: Step
) -> LadderReach:
    """A person who acts for a support reaches that support's ladders alone. The lead, who called
    the supports, reaches theirs as well as its own to snooze, and theirs alone to escalate.
    """
    held = relations(access, facts, organisation).keys()
    main, every = _REACHING[step.name]
    own = (SUPPORT_UNIT, SUPPORT_HANDLER) if SUPPORT_UNIT in step.who else ()
    supports = tuple(
        support
        for support in facts.helping
        if support.is_at_work
        and (
            not held.isdisjoint(every)
            or not relations(access, AlertFacts(helping=(support,)), organisation)
            .keys()
            .isdisjoint(own)
        )
    )
    own_clocks = frozenset() if held.isdisjoint(main) else _CLOCKS_OF[step.name]
    return LadderReach(own_clocks, supports)
