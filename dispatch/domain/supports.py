"""A unit that helps the lead: how far it is, and which of its own steps come next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

REQUIRED: Final = "required"
INFORMED: Final = "informed"
MODES: Final = (REQUIRED, INFORMED)

# How far a support is: 知会, 待签收, 已签收, 已到场, 已完成.
TOLD: Final = "informed"
TO_SIGN: Final = "to_sign"
SIGNED: Final = "signed"
ON_SITE: Final = "on_site"
FINISHED: Final = "finished"
STATES: Final = (TOLD, TO_SIGN, SIGNED, ON_SITE, FINISHED)

# Who is told only owes nothing; whoever has to come owes these, each from the moment of the call.
CLOCKS: Final = ("sign", "arrive", "dispose")
# A support may act, and its clocks run, as long as the alert is with its lead; a return stops the
# lead alone (S56). While the alert is put off until a date, all of it stands.
AT_WORK: Final = frozenset({"dispatched", "returned", "signed", "on_site", "submitted"})
STANDS_IN: Final = "suspended"


@dataclass(frozen=True)
class Support:
    """One unit beside the lead, as it stands; `id` is its assignment's."""

    unit: str
    mode: str = REQUIRED
    id: str = ""
    team: str | None = None
    handler: str | None = None
    called_at: datetime | None = None
    signed_at: datetime | None = None
    arrived_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_required(self) -> bool:
        return self.mode == REQUIRED

    @property
    def state(self) -> str:
        """One of STATES."""
        if not self.is_required:
            return TOLD
        reached = (
            (self.finished_at, FINISHED),
            (self.arrived_at, ON_SITE),
            (self.signed_at, SIGNED),
        )
        return next((state for at, state in reached if at), TO_SIGN)

    @property
    def is_at_work(self) -> bool:
        """True from the call until it has finished: the lead cannot close its part without it."""
        return self.is_required and self.finished_at is None


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
KEEPS: Final = MappingProxyType(
    {"support_sign": "sign", "support_arrive": "arrive", "support_finish": "dispose"}
)
