"""The rows by which units lead, help or are told of an alert."""

from datetime import datetime
from typing import Any

from dispatch.store.ids import new_id


def assignment_row(
    alert_id: str, kind: str, unit: str, round_: int, now: datetime
) -> dict[str, Any]:
    """A unit that leads (`lead`), has to come (`required`) or is told (`informed`), from now on."""
    return {
        "id": new_id(),
        "alert_id": alert_id,
        "kind": kind,
        "round": round_,
        "unit": unit,
        "from_at": now,
    }
