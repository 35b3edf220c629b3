"""A unit that helps the lead, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

LEAD: Final = "lead"  # an assignment is of the lead, or has one of the modes of supports
REQUIRED: Final = "required"
INFORMED: Final = "informed"
MODES: Final = (REQUIRED, INFORMED)
# 先期处置: must come like `required`, and the lead waits for it in nothing. Rules alone call so.
FIRST: Final = "first"
COMING: Final = (REQUIRED, FIRST)
RULE_MODES: Final = (REQUIRED, FIRST, INFORMED)
# Who called: the rules, or the people who stood to the alert as `who.py` says.
BY_RULES: Final = "rules"
# The states of a support: 知会, 待签收, 已签收, 已到场, 已完成.
STATE_INFORMED: Final = "informed"
TO_SIGN: Final = "to_sign"
SIGNED: Final = "signed"
ON_SITE: Final = "on_site"
FINISHED: Final = "finished"
STATES: Final = (STATE_INFORMED, TO_SIGN, SIGNED, ON_SITE, FINISHED)


@dataclass(frozen=True)
class Support:
    """One unit that helps; `id` is its assignment's. `caller`: `rules`, or the relation by which
    somebody called it.
    """

    unit: str
    mode: str = REQUIRED
    id: str = ""
    caller: str = BY_RULES
    team: str | None = None
    handler: str | None = None
    called_at: datetime | None = None
    signed_at: datetime | None = None
    arrived_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_required(self) -> bool:
        """True where the unit has to come: it has clocks of its own."""
        return self.mode in COMING

    @property
    def state(self) -> str:
        """One of STATES."""
        if not self.is_required:
            return STATE_INFORMED
        reached = (
            (self.finished_at, FINISHED),
            (self.arrived_at, ON_SITE),
            (self.signed_at, SIGNED),
        )
        return next((state for at, state in reached if at), TO_SIGN)

    @property
    def is_at_work(self) -> bool:
        """True from the call until it has finished."""
        return self.is_required and self.finished_at is None

    @property
    def has_come(self) -> bool:
        """True from its arrival, or its end where nobody need arrive."""
        return self.state in {ON_SITE, FINISHED}

    @property
    def is_waited_for(self) -> bool:
        """True while the lead cannot close its part without it; a first response is no reason."""
        return self.is_at_work and self.mode != FIRST
