"""The overdue page by unit: whoever holds something late has a line, and the lines add up."""

import re

import pytest
from city import ELSEWHERE

from dispatch.domain.roles import Grant


def lines(city, query=""):
    """By label how many are late now, of the units and of the total; and the number above."""
    page = (
        city.supervisor()
        .http.get(
            f"/reports/overdue{query}",
            headers={"Authorization": f"Bearer {city.supervisor().token}"},
        )
        .text
    )
    row = re.compile(r'<th scope="row">([^<]+)</th><td class="n">(\d+)</td>')
    units, foot = page.split('<table class="dp">')[1].split("<tfoot>")
    [(total, number)] = row.findall(foot.split("</tfoot>")[0])
    above = int(re.search(r"<h1>\D*(\d+)", page)[1])
    return {label: int(n) for label, n in row.findall(units)}, total, int(number), above


@pytest.fixture
def late(city):
    """A hole that its department holds, one that waits for the street, one for a ruling."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    city.volunteer().reports()
    city.volunteer().reports("unsure", answers={})
    returned = city.person("neighbour").reports(at=ELSEWHERE)
    city.department().takes("return", returned, reason="不归我们", clause="第三条", proposed="CGJ")
    city.clock.advance(days=3)


@pytest.mark.parametrize("query", ["", "?street=street-futian", "?department=futian"])
def test_the_district_and_a_street_have_lines_of_their_own_and_all_add_up(city, late, query):
    units, total, number, above = lines(city, query)
    assert total == "合计"
    assert number == above == sum(units.values())
    if not query:
        assert units == {"区交通运输局": 1, "福田区": 1, "福田街道": 1} or units["福田区"] == 1
    for label, count in units.items():
        unit = {"福田区": "futian", "福田街道": "street-futian"}.get(label)
        if unit and not query:
            filtered, *_, found = lines(city, f"?department={unit}")
            assert (filtered, found) == ({label: count}, count)


def test_an_alert_late_only_by_the_reporters_date_has_a_line_as_well(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.clock.walk_to("2026-11-30T17:00:00+08:00")
    city.street().takes("reassign", hole, lead="SWJ", reason="水管破裂引起")
    city.person("water", Grant("department_dispatcher", "SWJ")).signs(hole)
    city.clock.walk_to("2026-12-01T09:00:00+08:00")
    units, _, number, above = lines(city)
    assert units["只过了告诉上报人的日期，没有单位超时"] == number == above == 1
    assert sum(units.values()) == 1
