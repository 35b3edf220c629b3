"""The result of a replay, and how far the rules agree with the other system."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dispatch.domain.law.statuses import OPEN
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.intake.outside_requests import OutsideRequest
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class Agreement:
    """How many requests have the lead that the other system chose: by the whole decision, and by
    the category alone. `units`: (theirs, ours) by unit, largest first.
    """

    compared: int
    same: int
    same_by_category: int
    units: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ReplayOutcome:
    """The alerts that exist for these requests; `agreement` where the file says who led."""

    taken_in: int
    closed: int
    agreement: Agreement | None

    @property
    def open(self) -> int:
        return self.taken_in - self.closed


def replay_outcome(store: Store, requests: Sequence[OutsideRequest]) -> ReplayOutcome:
    """Read from the alerts, not from what the replay reported."""
    alerts = _alerts(store, requests)
    there = [request for request in requests if request.alert_id in alerts]
    closed = sum(not alerts[request.alert_id].is_open for request in there)
    compared = [request for request in there if request.lead_there]
    with store.read() as session:
        playbook = store.playbook(session)
    agreement = _agreement(playbook, alerts, compared) if compared else None
    return ReplayOutcome(len(there), closed, agreement)


@dataclass(frozen=True, slots=True)
class _LedAlert:
    """`lead`: who leads, or whom the rules propose where a person has to decide."""

    lead: str
    is_open: bool


def _alerts(store: Store, requests: Sequence[OutsideRequest]) -> dict[str, _LedAlert]:
    sources = {request.source for request in requests}
    rows = select(Alert.id, Alert.lead, Alert.status).where(Alert.source.in_(sources))
    with store.read() as session:
        return {
            row.id: _LedAlert(row.lead or "", row.status in OPEN) for row in session.execute(rows)
        }


def _agreement(
    playbook: Playbook, alerts: Mapping[str, _LedAlert], requests: Sequence[OutsideRequest]
) -> Agreement:
    theirs = Counter(request.lead_there for request in requests)
    ours = Counter(alerts[request.alert_id].lead for request in requests)
    units = sorted(theirs | ours, key=lambda unit: (-theirs[unit], unit))
    return Agreement(
        compared=len(requests),
        same=sum(alerts[each.alert_id].lead == each.lead_there for each in requests),
        same_by_category=sum(_by_category(playbook, each) == each.lead_there for each in requests),
        units={unit: (theirs[unit], ours[unit]) for unit in units},
    )


def _by_category(playbook: Playbook, request: OutsideRequest) -> str | None:
    """The lead that the rules would choose or propose by the category alone."""
    facts = Facts(category=request.report.category, reported_at=request.opened_at)
    return decide(playbook, facts).lead
