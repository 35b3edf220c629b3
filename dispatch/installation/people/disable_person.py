"""Disables a person: they cannot sign in any more, and their open work goes back to its unit."""

from sqlalchemy import delete

from dispatch import clock
from dispatch.deeds.machinery.handing_back import hand_back_work
from dispatch.errors import Refused
from dispatch.store.log import Event
from dispatch.store.tables import Person, SignIn
from dispatch.store.transaction import Store


def disable_person(store: Store, person_id: str) -> None:
    """Ends every session, token and link at once; what they did stays. Raises Refused
    unknown_person.
    """
    with store.write() as tx:
        person = tx.session.get(Person, person_id)
        if person is None:
            raise Refused("unknown_person", name=person_id)
        if person.disabled_at is not None:
            return
        person.disabled_at = clock.wall()
        tx.session.execute(delete(SignIn).where(SignIn.person_id == person_id))
        tx.record(Event("person_disabled", codes={"person": person_id}))
        hand_back_work(store, tx, person_id)
