"""What somebody does with their own password, sign-ins and tokens."""

import pytest
from signing_in import CAFE, OFFICE, PASSWORD, admitted, refusal, sign_in

from dispatch import clock
from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.end_sign_in import end_sign_in, sign_out_everywhere
from dispatch.installation.people.make_token import make_token
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.people import LINK, TOKEN
from dispatch.store.sign_ins import id_of, open_sign_ins, secret_digest

NEW = "another horse 9"


def change(store, person, old=PASSWORD, new=NEW, but=""):
    change_password(store, person, old, new, SignInOrigin(OFFICE, device_of("")), but)


def listed(store, person):
    with store.read() as session:
        return open_sign_ins(session, store.seal, person, clock.wall())


def test_a_changed_password_ends_everything_but_where_it_was_changed(store, hua):
    here, there = (sign_in(store, "hua", PASSWORD, each).secret for each in (OFFICE, CAFE))
    token = make_token(store, hua)
    change(store, hua, but=secret_digest(here))
    assert admitted(store, here)
    assert admitted(store, there) is None
    assert admitted(store, token, TOKEN) is None
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "bad_credentials"
    assert sign_in(store, "hua", NEW, OFFICE)


def test_who_does_not_know_the_present_password_changes_nothing_and_is_counted(store, hua):
    heard = [refusal(change, store, hua, f"wrong {n}") for n in range(6)]
    assert heard == ["wrong_password"] * 5 + ["locked_out"]
    assert sign_in(store, "hua", PASSWORD, CAFE)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", "weak_password"),
        ("Password123", "common_password"),
        ("lihua and 7 stones", "own_name_password"),
    ],
)
def test_a_simple_password_is_refused_and_the_old_one_stays(store, hua, new, code):
    assert refusal(change, store, hua, PASSWORD, new) == code
    assert sign_in(store, "hua", PASSWORD, OFFICE)


def test_everybody_sees_their_own_sign_ins_and_nobodys_secret(store, hua, mei):
    secret, token = sign_in(store, "hua", PASSWORD, OFFICE).secret, make_token(store, hua)
    make_token(store, hua, LINK)
    sign_in(store, "mei", PASSWORD, OFFICE)
    seen = {each.kind: each for each in listed(store, hua)}
    assert {kind: each.used_on for kind, each in seen.items()} == {
        "session": "Firefox · Windows",
        "token": "",
    }
    assert seen["session"].id == id_of(secret_digest(secret))
    assert admitted(store, seen["token"].id, TOKEN) is None
    assert admitted(store, token, TOKEN)


def test_one_sign_in_is_ended_and_the_others_go_on(store, hua):
    lost, kept = (sign_in(store, "hua", PASSWORD, each).secret for each in (CAFE, OFFICE))
    end_sign_in(store, hua, id_of(secret_digest(lost)))
    assert admitted(store, lost) is None
    assert admitted(store, kept)
    assert refusal(end_sign_in, store, hua, id_of(secret_digest(lost))) == "unknown_sign_in"


@pytest.mark.parametrize("guess", ["", "0", "%", "_" * 16, "\u4e00" * 16])
def test_an_id_that_is_none_ends_nothing(store, hua, guess):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    assert refusal(end_sign_in, store, hua, guess) == "unknown_sign_in"
    assert admitted(store, secret)


def test_nobody_ends_the_sign_in_of_somebody_else(store, hua, mei):
    secret = sign_in(store, "hua", PASSWORD, OFFICE).secret
    assert refusal(end_sign_in, store, mei, id_of(secret_digest(secret))) == "unknown_sign_in"
    assert admitted(store, secret)


def test_signing_out_everywhere_ends_sessions_and_leaves_programs(store, hua, mei):
    secrets = [sign_in(store, "hua", PASSWORD, each).secret for each in (OFFICE, CAFE)]
    other, token = sign_in(store, "mei", PASSWORD, OFFICE).secret, make_token(store, hua)
    sign_out_everywhere(store, hua)
    assert [admitted(store, each) for each in secrets] == [None, None]
    assert admitted(store, other)
    assert admitted(store, token, TOKEN)
