"""A unit that helps the lead, as it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

REQUIRED: Final = "required"


INFORMED: Final = "informed"


MODES: Final = (REQUIRED, INFORMED)


# How far a support is: 知会, 待签收, 已签收, 已到场, 已完成.
STATE_INFORMED: Final = "informed"


TO_SIGN: Final = "to_sign"


SIGNED: Final = "signed"


ON_SITE: Final = "on_site"


FINISHED: Final = "finished"


STATES: Final = (STATE_INFORMED, TO_SIGN, SIGNED, ON_SITE, FINISHED)


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
            return STATE_INFORMED
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
