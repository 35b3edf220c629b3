"""The rows by which units lead, help or are told of an alert."""

from datetime import datetime
from typing import Any

from dispatch.store.ids import new_id


def assignment_row(
    alert_id: str, kind: str, unit: str, round_: int, now: datetime, caller: str | None = None
) -> dict[str, Any]:
    """A unit that leads (`lead`), has to come (`required`) or is told (`informed`), from now on;
    `caller`: who called a unit that helps.
    """
    return {
        "id": new_id(),
        "alert_id": alert_id,
        "kind": kind,
        "round": round_,
        "unit": unit,
        "from_at": now,
        "caller": caller,
    }
