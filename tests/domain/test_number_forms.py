"""Which digits are the number of a person: by country, by their groups, by what is around."""

import re

import pytest

from dispatch.domain.number_forms import WrittenNumber, is_of_a_person


def is_one(written, country="CN"):
    """`before|number|after`, or the number alone; a plus before it is the sign of a country."""
    before, number, after = written.split("|") if "|" in written else ("", written, "")
    bare = number.removeprefix("+")
    groups, signs = re.findall(r"[0-9X]+", bare), re.findall(r"[^0-9X]+", bare)
    return is_of_a_person(
        WrittenNumber(tuple(groups), tuple(signs), bare != number, before, after), country
    )


# country: numbers of people there, and digits that are none
NUMBERS = {
    "CN": (
        """13812345678 8613812345678 008613812345678 19912345678 01082918889 861082918889
        02082918889 075582918889 8675582918889 07552918889 44030419900101123X 440304180001011234
        44030420000101123X""",
        """12812345678 1381234567 138123456789 0138123456789 01012918889 0755829188 07551291888
        44030417000101123X 4403041990010112X""",
    ),
    "DE": ("030123456 0301234567890 004930123456", "03012345 03012345678901 1301234567"),
    "FR": ("0123456789 0033123456789", "012345678 01234567890 1234567890"),
    "GB": ("0201234567 02012345678", "020123456 020123456789"),
    "HK": ("21234567 91234567", "11234567 2123456 212345678"),
    "JP": ("0312345678 09012345678", "031234567 090123456789"),
    "MO": ("61234567 28123456", "71234567 29123456 6123456 612345678"),
    "NL": ("0612345678 123456782", "061234567 06123456789 12345678 023456782"),
    "SG": ("31234567 61234567 81234567 91234567", "21234567 71234567 3123456 312345678"),
    "TW": ("021234567 0912345678", "02123456 09123456789 0112345678"),
    "US": ("6172345678 16172345678 123456789", "1172345678 6171345678 617234567890 12345678"),
    "XX": ("0012345678 012345678 123456789 12345678901", "00123456 01234567 12345678"),
}


@pytest.mark.parametrize("country", NUMBERS)
def test_each_country_has_its_numbers(country):
    people, others = (told.split() for told in NUMBERS[country])
    assert [each for each in people if not is_one(each, country)] == []
    assert [each for each in others if is_one(each, country)] == []


@pytest.mark.parametrize(
    ("written", "is_card"),
    [
        ("6222020200112345", True),
        ("6222020200112345678", True),
        ("622202020011234", False),
        ("62220202001123456789", False),
        ("0222020200112345", False),
        ("6222 0202 0011 2345", True),
        ("6222 0202 0011 2345 678", True),
        ("622202 020011 2345", True),
        ("62220 20200 11234 5", True),
        ("6222 0202 0011 23456", False),
        ("6222020 2001123 45", False),
        ("6222 02020 0112 345", False),
        ("622 2020 2001 12345", False),
    ],
)
def test_cards_are_printed_in_groups_of_one_size(written, is_card):
    assert is_one(written, "HK") is is_card


@pytest.mark.parametrize(
    ("written", "is_abroad"),
    [
        ("+12345678", True),
        ("+123456789012345", True),
        ("+0012345678", True),
        ("+1234567", False),
        ("+0123456789", False),
        ("12345678", False),
    ],
)
def test_a_plus_stands_before_numbers_of_every_country(written, is_abroad):
    assert is_one(written, "HK") is is_abroad


LINES = [
    *("82918889", "8291 8889", "82 91 88 89", "829 18889", "8 2 9 1 8 8 8 9"),
    *("电话|82918889|", "电话|82918889|转 8", "1|82918889|", "1- |82918889|", "|82918889|-12345"),
]
NO_LINES = [
    *("12918889", "8291888", "829188890", "82918 889", "82 918889", "8 2918889"),
    *("|82918889|元", "|82918889| 号", "|82918889|%", "杆号|82918889|", "编号：|82918889|"),
    *("no. |82918889|", "1-|82918889|", "3.|82918889|", "|82918889|-123456", "|82918889|:3"),
    *("20261123", "2026 1123", "2025-2026", "829.18889"),
]


def test_eight_digits_are_a_line_unless_they_count_or_number_something():
    assert [each for each in LINES if not is_one(each)] == []
    assert [each for each in NO_LINES if is_one(each)] == []
    assert not is_one("82918889", "DE")


@pytest.mark.parametrize(
    ("written", "is_day"),
    [
        ("21000101", False),  # a line of the year 2100, and no day of ours
        ("20991231", True),
        ("20261131", False),
        ("20260230", False),
    ],
)
def test_a_day_is_no_line_up_to_the_year_2099(written, is_day):
    assert is_one(written) is not is_day


def test_two_years_are_no_line_and_a_year_beside_another_number_is_one():
    assert not is_one("2025 2026")
    assert is_one("2025 8026")
    assert is_one("8025 2026")
    assert is_one("829-18889")  # only a dot makes a decimal
    assert is_one("8291.8889")


@pytest.mark.parametrize(
    ("written", "is_paper"),
    [
        ("440304800101123", True),
        ("440304 800101 123", True),
        ("4 4 0 3 0 4 8 0 0 1 0 1 1 2 3", True),
        ("440304000101123", True),  # born on the first day of the century
        ("440304801301123", False),  # no thirteenth month
        ("44030480 0101123", False),
        ("44030480010112", False),
        ("0403048001011234", False),
    ],
)
def test_old_papers_have_fifteen_digits_with_a_day_of_birth(written, is_paper):
    assert is_one(written) is is_paper
