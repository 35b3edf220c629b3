"""A signed-in person sets up a second factor, the first one or another."""

from dataclasses import dataclass

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.store.enrolment import record_person
from dispatch.store.guesses import CheckedPerson, SignInOrigin, check_password, refuse_changed
from dispatch.store.people import SESSION, Authentication
from dispatch.store.sealing import identities
from dispatch.store.second_factors import keep_second_factor, offered_secret, step_of
from dispatch.store.sign_ins import end_sign_ins, those_open
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class OfferedFactor:
    """`offer`: names the secret that was shown; `code`: what the app shows for it; `present`: a
    code of the second factor that it replaces.
    """

    offer: str
    code: str
    present: str = ""


def set_second_factor(
    store: Store, here: Authentication, origin: SignInOrigin, password: str, new: OfferedFactor
) -> list[str]:
    """The recovery codes, shown once. Every other session of the person ends. Raises Refused
    forbidden for a volunteer, offer_over, wrong_code, wrong_password, as check_password, and
    not_signed_in or code_wanted where the session ended or another one was set up meanwhile.
    """
    person_id, at = here.access.person_id, clock.wall()
    if not may_have_second_factor(here.access):
        raise Refused("forbidden")
    secret = offered_secret(store.seal, person_id, new.offer, at)
    step = step_of(secret, new.code, at)
    if step is None:
        raise Refused("wrong_code")
    checked = _checked(store, person_id, password, origin, new.present)
    with store.write() as tx:
        if here.digest not in those_open(tx.session, [here.digest], at):
            raise Refused("not_signed_in")
        refuse_changed(tx, checked)
        codes = keep_second_factor(tx, person_id, secret, step, at)
        end_sign_ins(tx.session, store.seal, person_id, (SESSION,), here.digest)
        record_person(tx, "second_factor_set", person_id, by_day=False)
    return codes


def may_have_second_factor(access: Access) -> bool:
    """Staff may; nobody must type a code before they can report."""
    return not (access.is_service or access.is_kept_by_day)


def _checked(
    store: Store, person_id: str, password: str, origin: SignInOrigin, present: str
) -> CheckedPerson:
    """Whoever is signed in is not asked to sign in because of a slip."""
    with store.read() as session:
        login = identities(session, store.seal, [person_id])[person_id]["login"]
    try:
        return check_password(store, login, password, origin, present)
    except Refused as refused:
        if refused.code == "bad_credentials":
            raise Refused("wrong_password") from None
        raise
