"""Whose report was merged into another follows that one: since the merge, and in sentences."""

import pytest
from city import CAST


@pytest.fixture
def pair(city):
    """Two reports of one hole; the first is signed, the second merged into it, then it goes on."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    master = city.volunteer().reports()
    city.department().signs(master)
    twin = city.person("neighbour").reports()
    return master, twin


def story(city, twin):
    return [line["code"] for line in city.person("neighbour").sees(twin)["merged"]["story"]]


def test_who_follows_reads_nothing_from_before_the_merge(city, pair):
    master, twin = pair
    city.street().takes("merge", twin, into=master.seen["number"])
    assert story(city, twin) == []
    city.department().takes("assign", master, to=city.handler().id)
    city.handler().arrives(master)
    assert story(city, twin) == ["assign", "arrive"]


def test_who_is_merged_again_follows_from_the_second_time_on(city, pair):
    master, twin = pair
    city.street().takes("merge", twin, into=master.seen["number"])
    city.department().takes("assign", master, to=city.handler().id)
    city.street().takes("unmerge", twin, reason="不是一处")
    city.handler().arrives(master)
    city.street().takes("merge", twin, into=master.seen["number"])
    assert story(city, twin) == []
    city.person("other", CAST["department"]).takes("assign", master, to=city.handler().id)
    assert "arrive" not in story(city, twin)
