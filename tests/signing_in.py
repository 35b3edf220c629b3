"""People of a small city who sign in, and how their sign-ins are asked and refused."""

import pytest

from dispatch import clock
from dispatch.domain.roles import Grant, Organisation
from dispatch.errors import Refused
from dispatch.installation.people import sign_in as deed
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.people import SESSION, authenticate

CITY = Organisation(
    parents={"futian": None, "roads": "futian"},
    kinds={"futian": "district", "roads": "department"},
)
DESK = Grant("department_dispatcher", "roads")
OWN_TIME = Grant("volunteer", "futian")
PASSWORD = "correct horse 8"
OFFICE, CAFE = "10.0.0.8", "203.0.113.7"


def sign_in(store, login, password, address, device=None, **options):
    """From an address; on a device that is new or known."""
    origin = SignInOrigin(address, device or device_of(""), "Firefox · Windows")
    return deed.sign_in(store, login, password, origin, **options)


def refusal(deed, *arguments: object):
    with pytest.raises(Refused) as refused:
        deed(*arguments)
    return refused.value.code


def admitted(store, secret, kind=SESSION):
    with store.read() as session:
        return authenticate(session, store.seal, secret, kind, clock.wall())


def guess(store, times, address=OFFICE):
    return [refusal(sign_in, store, "hua", f"wrong {n}", address) for n in range(times)]
