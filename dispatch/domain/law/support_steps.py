"""Which of its own steps a unit that helps may take next, and which clocks run for it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import WITH_LEAD
from dispatch.domain.supports import ON_SITE, SIGNED, TO_SIGN, Support

# Who is told only owes nothing; whoever has to come owes these, each from the moment of the call.
SUPPORT_CLOCKS: Final = ("sign", "arrive", "dispose")
# A support may act, and its clocks run, as long as the alert is with its lead; a return stops the
# lead alone. While the alert is put off until a date, all of it stands.
AT_WORK: Final = WITH_LEAD


def may_come_next(step: str, support: Support, visit: str) -> bool:
    """True where a support can take this step of its own now. `visit`: as the category asks."""
    return support.is_at_work and _NEXT[step](support.state, visit)


def clocks_of(support: Support, *, begun: frozenset[str]) -> frozenset[str]:
    """Those that run for it by what it has done; `begun`: what was promised at its call."""
    if not support.is_at_work:
        return frozenset()
    done = {"sign"} if support.signed_at else set()
    return begun - done - ({"arrive"} if support.arrived_at else set())


_NEXT: Final[Mapping[str, Callable[[str, str], bool]]] = MappingProxyType(
    {
        "support_sign": lambda state, _: state == TO_SIGN,
        "support_assign": lambda state, _: state in {SIGNED, ON_SITE},
        "support_arrive": lambda state, visit: state == SIGNED and visit != "none",
        "support_finish": lambda state, visit: (
            state == ON_SITE or (state == SIGNED and visit != "required")
        ),
    },
)
OWN_STEPS: Final = frozenset(_NEXT)
# Which of its clocks a step of the support keeps.
KEPT_CLOCK: Final = MappingProxyType(
    {"support_sign": "sign", "support_arrive": "arrive", "support_finish": "dispose"}
)
