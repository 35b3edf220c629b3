"""Ends a role of a person; that it was held stays on record.

Work that only this role let them handle goes back to its unit.
"""

from sqlalchemy import update

from dispatch import clock
from dispatch.deeds.machinery.handing_back import hand_back_work
from dispatch.domain.roles import Grant
from dispatch.store.log import Event
from dispatch.store.tables import RoleGrant
from dispatch.store.transaction import Store


def end_grant(store: Store, person_id: str, grant: Grant) -> None:
    with store.write() as tx:
        held = (RoleGrant.person_id == person_id, RoleGrant.to_at.is_(None))
        same = (RoleGrant.role == grant.role, RoleGrant.unit == grant.unit)
        ended = update(RoleGrant).where(*held, *same).values(to_at=clock.wall())
        tx.session.execute(ended)
        codes = {"person": person_id, "role": grant.role, "unit": grant.unit}
        tx.record(Event("role_ended", codes=codes))
        hand_back_work(store, tx, person_id)
