"""The dispatcher's console, as somebody at a desk meets it."""

import re
import time

import pytest
from again import sign_in_again
from playwright.sync_api import expect


def row_of(page, alert):
    return page.locator(f".row[data-id='{alert['id']}']")


def only(page, alert):
    """Narrow the list to one alert: the demo has more rows than fit."""
    page.locator("#search").fill(alert["number"])
    return row_of(page, alert)


@pytest.fixture
def desk(opens):
    page = opens("department", "/console")
    expect(page.locator(".live")).to_contain_text("实时")
    return page


def test_a_report_appears_without_a_reload_and_leaves_when_it_is_withdrawn(desk, caller):
    figure = desk.locator("[data-kpi=open] b")
    before = int(figure.inner_text())
    volunteer = caller("volunteer")
    hole = volunteer.reports()
    expect(figure).to_have_text(str(before + 1), timeout=3000)
    expect(only(desk, hole)).to_contain_text("待签收")

    volunteer.takes("withdraw", hole, hole["version"])
    expect(row_of(desk, hole)).to_have_count(0, timeout=3000)
    expect(figure).to_have_text(str(before))


def test_the_list_does_not_move_under_a_pointer(desk, caller):
    desk.locator(".row").first.hover()
    first = desk.locator(".row").first.get_attribute("data-id")
    caller("volunteer").reports()
    pill = desk.get_by_role("button", name=re.compile("新 1 条"))
    expect(pill).to_be_visible(timeout=3000)
    assert desk.locator(".row").first.get_attribute("data-id") == first
    pill.click()
    expect(pill).to_have_count(0)


def test_the_drawer_says_why_and_the_steps_are_buttons(desk, caller, axe):
    hole = caller("volunteer").reports("路面有坑 <img src=x onerror=alert(1)>")
    only(desk, hole).click()
    drawer = desk.get_by_role("region", name=re.compile(hole["number"]))
    expect(drawer).to_contain_text("<img src=x onerror=alert(1)>")
    expect(drawer).to_contain_text("为何派给")
    expect(drawer.locator(".trace li").first).to_have_attribute(
        "title", re.compile(r"rules\.yaml:\d+")
    )
    assert axe(desk) == []

    drawer.get_by_role("button", name="签收", exact=True).click()
    drawer.locator("form").get_by_role("button", name="签收").click()
    expect(row_of(desk, hole)).to_contain_text("待到场", timeout=3000)
    expect(drawer.locator(".tl")).to_contain_text("已签收")


def test_the_second_of_two_dispatchers_is_told_and_keeps_their_words(desk, caller, watch):
    watch.allow("409")
    hole = caller("volunteer").reports()
    only(desk, hole).click()
    desk.get_by_role("button", name="签收", exact=True).click()
    desk.get_by_label("备注").fill("我写的备注")
    desk.context.set_offline(True)  # the news must not reach this desk before the step does
    desk.route("**/api/v1/board/changes*", lambda route: route.abort())
    caller("department").takes("sign", hole, hole["version"])
    desk.context.set_offline(False)
    watch.allow("ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket")
    desk.locator(".step-form button[type=submit]").click()
    expect(desk.get_by_role("alert")).to_contain_text("签收")
    expect(desk.get_by_label("备注")).to_have_value("我写的备注")


def test_a_cut_of_ten_seconds_heals_without_a_reload(desk, caller, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|WebSocket")
    figure = desk.locator("[data-kpi=open] b")
    before = int(figure.inner_text())
    desk.context.set_offline(True)
    expect(desk.locator(".banner")).to_contain_text("连接断了", timeout=15_000)
    volunteer = caller("volunteer")
    for _ in range(5):
        volunteer.reports()
    desk.wait_for_timeout(5_000)
    expect(figure).to_have_text(str(before))
    desk.context.set_offline(False)
    expect(figure).to_have_text(str(before + 5), timeout=15_000)
    expect(desk.locator(".banner")).to_have_count(0, timeout=15_000)


def test_an_ended_session_asks_and_the_step_goes_on(desk, caller, secret, watch):
    watch.allow("401")
    hole = caller("volunteer").reports()
    only(desk, hole).click()
    desk.get_by_role("button", name="签收", exact=True).click()
    desk.get_by_label("备注").fill("马上去")
    desk.context.clear_cookies()
    desk.locator(".step-form button[type=submit]").click()
    sign_in_again(desk, "department", secret)
    expect(desk.locator(".tl")).to_contain_text("马上去")


def test_the_keys_work_and_can_be_turned_off(desk):
    desk.locator(".row").first.wait_for()
    desk.keyboard.press("/")
    expect(desk.locator("#search")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    expect(desk.locator(".row").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#drawer")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#drawer")).to_have_count(0)
    expect(desk.locator(".row").first).to_be_focused()

    desk.keyboard.press("?")
    desk.get_by_role("checkbox", name="启用单键快捷键").uncheck()
    desk.get_by_role("button", name="知道了").click()
    desk.keyboard.press("/")
    expect(desk.locator("#search")).not_to_be_focused()


def test_filters_live_in_the_address(desk):
    desk.get_by_role("button", name="筛选").click()
    desk.get_by_label("只看超时的").check()
    expect(desk).to_have_url(re.compile("overdue=1"))
    shown = desk.locator(".rows").get_attribute("aria-label")
    desk.reload()
    expect(desk.locator(".rows")).to_have_attribute("aria-label", shown)


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_nothing_scrolls_sideways_and_axe_is_content(desk, axe, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.locator(".row").first.wait_for()
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(desk) == []


def test_choosing_in_the_list_shows_it_on_the_map(desk, caller):
    hole = caller("volunteer").reports()
    only(desk, hole).click()
    expect(desk.locator(".pinm.sel")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator(".pinm.sel")).to_have_count(0)


def test_the_overdue_page_reads_without_scripts(opens, axe):
    page = opens("supervisor", "/reports/overdue", java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("此刻")
    expect(page.get_by_role("link", name="CSV")).to_be_visible()


def test_the_overdue_page_has_no_fault(opens, axe):
    page = opens("supervisor", "/reports/overdue")
    page.get_by_role("heading", level=1).wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_row_says_everything_in_words_and_a_clock_that_stands_says_why(opens, caller, axe):
    desk = opens("district", "/console")
    expect(desk.locator(".live")).to_contain_text("实时")
    hole = caller("volunteer").reports()
    caller("department").takes(
        "return", hole, hole["version"], reason="物业红线内", proposed="ZJJ", clause="第 12 条"
    )
    row = only(desk, hole)
    expect(row).to_have_accessible_name(
        re.compile(
            f"{hole['number']}，道路破损，.*福田街道.*退回待裁决，还剩.*处置|已暂停 · 剩工作时间"
        )
    )
    expect(row).to_contain_text("处置已暂停")
    row.click()
    drawer = desk.get_by_role("region", name=re.compile(hole["number"]))
    expect(drawer.locator(".ck.wide")).to_contain_text("待区裁决")
    assert axe(desk) == []


def test_late_rows_say_so_in_words(opens):
    desk = opens("district", "/console?overdue=1")
    first = desk.locator(".row").first
    expect(first).to_have_accessible_name(re.compile("超时 .*(天|小时|分)"))


def test_the_steps_behind_more_are_reached_and_left_by_keyboard(opens, caller, axe):
    desk = opens("street", "/console")
    hole = caller("volunteer").reports()
    only(desk, hole).click()
    more = desk.get_by_role("button", name="更多")
    more.focus()
    desk.keyboard.press("Enter")
    menu = desk.get_by_role("menu", name="更多")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert axe(desk) == []
    desk.keyboard.press("ArrowUp")
    expect(menu.get_by_role("menuitem").last).to_be_focused()
    expect(menu.get_by_role("group")).to_contain_text("不予受理")
    desk.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(more).to_be_focused()
    expect(desk.locator("#drawer")).to_be_visible()


def test_the_clocks_count_by_the_servers_time_on_a_machine_that_is_wrong(opens, caller):
    desk = opens("department", "/")
    desk.clock.install(time=time.time() + 300)  # five minutes fast
    desk.goto("/console")
    hole = caller("volunteer").reports()
    expect(only(desk, hole)).to_be_visible()
    shown = desk.locator(".live time").inner_text()
    seconds = [int(part) for part in shown.split(":")]
    told = seconds[0] * 3600 + seconds[1] * 60 + seconds[2]
    truth = (time.time() + 8 * 3600) % 86_400
    assert abs(told - truth) < 30
