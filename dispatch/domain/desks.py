"""The desks to which notices are addressed beside those of units."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DISTRICT_DESK: Final = "district"
SUPERVISOR_DESK: Final = "supervisor"
ADMIN_DESK: Final = "admin"  # of the administrators, who load next year's calendar
# Nobody is above these two; ladders name them as recipients.
LEADER_DESKS: Final = (DISTRICT_DESK, SUPERVISOR_DESK)
DESK_OF_ROLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "admin": ADMIN_DESK,
        "district_dispatcher": DISTRICT_DESK,
        "supervisor": SUPERVISOR_DESK,
    }
)
