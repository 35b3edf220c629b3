"""How passwords are kept."""

import pytest

from dispatch.store.passwords import hash_password, matches


def test_a_city_keeps_them_as_dear_to_try_as_owasp_asks(city_hasher):
    assert city_hasher.hash("seven green lamps").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize("typed", ["seven green lamps ", "Seven green lamps", ""])
def test_another_one_does_not_match(typed):
    kept = hash_password("seven green lamps", "hua")
    assert matches("seven green lamps", kept)
    assert not matches(typed, kept)


def test_of_an_account_that_has_none_nothing_matches():
    assert not matches("nobody has this password", None)


def test_a_keyboard_may_compose_its_characters_as_it_likes():
    assert matches("cafe\u0301 am Markt 12", hash_password("caf\u00e9 am Markt 12", "hua"))
