"""How long somebody stays signed in: at a desk, on the way, on their own phone, as a program."""

from datetime import timedelta

import pytest
from signing_in import CITY, DESK, OFFICE, PASSWORD, admitted, sign_in

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.end_sign_in import end_sign_in, sign_out_everywhere
from dispatch.installation.people.grant_role import grant_role
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.note_visit import note_visit
from dispatch.store.people import LINK, TOKEN
from dispatch.store.sign_ins import id_of, secret_digest

IDLE = timedelta(minutes=30)


def is_locked(store, secret, kind="session"):
    return admitted(store, secret, kind).is_locked(IDLE, clock.wall())


def on_phone(store, login):
    return sign_in(store, login, PASSWORD, OFFICE, stays=True).secret


def test_a_desk_where_nobody_does_anything_is_locked_after_half_an_hour(store, hua, wall):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    wall(minutes=29, seconds=50)
    assert not is_locked(store, secret)
    wall(seconds=10)
    assert is_locked(store, secret)


def test_a_desk_where_somebody_works_is_not_locked(store, hua, wall):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    for _ in range(4):
        wall(minutes=20)
        note_visit(store, admitted(store, secret))
        assert not is_locked(store, secret)


@pytest.mark.parametrize("role", ["handler", "volunteer"])
def test_a_program_and_whoever_is_on_the_way_are_not_locked(store, hua, mei, wall, role):
    token = make_token(store, hua)
    if role == "handler":
        grant_role(store, mei, Grant("handler", "roads"), CITY)
    wall(seconds=1)
    phone = sign_in(store, "mei", PASSWORD, OFFICE).secret
    wall(hours=11)
    assert not is_locked(store, token, TOKEN)
    assert not is_locked(store, phone)


def test_a_volunteers_phone_stays_signed_in_for_ninety_days(store, mei, wall):
    phone = on_phone(store, "mei")
    wall(days=89, hours=23)
    assert admitted(store, phone)
    wall(days=1, hours=2)
    assert admitted(store, phone) is None


def test_staff_stay_on_no_phone(store, hua, wall):
    phone = on_phone(store, "hua")
    wall(hours=12, minutes=1)
    assert admitted(store, phone) is None


def test_a_click_ends_the_phone_that_stays_and_so_does_a_new_password(store, mei):
    lost, kept, third = (on_phone(store, "mei") for _ in range(3))
    end_sign_in(store, mei, id_of(secret_digest(lost)))
    assert admitted(store, lost) is None
    choose_password(store, make_token(store, mei, LINK), "another horse 9")
    assert [admitted(store, each) for each in (kept, third)] == [None, None]


def test_signing_out_everywhere_ends_phones_that_stay(store, mei):
    phone = on_phone(store, "mei")
    sign_out_everywhere(store, mei)
    assert admitted(store, phone) is None


def test_a_volunteer_who_becomes_staff_signs_in_anew_and_stays_no_longer(store, mei):
    phone = on_phone(store, "mei")
    grant_role(store, mei, DESK, CITY)
    assert admitted(store, phone) is None


def test_signing_in_again_replaces_the_session_of_this_browser(store, hua):
    first = sign_in(store, "hua", PASSWORD, OFFICE).secret
    second = sign_in(store, "hua", PASSWORD, OFFICE, before=secret_digest(first)).secret
    assert admitted(store, first) is None
    assert admitted(store, second)


def test_a_token_ends_after_ninety_days(store, hua, wall):
    token = make_token(store, hua)
    wall(days=89, hours=23)
    assert admitted(store, token, TOKEN)
    wall(hours=2)
    assert admitted(store, token, TOKEN) is None
