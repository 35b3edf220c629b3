"""What a reporter is told of another date: which it was, and which it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.time.instants import as_logged

NEW_DATE: Final = "new_date"  # the notice to a reporter that the unit was given more time


def new_date(before: datetime | None, after: datetime | None) -> Mapping[str, str]:
    """What the notice says; empty where no date was told before, or none is now, or it stays."""
    if before is None or after is None or before == after:
        return {}
    return {"clock": TO_DISPOSE, "before": str(as_logged(before)), "due_at": str(as_logged(after))}


def told_codes(date: Mapping[str, str]) -> dict[str, str]:
    """The same for the log row."""
    return {"told_before": date["before"], "told_at": date["due_at"]} if date else {}
