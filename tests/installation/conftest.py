"""Two people who have chosen a password."""

import pytest
from signing_in import CITY, DESK, OWN_TIME, PASSWORD

from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.guesses import check_password
from dispatch.store.people import LINK


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(module, deed)`: the deed is done once, just after the password was checked."""

    def interposed(module, deed):
        def check(*arguments: object):
            found = check_password(*arguments)
            monkeypatch.setattr(module, "check_password", check_password)
            deed()
            return found

        monkeypatch.setattr(module, "check_password", check)

    return interposed


@pytest.fixture
def hua(store):
    """A dispatcher of the roads department who has chosen a password."""
    person = add_person(store, NewPerson("李华", (DESK,), login="hua"), CITY)
    choose_password(store, make_token(store, person, LINK), PASSWORD)
    return person


@pytest.fixture
def mei(store):
    """A volunteer who has chosen a password."""
    person = add_person(store, NewPerson("陈梅", (OWN_TIME,), login="mei"), CITY)
    choose_password(store, make_token(store, person, LINK), PASSWORD)
    return person
