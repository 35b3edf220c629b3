"""Disables a person: they cannot sign in any more, and their open work goes back to its unit."""

from dispatch import clock
from dispatch.deeds.machinery.handing_back import hand_back_work
from dispatch.errors import Refused
from dispatch.store.enrolment import record_person
from dispatch.store.marks import to_the_day
from dispatch.store.people import LINK, SESSION, TOKEN, is_kept_by_day
from dispatch.store.sign_ins import end_sign_ins
from dispatch.store.tables import Person
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
        at = clock.wall()
        by_day = is_kept_by_day(tx.session, person_id, at)
        person.disabled_at = to_the_day(at) if by_day else at
        end_sign_ins(tx.session, store.seal, person_id, (SESSION, TOKEN, LINK))
        record_person(tx, "person_disabled", person_id, by_day=by_day)
        hand_back_work(store, tx, person_id)
