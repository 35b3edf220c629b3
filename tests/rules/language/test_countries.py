"""A zone lies in the country of its city, whatever it was called once."""

import pytest

from dispatch.rules.language.countries import country_of

COUNTRIES = {
    "Asia/Shanghai": "CN",
    "PRC": "CN",
    "Asia/Chongqing": "CN",
    "Europe/Amsterdam": "NL",
    "America/New_York": "US",
    "US/Eastern": "US",
    "Asia/Kolkata": "IN",
    "Asia/Calcutta": "IN",
    "Europe/Kyiv": "UA",
    "Europe/Kiev": "UA",
    "Asia/Saigon": "VN",
    "Australia/NSW": "AU",
    "America/Buenos_Aires": "AR",
    "Asia/Katmandu": "NP",
    "Hongkong": "HK",
}


@pytest.mark.parametrize(("timezone", "country"), COUNTRIES.items())
def test_a_zone_lies_in_one_country_under_every_name(timezone, country):
    assert country_of(timezone) == country


@pytest.mark.parametrize(
    "timezone", ["UTC", "Etc/UTC", "Etc/GMT-8", "GMT", "CET", "EST5EDT", "Antarctica/Troll", "Moon"]
)
def test_a_zone_of_none_or_of_several_lies_nowhere_and_not_in_china(timezone):
    assert country_of(timezone) == ""
