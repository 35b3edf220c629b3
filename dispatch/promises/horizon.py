"""Where calendars end, and when a warning of that is out of date."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dispatch.rules.book.playbook import Playbook

CODE: Final = "horizon"


LOADED: Final = "the year was loaded"


def is_over(ends: Mapping[str, date], params: Mapping[str, Any]) -> bool:
    """Whether every calendar that such a notice names reaches further by now, or is gone."""
    last = date.fromisoformat(params["last"])
    return all(ends[name] > last for name in params["calendars"] if name in ends)


def ends_of(playbook: Playbook) -> Mapping[str, date]:
    """The last day that each calendar knows."""
    plans = (calendar.plan for calendar in playbook.calendars.values())
    return {plan.name: plan.last for plan in plans}
