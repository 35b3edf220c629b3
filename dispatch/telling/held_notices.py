"""Holds what would go outside all at once after a restore, until a person lets it go.

Nothing is lost meanwhile: the rows stay, and whoever signs in sees their alerts as ever.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select, update

from dispatch.domain.desks import ADMIN_DESK, DISTRICT_DESK
from dispatch.domain.law.events import AFTER_RESTORE
from dispatch.store.backup_age import note_held
from dispatch.store.installation_facts import epoch
from dispatch.store.log import Event
from dispatch.store.role_holders import units_with_people
from dispatch.store.tables import Alert, Notice
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import tell_desk

HELD_CODE: Final = "notices_held"
_PENDING: Final = "pending"
_HELD: Final = "held"
_DROPPED: Final = "dropped after a restore"


def hold_above(store: Store, most: int) -> int:
    """Flags everything that waits to go outside about an alert; holds it where it is more than
    `most`, and tells the administrators. Danger to life is never held. Returns how many are held.
    """
    with store.write() as tx:
        waiting = _waiting(tx)
        for notice in waiting:
            notice.params = {**notice.params, AFTER_RESTORE: True}
        in_danger = _in_danger(tx)
        bulk = [notice for notice in waiting if notice.alert_id not in in_danger]
        if len(bulk) <= most:
            return 0
        for notice in bulk:
            notice.state = _HELD
        note_held(tx.session, len(bulk))
        desk = ADMIN_DESK if units_with_people(tx.session, ("admin",)) else DISTRICT_DESK
        once = f"{HELD_CODE}:{epoch(tx.session)}"
        tell_desk(tx, desk, HELD_CODE, {"count": len(bulk)}, once)
        return len(bulk)


def held_by_desk(store: Store) -> list[tuple[str, str, int]]:
    """Of each desk and kind of notice, how many are held."""
    with store.read() as session:
        rows = session.execute(
            select(Notice.to_ref, Notice.code, func.count())
            .where(Notice.state == _HELD)
            .group_by(Notice.to_ref, Notice.code)
            .order_by(Notice.to_ref, Notice.code)
        )
        return [(desk, code, count) for desk, code, count in rows]


def release_held(store: Store, by: str | None) -> int:
    """Lets everything go that is held, but for what no longer matters when its turn comes; returns
    how many. `by`: the id of whoever decided.
    """
    return _decide(store, "notices_released", by, state=_PENDING, not_before=None)


def drop_held(store: Store, by: str | None) -> int:
    """Leaves everything unsent that is held; returns how many. The rows stay, and say so."""
    return _decide(store, "notices_dropped", by, state="dropped", receipt=_DROPPED)


def _decide(store: Store, code: str, by: str | None, **values: object) -> int:
    with store.write() as tx:
        count = tx.session.scalar(select(func.count()).where(Notice.state == _HELD)) or 0
        if not count:
            return 0
        tx.session.execute(update(Notice).where(Notice.state == _HELD).values(**values))
        over = update(Notice).where(Notice.code == HELD_CODE, Notice.alert_id.is_(None))
        tx.session.execute(over.values(state="dropped", receipt=code))
        note_held(tx.session, 0)
        codes = {"count": count, **({"by": by} if by else {})}
        tx.record(Event(code=code, codes=codes))
        return count


def _waiting(tx: Transaction) -> Sequence[Notice]:
    rows = select(Notice).where(Notice.state == _PENDING, Notice.alert_id.is_not(None))
    return list(tx.session.scalars(rows))


def _in_danger(tx: Transaction) -> set[str]:
    """The alerts in which life is in danger."""
    return set(tx.session.scalars(select(Alert.id).where(Alert.life_safety.is_(True))))
