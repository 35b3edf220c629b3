"""Why a waiting notice is dropped: a stopped clock, somebody who acted, a year that was loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, select

from dispatch.domain.law.clock_names import AWAITS_DECISION, ENDED
from dispatch.domain.law.deed_table import steps_asked_by
from dispatch.domain.law.request_names import DECIDED_BY
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.support_steps import KEPT_CLOCK
from dispatch.domain.time.ladders import UNDECIDED
from dispatch.promises.horizon import HORIZON_CODE, YEAR_LOADED, calendar_ends, is_outdated
from dispatch.store.conditions import is_running, lead_has_confirmed, owed_by_helper
from dispatch.store.requests import open_requests
from dispatch.store.tables import Alert, Notice, Promise
from dispatch.store.transaction import Store, Transaction

# Obsolete once their clock stopped.
ABOUT_TIME: Final = frozenset({"remind", "notify", "card"})
FOR_AN_OPEN_ONE: Final = ABOUT_TIME | {UNDECIDED}
# By step that decides, the kind of request on which it decides.
_DECIDES: Final[Mapping[str, str]] = {
    step: kind for kind, steps in DECIDED_BY.items() for step in steps
}

# Alert, clock and support; no support where the lead or the alert owes the clock.
ClockKey = tuple[str, str | None, str | None]
_MISSING: Final = (Promise.flag == AWAITS_DECISION) & (Promise.state != ENDED)


@dataclass(frozen=True)
class CurrentState:
    """The present state of what the waiting notices are about: the clocks that run, those on which
    a decision is missing (they may have been kept meanwhile), by alert and kind the requests that
    wait for one, the alerts whose lead has confirmed, and the last day of each calendar.
    """

    running: set[ClockKey]
    undecided: set[ClockKey]
    asked: set[tuple[str, str]]
    confirmed: set[str]
    ends: Mapping[str, date]


def current_state(store: Store, tx: Transaction, alerts: Sequence[Alert | None]) -> CurrentState:
    """Read for these alerts; None among them is for a notice about the installation."""
    known = [alert.id for alert in alerts if alert is not None]
    return CurrentState(
        running=_clocks(tx, known, is_running()),
        undecided=_clocks(tx, known, _MISSING),
        asked=open_requests(tx.session, known),
        confirmed=set(
            tx.session.scalars(select(Alert.id).where(Alert.id.in_(known), lead_has_confirmed()))
        ),
        ends=calendar_ends(store.playbook(tx.session)) if None in alerts else {},
    )


def _clocks(tx: Transaction, alerts: Sequence[str], which: ColumnElement[bool]) -> set[ClockKey]:
    rows = tx.session.execute(
        select(Promise.alert_id, Promise.clock, Promise.unit, owed_by_helper()).where(
            Promise.alert_id.in_(alerts), which
        ),
    )
    return {(alert, clock, unit if helps else None) for alert, clock, unit, helps in rows}


def _confirmed(tx: Transaction, alerts: Sequence[str]) -> set[str]:
    found = select(Alert.id).where(Alert.id.in_(alerts), lead_has_confirmed())
    return set(tx.session.scalars(found))


def why_obsolete(notice: Notice, alert: Alert | None, current: CurrentState) -> str | None:
    """The reason for the notice's receipt; None where it still matters."""
    if alert is not None:
        return _why_of(notice, alert, current)
    is_past = notice.code == HORIZON_CODE and is_outdated(current.ends, notice.params)
    return YEAR_LOADED if is_past else None


def _why_of(notice: Notice, alert: Alert, current: CurrentState) -> str | None:
    if notice.code in FOR_AN_OPEN_ONE and alert.status not in OPEN:
        return "the alert is closed"
    its_clock = (alert.id, notice.params.get("clock"), notice.params.get("support"))
    if notice.code in ABOUT_TIME and its_clock not in current.running:
        return "its clock has stopped"
    if notice.code == UNDECIDED and its_clock not in current.undecided:
        return "somebody has decided"
    steps = steps_asked_by(notice.code)
    if steps and not any(_is_to_be_taken(step, notice, alert, current) for step in steps):
        return "somebody has acted"
    return None


def _is_to_be_taken(step: str, notice: Notice, alert: Alert, current: CurrentState) -> bool:
    """Whether the step for which a notice asks still waits for whoever was told."""
    if alert.status not in STEPS[step].sources:
        return False
    if (kind := _DECIDES.get(step)) is not None:
        return (alert.id, kind) in current.asked
    if (clock := KEPT_CLOCK.get(step)) is not None:  # of the unit that was called
        return (alert.id, clock, notice.to_ref) in current.running
    return step != "confirm" or alert.id not in current.confirmed
