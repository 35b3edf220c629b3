"""Why a waiting notice is dropped: a stopped clock, somebody who acted, a year that was loaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, select

from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.time.ladders import UNDECIDED
from dispatch.promises.horizon import HORIZON_CODE, YEAR_LOADED, calendar_ends, is_outdated
from dispatch.store.conditions import is_running, owed_by_helper
from dispatch.store.tables import Alert, Notice, Promise
from dispatch.store.transaction import Store, Transaction

# Obsolete once their clock stopped.
ABOUT_TIME: Final = frozenset({"remind", "notify", "card"})
FOR_AN_OPEN_ONE: Final = ABOUT_TIME | {UNDECIDED, "to_confirm_void"}
# A notice that asks for a step is obsolete once the alert has left this status.
ASKS_IN: Final[Mapping[str, str]] = {
    "to_accept": "reported",
    "to_sign": "dispatched",
    "to_rule": "returned",
    "to_confirm": "submitted",
    "to_verify": "verifying",
}
# The same for a unit that was called: its clock of signing says whether it still matters.
_TO_SIGN: Final = frozenset({"support_to_sign", "first_to_sign"})

# Alert, clock and support; no support where the lead or the alert owes the clock.
ClockKey = tuple[str, str | None, str | None]
_MISSING: Final = (Promise.flag == AWAITS_DECISION) & (Promise.state != "ended")


@dataclass(frozen=True)
class CurrentState:
    """The present state of what the waiting notices are about: the clocks that run, those on which
    a decision is missing (they may have been kept meanwhile), and the last day of each calendar.
    """

    running: set[ClockKey]
    undecided: set[ClockKey]
    ends: Mapping[str, date]


def current_state(store: Store, tx: Transaction, alerts: Sequence[Alert | None]) -> CurrentState:
    """Read for these alerts; None among them is for a notice about the installation."""
    known = [alert.id for alert in alerts if alert is not None]
    return CurrentState(
        running=_clocks(tx, known, is_running()),
        undecided=_clocks(tx, known, _MISSING),
        ends=calendar_ends(store.playbook(tx.session)) if None in alerts else {},
    )


def _clocks(tx: Transaction, alerts: Sequence[str], which: ColumnElement[bool]) -> set[ClockKey]:
    rows = tx.session.execute(
        select(Promise.alert_id, Promise.clock, Promise.unit, owed_by_helper()).where(
            Promise.alert_id.in_(alerts), which
        ),
    )
    return {(alert, clock, unit if helps else None) for alert, clock, unit, helps in rows}


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
    called = (alert.id, "sign", notice.to_ref)
    if notice.code in _TO_SIGN and called not in current.running:
        return "somebody has acted"
    if ASKS_IN.get(notice.code, alert.status) != alert.status:
        return "somebody has acted"
    return None
