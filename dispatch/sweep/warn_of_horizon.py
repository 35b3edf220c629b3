"""Warns the administrators in time that a calendar ends; once for each end date.

The notice is about no alert. It is dropped when the next year was loaded.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.channels.in_app import IN_APP
from dispatch.domain.desks import ADMIN_DESK, DISTRICT_DESK
from dispatch.promises.horizon import HORIZON_CODE, YEAR_LOADED, calendar_ends, is_outdated
from dispatch.store.installation_facts import fact, set_fact
from dispatch.store.log import Event
from dispatch.store.role_holders import units_with_people
from dispatch.store.tables import Notice
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import tell_desk

# The State Council publishes next year's days in November: time to load them before they count.
HORIZON: Final = timedelta(days=45)


def warn_of_horizon(store: Store) -> list[str]:
    """Warns of each calendar that ends within the horizon and drops outdated warnings; returns the
    names of those that were not warned of before.
    """
    soon = (clock.now() + HORIZON).date()
    with store.read() as session:
        ends = calendar_ends(store.playbook(session))
        ending = {name: last for name, last in ends.items() if last < soon}
        unsaid = {name: last for name, last in ending.items() if _is_news(session, name, last)}
        untold = {_once(last) for last in ending.values()} - _told(session)
        over = [each.id for each in _open(session) if is_outdated(ends, each.params)]
    if not unsaid and not untold and not over:
        return []
    with store.write() as tx:
        for name, last in unsaid.items():
            set_fact(tx.session, f"warned_of.{name}", last.isoformat())
            tx.record(Event(code=HORIZON_CODE, codes={"calendar": name, "last": last.isoformat()}))
        _tell(tx, ending, untold)
        gone = (
            update(Notice).where(Notice.id.in_(over)).values(state="dropped", receipt=YEAR_LOADED)
        )
        tx.session.execute(gone)
    return list(unsaid)


def _is_news(session: Session, name: str, last: date) -> bool:
    return fact(session, f"warned_of.{name}") != last.isoformat()


def _once(last: date) -> str:
    return f"{HORIZON_CODE}:{last.isoformat()}"


def _told(session: Session) -> set[str]:
    about_none = select(Notice.once).where(Notice.alert_id.is_(None), Notice.code == HORIZON_CODE)
    return set(session.scalars(about_none))


def _open(session: Session) -> list[Notice]:
    """The warnings that are shown in the application, or wait to be sent outside; what was sent
    outside stays.
    """
    waits = (Notice.state == "pending") | ((Notice.state == "sent") & (Notice.channel == IN_APP))
    about_none = select(Notice).where(Notice.alert_id.is_(None), Notice.code == HORIZON_CODE, waits)
    return list(session.scalars(about_none))


def _tell(tx: Transaction, ending: Mapping[str, date], untold: set[str]) -> None:
    """One notice for all calendars that end on the same day; to the district's desk where there are
    no administrators.
    """
    same: dict[date, list[str]] = defaultdict(list)
    for name, last in sorted(ending.items()):
        same[last].append(name)
    desk = ADMIN_DESK if units_with_people(tx.session, ("admin",)) else DISTRICT_DESK
    for last, names in same.items():
        if _once(last) in untold:
            year = (last + timedelta(days=1)).year
            said = {"calendars": names, "last": last.isoformat(), "year": year}
            tell_desk(tx, desk, HORIZON_CODE, said, _once(last))
