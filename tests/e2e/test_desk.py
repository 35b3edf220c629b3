"""The desk finds what waits: requests, closed alerts, all that stands at one place."""

import re

import pytest
from again import sign_in_again
from playwright.sync_api import expect

ASKED = {"by": 2, "reason": "要等管材，厂家周三到货"}


def at_the_desk(page):
    expect(page.locator(".live")).to_contain_text("实时")
    return page


def test_a_request_waits_in_the_districts_first_tab_and_its_reason_stands_in_the_form(
    opens, caller, axe
):
    desk = at_the_desk(opens("district", "/console"))
    department, hole = caller("department"), caller("volunteer").reports()
    department.takes("sign", hole, hole["version"])
    department.takes("extend", hole, department.sees(hole)["version"], **ASKED)
    tab = desk.locator(".duty button").first
    expect(tab).to_contain_text("待审批", timeout=5000)
    tab.click()
    desk.locator(f".row[data-id='{hole['id']}']").click()
    drawer = desk.get_by_role("region", name=re.compile(hole["number"]))
    drawer.get_by_role("button", name="更多").click()
    drawer.locator("[data-step=refuse_extension]").click()
    form = drawer.locator(".step-form")
    expect(form).to_contain_text("2 个工作日")
    expect(form).to_contain_text(ASKED["reason"])
    expect(form).to_contain_text(re.compile("市交通运输局福田管理局.*提出"))
    assert axe(desk) == []
    form.get_by_role("textbox").fill("可以先用临时盖板")
    department.takes("note", hole, department.sees(hole)["version"], note="已联系厂家")
    expect(form.locator(".news")).to_contain_text("不影响提交", timeout=5000)
    form.locator("button[type=submit]").click()
    expect(desk.locator(f".row[data-id='{hole['id']}']")).to_have_count(0, timeout=5000)


def test_the_number_of_a_closed_alert_finds_it_and_enter_opens_it(opens, caller):
    desk = at_the_desk(opens("street", "/console"))
    volunteer = caller("volunteer")
    hole = volunteer.reports()
    volunteer.takes("withdraw", hole, hole["version"])
    search = desk.locator("#search")
    search.fill(hole["number"].split("-", 1)[1][4:].lower())
    expect(desk.locator(".found")).to_contain_text("已结", timeout=5000)
    search.press("Enter")
    drawer = desk.get_by_role("region", name=re.compile(hole["number"]))
    expect(drawer.locator(".now")).to_contain_text("已结")
    search.fill("1123-99999-X")
    expect(desk.get_by_role("status").filter(has_text="没有编号含")).to_be_visible(timeout=5000)


@pytest.mark.parametrize("device", ["wide", "narrow"])
def test_everything_at_one_place_can_be_opened_by_mouse_and_by_keyboard(opens, caller, axe, device):
    size = {"width": 1440, "height": 900} if device == "wide" else {"width": 390, "height": 844}
    volunteer = caller("volunteer")
    six = [volunteer.reports() for _ in range(6)]
    desk = at_the_desk(opens("district", "/console?category=E0113", viewport=size))
    if device == "narrow":
        desk.get_by_role("button", name="地图").click()
    place = desk.locator(".m-sign").filter(has=desk.locator(".cl-n")).first
    stack = desk.locator(".m-sign[role=button]")
    for _ in range(8):
        if stack.count() and "同一处" in stack.first.get_attribute("title"):
            break
        place.click()
        desk.wait_for_timeout(700)
    opened = set()
    for by_key in (False, True):
        for n in range(stack_size(stack)):
            unfold(desk, stack.first, by_key)
            button = desk.locator(".stack li button").nth(n)
            opened.add(button.get_attribute("data-id"))
            button.press("Enter") if by_key else button.click()
            expect(desk.locator("#drawer")).to_be_visible()
            desk.locator("#drawer header button").click()
            expect(desk.locator("#drawer")).to_have_count(0)
    assert {each["id"] for each in six} <= opened
    unfold(desk, stack.first, by_key=True)
    assert axe(desk) == []
    desk.keyboard.press("Escape")
    expect(desk.locator(".stack")).to_have_count(0)


def stack_size(stack):
    return int(re.search(r"\d+", stack.first.get_attribute("title"))[0])


def unfold(desk, sign, by_key):
    if by_key:
        sign.focus()
        desk.keyboard.press("Enter")
    else:
        sign.click()
    expect(desk.locator(".stack li button").first).to_be_focused()


def test_another_person_who_signs_in_takes_the_page_over(opens, caller, secret, watch):
    watch.allow("401|410")  # 410: what the other person had read up to is nothing to go on from
    hole = caller("volunteer").reports()
    desk = at_the_desk(opens("department", f"/console?alert={hole['id']}"))
    desk.get_by_role("button", name="签收", exact=True).click()
    desk.get_by_label("备注").fill("马上去")
    desk.context.clear_cookies()
    desk.locator(".step-form button[type=submit]").click()
    sign_in_again(desk, "district", secret)
    expect(desk.locator(".banner.taken")).to_contain_text("没提交的内容没有带过来")
    expect(desk.locator(".unit")).to_contain_text("区级分拨员")
    expect(desk).to_have_url(re.compile(r"/console$"))
    expect(desk.locator("#drawer")).to_have_count(0)
    assert caller("district").sees(hole)["status"] == "dispatched"
    desk.goto(f"/console?alert={hole['id']}")
    expect(desk.locator("#drawer .tl")).to_be_visible()
    expect(desk.locator(".step-form")).to_have_count(0)
    expect(desk.locator(".banner.taken")).to_have_count(0)
