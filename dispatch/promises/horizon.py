"""When calendars end, and when a warning about that is out of date."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dispatch.rules.book.playbook import Playbook

HORIZON_CODE: Final = "horizon"


YEAR_LOADED: Final = "the year was loaded"


def is_outdated(ends: Mapping[str, date], params: Mapping[str, Any]) -> bool:
    """Whether every calendar that the notice names now ends later, or is gone."""
    last = date.fromisoformat(params["last"])
    return all(ends[name] > last for name in params["calendars"] if name in ends)


def calendar_ends(playbook: Playbook) -> Mapping[str, date]:
    """The last day of each calendar, by name."""
    plans = (calendar.plan for calendar in playbook.calendars.values())
    return {plan.name: plan.last for plan in plans}
