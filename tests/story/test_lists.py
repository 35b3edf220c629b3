"""A list that is read page by page holds each alert once, whatever fell into one instant."""

import pytest
from city import ELSEWHERE, refused

from dispatch.domain.roles import Grant

pytestmark = pytest.mark.both_databases


def pages(person, **asked: object):
    """The ids of each page, until there is no next one."""
    found, cursor = [], ""
    while cursor is not None:
        assert len(found) < 20, "the pages come to no end"
        query = asked | ({"cursor": cursor} if cursor else {})
        page = person.asks("GET", "alerts", query_string=query)
        found.append([card["id"] for card in page["alerts"]])
        cursor = page["next"]
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_page_by_page_each_alert_comes_once_and_the_newest_first(city, limit):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    noon = {city.volunteer().reports().id for _ in range(4)}
    city.clock.jump(hours=2)
    later = {city.volunteer().reports().id for _ in range(3)}
    read = pages(city.district(), limit=limit)
    assert [len(page) for page in read[:-1]] == [limit] * (len(read) - 1)
    assert len(read) == -(-7 // limit)
    order = [alert for page in read for alert in page]
    assert (set(order[:3]), set(order[3:]), len(order)) == (later, noon, 7)


def test_what_comes_in_meanwhile_moves_no_page(city):
    known = [city.volunteer().reports().id for _ in range(4)]
    first = city.district().asks("GET", "alerts", query_string={"limit": 2})
    city.clock.jump(hours=1)
    city.volunteer().reports()
    rest = city.district().asks("GET", "alerts", query_string={"cursor": first["next"]})
    assert sorted(card["id"] for card in (*first["alerts"], *rest["alerts"])) == sorted(known)


def test_nobody_makes_a_cursor_of_their_own(city):
    for _ in range(2):
        city.volunteer().reports()
    page = city.district().asks("GET", "alerts", query_string={"limit": 1})
    body, _, _signature = page["next"].partition(".")
    with refused("bad_cursor"):
        city.district().asks("GET", "alerts", query_string={"cursor": f"{body}.{'0' * 24}"})


@pytest.mark.parametrize("text", ["煤气味很大", "路面有个坑"])
def test_a_community_reads_what_is_in_its_own_streets_and_what_lies_beside_it(city, text):
    first, second = (city.volunteer().reports(text=text) for _ in range(2))
    desk = city.person("community", Grant("street_dispatcher", first.now["community"]))
    merge = next(each for each in desk.sees(second)["steps"] if each["step"] == "merge")
    assert [each["id"] for each in merge["fields"][0]["choices"]] == [first.now["number"]]
    far = city.volunteer().reports(at=ELSEWHERE)
    with refused("not_found"):
        desk.sees(far)
