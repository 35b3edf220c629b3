"""Into which other alert one may be merged."""

from dispatch.domain.law.looked_up import OtherAlert
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.statuses import OPEN, TAKES_IN
from dispatch.errors import Refused


def merge_refusal(situation: Situation, into: OtherAlert) -> Refused | None:
    """The other alert is open, and neither about a home nor about a unit. A danger to life goes on
    only in one for which somebody comes.
    """
    if into.id == situation.alert_id:
        return Refused("merge_itself")
    if into.status not in OPEN:
        return Refused("merge_closed", number=into.number, status=into.status)
    if into.is_private:
        return Refused("merge_private")
    return _where_somebody_comes(into) if situation.life_safety else None


def _where_somebody_comes(into: OtherAlert) -> Refused | None:
    if not into.life_safety:
        return Refused("merge_danger", number=into.number)
    if into.status in TAKES_IN:
        return None
    return Refused("merge_danger_late", number=into.number, status=into.status)
