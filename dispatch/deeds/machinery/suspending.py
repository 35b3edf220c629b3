"""When a suspension ends, and which status the alert had before it. A danger is not put off."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.transition import Actor, Move, move_alert
from dispatch.domain.law.allowed import grant_for
from dispatch.domain.law.request_names import SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.instants import at_clock_time
from dispatch.promises.policy import policy_of
from dispatch.promises.requests import lapse_request
from dispatch.rules.book.playbook import Playbook
from dispatch.store.requests import last_granted
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction


def first_instant_of(playbook: Playbook, day: str) -> datetime:
    """The first instant of a date (ISO) in the district's time zone, in UTC."""
    midnight = datetime.combine(date.fromisoformat(day), time())
    return at_clock_time(midnight, ZoneInfo(playbook.district.timezone)).astimezone(UTC)


def status_before(tx: Transaction, alert: Alert) -> str:
    """The alert's status when it was suspended."""
    request = last_granted(tx.session, alert.id, SUSPEND)
    return request.codes["from"] if request else "signed"


def hurry(context: StepContext) -> None:
    """What turns out to endanger life waits for no date: nobody decides any more on what was asked
    for before, and a suspension ends as by `resume`.
    """
    tx, alert = context.tx, context.alert
    policy, grant = (
        policy_of(context.store, tx.session, alert),
        grant_for(context.step, context.situation),
    )
    lapse_request(tx, policy, alert, alert.status, "reassign")
    if grant is not None and alert.status == SUSPENDED:
        actor = Actor(grant.role, grant.unit, context.access.person_id)
        move_alert(tx, policy, alert, Move("resume", status_before(tx, alert), actor))
