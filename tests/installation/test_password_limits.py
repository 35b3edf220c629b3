"""How long passwords may be and how long they stay, and how random secrets are."""

import pytest
from signing_in import OFFICE, PASSWORD, refusal, sign_in

from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.people import LINK

SENTENCE = "eleven grey herons wait beside the drained pond until the rain comes back again"


def change(store, person, new):
    change_password(store, person, PASSWORD, new, SignInOrigin(OFFICE, device_of("")), "")


def test_a_long_password_is_taken_and_each_of_its_characters_counts(store, hua):
    change(store, hua, SENTENCE)
    assert len(SENTENCE) > 64
    assert refusal(sign_in, store, "hua", SENTENCE[:-1], OFFICE) == "bad_credentials"
    assert refusal(sign_in, store, "hua", SENTENCE.capitalize(), OFFICE) == "bad_credentials"
    assert sign_in(store, "hua", SENTENCE, OFFICE)


@pytest.mark.parametrize("new", ["onlysmalllettersinarow qz", "没有数字也没有字母的一句长话好"])
def test_no_kinds_of_characters_are_asked_for(store, hua, new):
    change(store, hua, new)
    assert sign_in(store, "hua", new, OFFICE)


def test_a_password_stays_good_for_years(store, hua, wall):
    wall(days=3 * 365)
    assert sign_in(store, "hua", PASSWORD, OFFICE)


def test_every_secret_has_256_random_bits(store, hua):
    secrets = [sign_in(store, "hua", PASSWORD, OFFICE).secret for _ in range(2)]
    secrets += [make_token(store, hua), make_token(store, hua), make_token(store, hua, LINK)]
    assert {len(each) for each in secrets} == {43}, "six bits in each sign"
    assert len({*secrets}) == 5
