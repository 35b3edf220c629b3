"""Guessing passwords: bounded from anywhere, and nobody locks a known device out."""

import pytest
from signing_in import CAFE, OFFICE, PASSWORD, guess, refusal, sign_in
from sqlalchemy import select

from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.devices import device_of
from dispatch.store.people import LINK, login_ref
from dispatch.store.tables import FailedSignIn, GuessedAccount, Person


def stranger(number):
    return f"198.51.{number // 250}.{number % 250}"


def guess_from_everywhere(store, times, first=0):
    """Each from another address, as a rented swarm does; how each was refused."""
    strangers = map(stranger, range(first, first + times))
    return [refusal(sign_in, store, "hua", "wrong", address) for address in strangers]


def test_an_account_takes_at_most_a_hundred_guesses_in_any_hour_from_anywhere(store, hua, wall):
    moments, minutes = [], 0
    for round_ in range(16):  # an hour and a third
        heard = guess_from_everywhere(store, 60, first=60 * round_)
        moments += [minutes] * heard.count("bad_credentials")
        assert set(heard) <= {"bad_credentials", "account_guessed"}
        wall(minutes=5)
        minutes += 5
    most = max(sum(begun <= each <= begun + 60 for each in moments) for begun in moments)
    assert 60 <= most <= 80, "a fifth of the hundred is for known devices"


def test_a_device_that_knows_the_account_keeps_a_way_in_while_strangers_guess(store, hua):
    known = sign_in(store, "hua", PASSWORD, OFFICE).device
    assert guess_from_everywhere(store, 80)[-1] == "account_guessed"
    assert refusal(sign_in, store, "hua", PASSWORD, CAFE) == "account_guessed"
    assert sign_in(store, "hua", PASSWORD, OFFICE, known).access.person_id == hua
    assert sign_in(store, "hua", PASSWORD, CAFE, known).access.person_id == hua


def test_a_stranger_behind_the_offices_address_locks_no_known_device(store, hua):
    known = sign_in(store, "hua", PASSWORD, OFFICE).device
    assert guess(store, 6)[-1] == "locked_out"
    assert sign_in(store, "hua", PASSWORD, OFFICE, known).access.person_id == hua


def test_a_known_device_has_its_own_bound(store, hua):
    known = sign_in(store, "hua", PASSWORD, OFFICE).device
    heard = [refusal(sign_in, store, "hua", f"wrong {n}", stranger(n), known) for n in range(6)]
    assert heard == ["bad_credentials"] * 5 + ["locked_out"]
    assert sign_in(store, "hua", PASSWORD, OFFICE).access.person_id == hua


def test_many_stolen_devices_together_have_no_more_than_their_fifth(store, hua):
    stolen = [sign_in(store, "hua", PASSWORD, OFFICE).device for _ in range(6)]
    heard = [
        refusal(sign_in, store, "hua", "wrong", OFFICE, each) for each in stolen for _ in range(4)
    ]
    assert heard.count("bad_credentials") == 10
    assert heard[-1] == "account_guessed"


def test_a_link_lets_in_whoever_has_only_a_new_device(store, hua):
    guess_from_everywhere(store, 80)
    choose_password(store, make_token(store, hua, LINK), "another horse 9")
    assert sign_in(store, "hua", "another horse 9", CAFE)


def test_whoever_knew_the_old_password_locks_no_known_device_out(store, hua):
    """Each sign-in on a new device makes a known one: they end with the password."""
    thief = [sign_in(store, "hua", PASSWORD, CAFE).device for _ in range(6)]
    choose_password(store, make_token(store, hua, LINK), "another horse 9")
    known = sign_in(store, "hua", "another horse 9", OFFICE).device
    guess_from_everywhere(store, 80)
    heard = [refusal(sign_in, store, "hua", "wrong", CAFE, each) for each in thief]
    assert set(heard) == {"account_guessed"}, "they are strangers"
    assert sign_in(store, "hua", "another horse 9", OFFICE, known).access.person_id == hua


def test_a_device_knows_only_who_signed_in_there_and_nobody_makes_its_cookie(store, hua, mei):
    known = sign_in(store, "hua", PASSWORD, OFFICE).device
    account, other = login_ref(store.seal, "hua"), login_ref(store.seal, "mei")
    kept = device_of(known.as_cookie())
    with store.read() as session:
        hashes = [session.get_one(Person, each).password_hash for each in (hua, mei)]
    assert kept.knows(store.seal, account, hashes[0])
    assert not kept.knows(store.seal, account, hashes[1])
    assert not kept.knows(store.seal, other, hashes[1])
    assert not device_of(f"{'0' * 32}.{kept.tags[0]}").knows(store.seal, account, hashes[0])
    both = sign_in(store, "mei", PASSWORD, OFFICE, kept).device
    assert both.knows(store.seal, account, hashes[0])
    assert both.knows(store.seal, other, hashes[1])


@pytest.mark.parametrize("cookie", ["", ".", "…" * 40, "a" * 32 + "." * 5000, "é" * 32 + ".x"])
def test_a_cookie_of_a_device_that_is_none_of_ours_knows_nobody(store, hua, cookie):
    assert not device_of(cookie).knows(store.seal, login_ref(store.seal, "hua"), None)
    assert sign_in(store, "hua", PASSWORD, OFFICE, device_of(cookie))


def test_counters_of_yesterday_are_forgotten_whoever_they_were_about(store, hua, wall):
    for number in range(5):
        refusal(sign_in, store, f"nobody {number}", "wrong", CAFE)
    guess(store, 6, CAFE)
    wall(hours=25)
    sign_in(store, "hua", PASSWORD, OFFICE)
    with store.read() as session:
        assert session.scalars(select(FailedSignIn)).all() == []
        assert session.scalars(select(GuessedAccount)).all() == []
