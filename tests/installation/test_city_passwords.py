"""Passwords that are little more than the name of a place or a unit of the city."""

import pytest
from published import publish
from signing_in import OFFICE, PASSWORD, refusal, sign_in

from dispatch.installation.people.change_password import change_password
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.common_passwords import says_city_name
from dispatch.store.devices import device_of
from dispatch.store.guesses import SignInOrigin
from dispatch.store.people import LINK

NAMES = frozenset({"福田区", "Futian District", "福田街道", "区交通运输局", "Ōtemachi"})


@pytest.fixture
def futian(store):
    """The default playbook is in force."""
    publish(store)
    return store


@pytest.mark.parametrize(
    "made_of_it",
    [
        "futian2026",
        "Futian@2026!!",
        "FUTIANQU 2026",
        "ｆｕｔｉａｎ２０２６",
        "fu-tian_2026-11",
        "abc.futian.2026",
        "福田街道20261128",
        "福田街道福田区福田街道",
        "福田区南园街道2026",
        "nanyuan20261128",
        "nanyuanjiedao88",
        "shatou-shatou-88",
        "城管2026城管2026",
        "交通运输局2026年#1",
        "Futian District 1",
        "baodao-Shaodao-2026",
        "哨到哨到2026！！",
    ],
)
def test_a_name_with_digits_and_signs_around_it_is_refused(futian, hua, made_of_it):
    link = make_token(futian, hua, LINK)
    assert refusal(choose_password, futian, link, made_of_it) == "city_name_password"


@pytest.mark.parametrize(
    "of_ones_own",
    ["correct horse futian 8", "futian kettle tulip", "七只白鹅游过福田那条小河", PASSWORD],
)
def test_a_name_among_words_of_ones_own_is_none_of_it(futian, hua, of_ones_own):
    assert choose_password(futian, make_token(futian, hua, LINK), of_ones_own) == "hua"


def test_who_changes_a_password_is_told_the_same_and_the_old_one_stays(futian, hua):
    where = SignInOrigin(OFFICE, device_of(""))
    new = (futian, hua, PASSWORD, "Futian@2026!!", where, "")
    assert refusal(change_password, *new) == "city_name_password"
    assert sign_in(futian, "hua", PASSWORD, OFFICE)


def test_the_names_are_the_citys_own_and_none_before_a_playbook(store, hua):
    link = make_token(store, hua, LINK)
    assert choose_password(store, link, "nanyuan-7-Xq-201") == "hua"


@pytest.mark.parametrize(
    ("password", "is_made_of_it"),
    [
        ("jtys2026jtys", False),  # the first letters of the whole name or of nearly all of it
        ("qjtysj20261128", True),
        ("futian12abcde", True),  # five letters of one's own are too few
        ("futian12abcdef", False),
        ("1234567890", False),  # no name in it: others refuse it
        ("Ōtemachi 2026", True),
        ("", False),
    ],
)
def test_where_the_border_lies(password, is_made_of_it):
    assert says_city_name(password, NAMES) is is_made_of_it
