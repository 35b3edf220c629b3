"""Which step a supporting unit may take next, and which clocks run for it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import WITH_LEAD
from dispatch.domain.supports import ON_SITE, SIGNED, TO_SIGN, Support

# The clocks of a unit that has to come, each from the moment of the call. One that is only told
# has none.
SUPPORT_CLOCKS: Final = ("sign", "arrive", "dispose")
# The statuses in which supports may act and their clocks run. A return pauses the lead's clocks
# alone; a suspension pauses the supports' as well.
SUPPORTS_ACT_IN: Final = WITH_LEAD


def may_come_next(step: str, support: Support, visit: str) -> bool:
    """Whether the support may take this step of its own now. `visit`: required, optional or none,
    by the alert's category.
    """
    return support.is_at_work and _NEXT[step](support.state, visit)


def clocks_of(support: Support, *, begun: frozenset[str]) -> frozenset[str]:
    """The clocks that run for the support by what it has done; `begun`: those that its policy
    promises.
    """
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
# By step, the support's clock that it keeps.
KEPT_CLOCK: Final = MappingProxyType(
    {"support_sign": "sign", "support_arrive": "arrive", "support_finish": "dispose"}
)
