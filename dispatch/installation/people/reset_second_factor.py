"""The administrator takes away a second factor that its person has lost."""

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.enrolment import record_person
from dispatch.store.people import SESSION, TOKEN, is_kept_by_day
from dispatch.store.second_factors import forget_second_factor
from dispatch.store.sign_ins import end_sign_ins
from dispatch.store.transaction import Store


def reset_second_factor(store: Store, person_id: str) -> None:
    """Its recovery codes, and the person's sessions and tokens, end with it. Raises Refused
    no_second_factor.
    """
    with store.write() as tx:
        if not forget_second_factor(tx, person_id):
            raise Refused("no_second_factor")
        end_sign_ins(tx.session, store.seal, person_id, (SESSION, TOKEN))
        by_day = is_kept_by_day(tx.session, person_id, clock.wall())
        record_person(tx, "second_factor_reset", person_id, by_day=by_day)
