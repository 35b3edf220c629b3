"""The installation begins, is begun again, and the demo moves in."""

import amsterdam
import pytest
from signing_in import sign_in
from sqlalchemy import select
from town import as_bytes, with_change

from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.demo.seed_people import seed_people
from dispatch.installation.initialise import initialise
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.disable_person import disable_person
from dispatch.rules.book.loading import read_folder
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import find_person
from dispatch.store.sealing import identities
from dispatch.store.tables import Person

HERE = "10.0.0.8"
PASSWORD = "correct horse 8"
# The demo people, written again: with them a road alert walks from beginning to end.
DEMO = {
    "volunteer": ("volunteer", "street-futian"),
    "grid_worker": ("grid_worker", "street-futian"),
    "street": ("street_dispatcher", "street-futian"),
    "department": ("department_dispatcher", "JTJ"),
    "handler": ("handler", "JTJ"),
    "district": ("district_dispatcher", "futian"),
    "supervisor": ("supervisor", "futian"),
    "admin": ("admin", "futian"),
    "auditor": ("auditor", "futian"),
}


@pytest.fixture
def files(settings):
    return read_folder(settings.playbook)


def organisation(store):
    with store.read() as session:
        return store.playbook(session).organisation


def people(store):
    with store.read() as session:
        return session.scalars(select(Person)).all()


def test_the_first_administrator_comes_by_a_link(store, files):
    begun = initialise(store, files)
    assert begun.version == 1
    assert choose_password(store, begun.link, PASSWORD) == "admin"
    access = sign_in(store, "admin", PASSWORD, HERE).access
    assert access.grants == (Grant("admin", "futian"),)


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "管理员"), ("en", "Administrator"), ("nl", "woord")]
)
def test_the_first_administrator_is_named_in_the_citys_own_language(store, language, name):
    town = as_bytes(with_change("district.yaml", "language: en", f"language: {language}"))
    initialise(store, amsterdam.files() if language == "nl" else town)
    with store.read() as session:
        found = find_person(session, store.seal, "admin")
        assert name in identities(session, store.seal, [found.id])[found.id]["name"]


def test_beginning_again_changes_nothing_but_the_link_that_nobody_used(store, files):
    first, second = initialise(store, files), initialise(store, files)
    assert first.version == second.version == 1
    assert len(people(store)) == 1
    assert first.link != second.link
    choose_password(store, second.link, PASSWORD)
    assert initialise(store, files).link is None
    with pytest.raises(Refused, match="link_used"):
        choose_password(store, first.link, "another horse 9")


def test_no_second_administrator_beside_one_of_another_name(store, files):
    initialise(store, files)
    with store.read() as session:
        first = find_person(session, store.seal, "admin").id
    add_person(store, NewPerson("王明", (Grant("admin", "futian"),)), organisation(store))
    disable_person(store, first)
    assert initialise(store, files).link is None


def test_the_demo_has_one_person_in_each_role_and_one_password(store, files):
    initialise(store, files)
    demo = seed_people(store)
    assert {person.login: (person.role, person.unit) for person in demo.people} == DEMO
    for login, grant in DEMO.items():
        access = sign_in(store, login, demo.password, HERE).access
        assert access.grants == (Grant(*grant),)


def test_the_demo_starts_again_with_the_same_people_and_the_same_password(store, files):
    initialise(store, files)
    assert seed_people(store) == seed_people(store)
    assert len(people(store)) == len(DEMO)
    assert all(person.made_by_demo for person in people(store))
    initialise(store, files)
    assert len(people(store)) == len(DEMO)


def test_the_demo_stays_out_where_somebody_real_is(store, files):
    initialise(store, files)
    add_person(store, NewPerson("王明", (Grant("handler", "JTJ"),)), organisation(store))
    with pytest.raises(Refused, match="demo_refused"):
        seed_people(store)
    assert len(people(store)) == 2


def test_the_demo_stays_out_once_the_first_administrator_came(store, files):
    choose_password(store, initialise(store, files).link, PASSWORD)
    with pytest.raises(Refused, match="demo_refused"):
        seed_people(store)


def test_a_service_does_not_keep_the_demo_out(store, files):
    initialise(store, files)
    add_person(store, NewPerson("import", (), is_service=True), organisation(store))
    assert seed_people(store)
