"""Alert numbers: a slip of the pen is noticed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain.numbers import (
    alert_number,
    as_meant,
    check_character,
    is_valid,
    short,
    spellings,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NUMBER = alert_number("440304", date(2026, 11, 23), 42)


def test_the_check_character_follows_the_published_example():
    # GRid, the recording industry's release number, uses ISO 7064 MOD 37,36 and prints this one.
    assert check_character("A1-2425G-ABC1234002") == "M"


def test_an_alert_has_a_number_of_district_day_and_serial():
    assert NUMBER[:-1] == "440304-20261123-00042-"
    assert is_valid(NUMBER)


def test_people_say_the_short_form():
    assert short(NUMBER) == f"1123-00042-{NUMBER[-1]}"


def test_a_day_with_more_than_99999_alerts_goes_on_counting():
    assert is_valid(alert_number("440304", date(2026, 11, 23), 100_000))


def test_a_district_may_have_letters():
    assert is_valid(alert_number("BOSTON", date(2026, 11, 23), 7))


BARE = alert_number("", date(2026, 11, 23), 42)


def test_without_a_code_a_number_begins_with_its_day():
    assert BARE[:-1] == "20261123-00042-"
    assert is_valid(BARE)
    assert short(BARE) == BARE[4:]
    assert as_meant(f" {BARE.lower().replace('0', 'o')}") == BARE


def test_a_number_from_before_that_begins_with_a_hyphen_is_still_read():
    assert is_valid(f"-{BARE}")
    assert as_meant(f"-{BARE.lower()}") == f"-{BARE}"
    assert short(f"-{BARE}") == BARE[4:]


@pytest.mark.parametrize(
    ("code", "stands"), [("zh", "ZH"), ("NL-ZH", "NL-ZH"), ("Hoorn é", "HOORN"), ("-", "")]
)
def test_any_code_makes_a_number_that_is_read_again(code, stands):
    number = alert_number(code, date(2026, 11, 23), 7)
    assert number.startswith(f"{stands}-20261123-" if stands else "20261123-")
    assert is_valid(number)
    assert as_meant(number.lower()) == number
    assert short(number) == f"1123-00007-{number[-1]}"


@pytest.mark.parametrize("text", ["", "440304", NUMBER.lower(), NUMBER + "\n", NUMBER[:-1] + "Ａ"])
def test_what_is_no_number_is_not_valid(text):
    assert not is_valid(text)


@given(st.integers(1, 99_999), st.integers(0, 20), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(serial, place, wrong):
    number = alert_number("440304", date(2026, 11, 23), serial)
    if number[place] not in (wrong, "-"):
        assert not is_valid(number[:place] + wrong + number[place + 1 :])


def test_two_neighbours_swapped_are_nearly_always_noticed():
    numbers = [alert_number("440304", date(2026, 11, 23), serial) for serial in range(1, 1000)]
    swaps = [n[:19] + n[20] + n[19] + n[21:] for n in numbers if n[19] != n[20]]
    unnoticed = sum(is_valid(swapped) for swapped in swaps)
    assert unnoticed / len(swaps) < 0.05


@pytest.mark.parametrize(
    ("stem", "check"),
    [("0", "2"), ("Z", "4"), ("440304-20261123-00042", "E"), ("ZZZ-999", "D")],
)
def test_check_characters_written_out(stem, check):
    assert check_character(stem) == check


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (NUMBER, NUMBER),
        (f" {NUMBER.lower()} ", NUMBER),
        (NUMBER.replace("0", "O").replace("1", "I"), NUMBER),
        (NUMBER[:-1] + "L", NUMBER[:-1] + "L"),  # another check character: as it was written
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_a_number_written_down_by_ear_is_the_one_that_was_meant(written, meant):
    assert as_meant(written) == meant


def test_a_check_character_may_sound_like_a_figure():
    found = [alert_number("440304", date(2026, 11, 23), serial) for serial in range(1, 2000)]
    alike = {"1": "I", "I": "1", "0": "O", "O": "0"}
    heard = [(each, each[:-1] + alike[each[-1]]) for each in found if each[-1] in alike]
    assert {each[-1] for each, _ in heard} == set(alike)
    assert [as_meant(other) for _, other in heard] == [each for each, _ in heard]


@pytest.mark.parametrize(
    ("part", "spelled"),
    [
        ("00042-K", ("00042-K",)),
        ("00042-1", ("00042-1", "00042-I")),
        ("00042-I", ("00042-I", "00042-1")),
        ("1-0", ("1-0", "1-O")),
        ("O", ("O", "0")),
        ("", ("",)),
    ],
)
def test_the_last_sign_of_a_part_may_sound_like_another(part, spelled):
    assert spellings(part) == spelled
