"""An alert is found by its number as people say it within the year: 1123-00042-K."""

import pytest
from city import refused


@pytest.fixture
def twins(city):
    """The same problem, reported twice."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    return city.volunteer().reports(), city.person("neighbour").reports()


@pytest.mark.parametrize("written", [str, str.lower, lambda short: f" {short} "])
def test_it_is_merged_by_the_number_as_people_say_it(city, twins, written):
    master, twin = twins
    short = city.street().sees(master)["short"]
    city.street().takes("merge", twin, into=written(short))
    assert twin.now["merged"]["number"] == master.seen["number"]
    found = city.street().asks("GET", f"alerts/{short}")
    assert found["id"] == master.id


@pytest.mark.both_databases
def test_a_short_number_that_nobody_has_is_refused_in_words(city, twins):
    with refused("invalid") as refusal:
        city.street().takes("merge", twins[1], into="1123-99999-Z")
    assert {field for field, _ in refusal.faults} == {"into"}
