"""What left one's own list, and what a crowded list still says, on a small desk screen."""

import re

from playwright.sync_api import expect

ASKED = {"by": 2, "reason": "要等管材，厂家周三到货"}
AWAY = {"lon": 114.0579, "lat": 22.556, "crs": "wgs84"}  # in 莲花街道
OVERFLOWS = "each => each.scrollWidth > each.clientWidth + 1"


def test_a_step_that_sends_the_alert_out_of_the_list_says_where_it_is_and_closes(opens, caller):
    hole = caller("volunteer").reports()
    desk = opens("street", f"/console?alert={hole['id']}")  # of a crowded list few rows are drawn
    row = desk.locator(f".row[data-id='{hole['id']}']")
    drawer = desk.get_by_role("region", name=re.compile(hole["number"]))
    drawer.get_by_role("button", name="更多").click()
    drawer.locator("[data-step=correct]").click()
    grid = drawer.locator("#f-place select, select#f-place").first
    grid.select_option("grid-lianhua-2-1")
    drawer.locator("#f-reason").fill("现场看过，在莲花")
    drawer.locator("button[type=submit]").click()
    expect(desk.locator(".banner.taken")).to_have_text(
        re.compile("已更正，现归莲花街道，不在您的列表里了。")
    )
    expect(desk.locator("#drawer")).to_have_count(0)
    expect(desk.locator(".oops")).to_have_count(0)
    expect(row).to_have_count(0)


def test_a_row_with_two_requests_is_read_whole_on_a_small_desk(opens, caller):
    department, hole = caller("department"), caller("volunteer").reports()
    department.takes("sign", hole, hole["version"])
    department.takes("extend", hole, department.sees(hole)["version"], **ASKED)
    caller("street").takes("void", hole, hole["version"], reason="演练时误发的")
    desk = opens("district", "/console")
    row = desk.locator(f".row[data-id='{hole['id']}']")
    desk.locator("#search").fill(hole["number"])
    expect(row).to_contain_text("2 项待批", timeout=20_000)
    for part in (".r1 b", ".r1 .ask", ".r2 .t", ".r3 > span:first-child"):
        assert not row.locator(part).evaluate(OVERFLOWS), part
    desk.locator("#search").fill("")
    expect(desk.locator(".duty button")).not_to_have_count(3)
    edge = desk.locator(".duty").evaluate("each => each.getBoundingClientRect().right")
    for tab in desk.locator(".duty button").all():
        assert tab.evaluate("each => each.getBoundingClientRect().right") <= edge + 1
