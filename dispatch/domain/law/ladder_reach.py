"""Whose ladders a person may snooze or escalate: the lead's own, and those of supports."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.relations import relations
from dispatch.domain.law.steps import Step
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

# Step → the relations that reach the lead's ladders, and those that reach every support's.
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


@dataclass(frozen=True)
class LadderReach:
    """Whose ladders a person may snooze or escalate with a step: `main`, the lead's and the alert's
    own; `supports`, those of units that help.
    """

    main: bool
    supports: tuple[Support, ...]

    def __bool__(self) -> bool:
        return self.main or bool(self.supports)


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
    return LadderReach(not held.isdisjoint(main), supports)
