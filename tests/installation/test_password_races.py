"""Two things happen to one password at once: the one that came first holds."""

from signing_in import OFFICE, PASSWORD, admitted, refusal, sign_in

from dispatch.installation.people import change_password as changing
from dispatch.installation.people import sign_in as signing
from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.people.end_sign_in import sign_out_everywhere
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.sign_ins import secret_digest

FIRST, SECOND = "another horse 9", "a third horse 10"
DESK = SignInOrigin(OFFICE, device_of(""))


def change(store, person, new, but=""):
    change_password(store, person, PASSWORD, new, DESK, but)


def test_a_thief_is_not_let_in_by_a_password_that_is_changed_at_that_moment(store, hua, meanwhile):
    meanwhile(signing, lambda: change(store, hua, FIRST))
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "bad_credentials"
    assert sign_in(store, "hua", FIRST, OFFICE)


def test_nobody_comes_in_who_is_disabled_at_that_moment(store, hua, meanwhile):
    meanwhile(signing, lambda: disable_person(store, hua))
    assert refusal(sign_in, store, "hua", PASSWORD, OFFICE) == "bad_credentials"


def test_of_two_changes_at_once_the_first_holds_and_the_second_is_refused(store, hua, meanwhile):
    meanwhile(changing, lambda: change(store, hua, FIRST))
    assert refusal(change, store, hua, SECOND) == "wrong_password"
    assert sign_in(store, "hua", FIRST, OFFICE)


def test_a_sign_in_that_ended_meanwhile_changes_no_password(store, hua, meanwhile):
    here = sign_in(store, "hua", PASSWORD, OFFICE).secret
    meanwhile(changing, lambda: sign_out_everywhere(store, hua))
    assert refusal(change, store, hua, FIRST, secret_digest(here)) == "not_signed_in"
    assert admitted(store, here) is None
    assert sign_in(store, "hua", PASSWORD, OFFICE)


def test_the_right_password_of_a_disabled_account_is_counted_as_a_wrong_one(store, hua):
    disable_person(store, hua)
    heard = [refusal(sign_in, store, "hua", PASSWORD, OFFICE) for _ in range(6)]
    assert heard == ["bad_credentials"] * 5 + ["locked_out"]
