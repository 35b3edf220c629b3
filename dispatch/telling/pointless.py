"""Why does a notice that waits no longer matter? Its clock stopped, somebody acted, a year came."""

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

# Pointless once their clock stopped.
ABOUT_TIME: Final = frozenset({"remind", "notify", "card"})
FOR_AN_OPEN_ONE: Final = ABOUT_TIME | {UNDECIDED, "to_confirm_void"}
# What asks for a step is pointless once the alert stands elsewhere.
ASKS_IN: Final[Mapping[str, str]] = {
    "to_accept": "reported",
    "to_sign": "dispatched",
    "to_rule": "returned",
    "to_confirm": "submitted",
    "to_verify": "verifying",
}

# Of which alert, which clock, and of which support; none where the lead or the alert owes it.
Clock = tuple[str, str | None, str | None]
_MISSING: Final = (Promise.flag == AWAITS_DECISION) & (Promise.state != "ended")


@dataclass(frozen=True)
class Present:
    """How it stands now with what the waiting notices are about: the clocks that run, those on
    which a decision is missing, which may have been kept meanwhile, and the last day of each
    calendar, where they are told of.
    """

    running: set[Clock]
    undecided: set[Clock]
    ends: Mapping[str, date]


def present_of(store: Store, tx: Transaction, alerts: Sequence[Alert | None]) -> Present:
    """Of these alerts; None among them: a notice is about the installation."""
    known = [alert.id for alert in alerts if alert is not None]
    return Present(
        running=_clocks(tx, known, is_running()),
        undecided=_clocks(tx, known, _MISSING),
        ends=calendar_ends(store.playbook(tx.session)) if None in alerts else {},
    )


def _clocks(tx: Transaction, alerts: Sequence[str], which: ColumnElement[bool]) -> set[Clock]:
    rows = tx.session.execute(
        select(Promise.alert_id, Promise.clock, Promise.unit, owed_by_helper()).where(
            Promise.alert_id.in_(alerts), which
        ),
    )
    return {(alert, clock, unit if helps else None) for alert, clock, unit, helps in rows}


def why_pointless(notice: Notice, alert: Alert | None, present: Present) -> str | None:
    """The reason for its receipt; None where it still matters."""
    if alert is not None:
        return _why_of(notice, alert, present)
    is_past = notice.code == HORIZON_CODE and is_outdated(present.ends, notice.params)
    return YEAR_LOADED if is_past else None


def _why_of(notice: Notice, alert: Alert, present: Present) -> str | None:
    if notice.code in FOR_AN_OPEN_ONE and alert.status not in OPEN:
        return "the alert is closed"
    its_clock = (alert.id, notice.params.get("clock"), notice.params.get("support"))
    if notice.code in ABOUT_TIME and its_clock not in present.running:
        return "its clock has stopped"
    if notice.code == UNDECIDED and its_clock not in present.undecided:
        return "somebody has decided"
    called = (alert.id, "sign", notice.to_ref)
    if notice.code == "support_to_sign" and called not in present.running:
        return "somebody has acted"
    if ASKS_IN.get(notice.code, alert.status) != alert.status:
        return "somebody has acted"
    return None
