"""Which alerts were merged into which, and which of their promises still count."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dispatch.domain.duplicates import stays_alone
from dispatch.domain.law.clock_names import ENDED, MISSED, OVERALL, TO_DISPOSE
from dispatch.store.conditions import is_running, owed_by_helper
from dispatch.store.tables import Alert, Promise

# Built once: every page asks for it.
_MERGED_INTO: Final = (
    select(Alert)
    .where(Alert.merged_into.in_(bindparam("above", expanding=True)))
    .order_by(Alert.merged_at, Alert.id)
)


def master_of(session: Session, alert: Alert) -> Alert | None:
    """The alert into which this one was merged in the end; None where it was not merged."""
    master = alert
    while master.merged_into is not None:
        master = session.get_one(Alert, master.merged_into)
    return None if master is alert else master


def is_private(alert: Alert) -> bool:
    """Whether it is about a home or about a unit: no other report may be merged with it."""
    return stays_alone(household=alert.household, about_unit=alert.about_unit)


def followers_of(session: Session, alert_id: str) -> list[Alert]:
    """All alerts that were merged into it, and into those, oldest merge first."""
    found: list[Alert] = []
    above: Sequence[str] = (alert_id,)
    while above:
        below = session.scalars(_MERGED_INTO, {"above": above}).all()
        found += below
        above = [each.id for each in below]
    return found


def promises_owed_before(session: Session, alert: Alert) -> list[Promise]:
    """The dates told to reporters that continue once the alert is dispatched: of those that were
    merged into it before, and its own where it was merged itself and unmerged. Whoever accepts an
    alert gets new promises of its own.
    """
    below = [each.id for each in followers_of(session, alert.id)]
    of_them = Promise.alert_id.in_(below) & (Promise.stopped_at == Alert.merged_at)
    its_own = (Promise.alert_id == alert.id) & Promise.state.in_((ENDED, MISSED))
    owed = session.scalars(
        select(Promise)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.clock == OVERALL, Promise.due_at.is_not(None), ~owed_by_helper())
        .where(of_them | its_own)
        .order_by(Promise.stopped_at, Promise.id),
    )
    return list({each.alert_id: each for each in owed}.values())


def last_dispose_promise(session: Session, alert: Alert) -> Promise | None:
    """The promise to dispose of the unit that led last, where it is over."""
    mine = select(Promise).where(Promise.alert_id == alert.id, Promise.clock == TO_DISPOSE)
    over = mine.where(Promise.stopped_at.is_not(None), ~owed_by_helper())
    return session.scalar(over.order_by(Promise.stopped_at.desc(), Promise.id.desc()).limit(1))


def awaited_promise(session: Session, alert: Alert) -> Promise | None:
    """Of an alert that nobody accepted yet, the promise that says by when it will be disposed; None
    where no reporter was promised anything, or the date runs on after a merge was undone.
    """
    if alert.status != "reported" or _has_date(session, alert):
        return None
    owed = promises_owed_before(session, alert)
    dated = [(each.due_at, each.alert_id, each) for each in owed if each.due_at is not None]
    return min(dated)[-1] if dated else None


def _has_date(session: Session, alert: Alert) -> bool:
    its_own = (Promise.alert_id == alert.id, Promise.clock == OVERALL, is_running())
    return session.scalar(select(Promise.id).where(*its_own).limit(1)) is not None
