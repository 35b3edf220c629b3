"""A street calls a department to help: its desk signs, its handler comes, each on their face."""

import re
import uuid

from playwright.sync_api import expect

CIVIC_CENTRE = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"}


def reports_a_stall(page):
    """A street problem, which the street itself leads."""
    return reports(page, "E0406", "占道摆摊，压坏了路沿石")


def reports(page, category, text):
    csrf = page.request.get("/api/v1/session").json()["csrf"]
    body = {"category": category, "text": text, "position": CIVIC_CENTRE}
    path = f"/api/v1/alerts/{uuid.uuid4()}"
    answer = page.request.put(path, data=body | {"answers": {}}, headers={"X-CSRF-Token": csrf})
    assert answer.status == 201, answer.text()
    return answer.json()


def shown_on(page, alert):
    page.locator("#search").fill(alert["number"])
    page.locator(f".row[data-id='{alert['id']}']").click()
    return page.get_by_role("region", name=re.compile(alert["number"]))


def test_a_called_department_signs_on_its_console_and_comes_by_its_phone(opens, axe):
    stall = reports_a_stall(opens("volunteer", "/m/"))
    street = opens("street", "/console")
    drawer = shown_on(street, stall)
    drawer.get_by_role("button", name="签收", exact=True).click()
    drawer.locator("form").get_by_role("button", name="签收").click()
    drawer.get_by_role("button", name="更多").click()
    drawer.locator("[data-step=call_support]").click()
    form = drawer.locator("form")
    form.get_by_label("请哪个单位").select_option("JTJ")
    form.get_by_label("到场协办，还是仅知会").select_option("required")
    form.get_by_label("请对方做什么").fill("修好路沿石")
    form.get_by_role("button", name="请求协办").click()
    helper = drawer.locator(".helper[data-unit=JTJ]")
    expect(helper).to_contain_text("待签收", timeout=3000)
    expect(helper.locator(".ck")).to_have_count(3)
    assert axe(street) == []

    desk = opens("department", "/console")
    own = shown_on(desk, stall)
    expect(own.locator(".helper[data-unit=JTJ]")).to_contain_text("待签收")
    own.get_by_role("button", name="签收协办", exact=True).click()
    own.locator("form").get_by_role("button", name="签收协办").click()
    expect(helper).to_contain_text("已签收", timeout=3000)

    phone = opens("handler", f"/m/#/alert/{stall['id']}", device="phone")
    expect(phone.locator("dl.facts").first).to_contain_text("已签收")
    phone.get_by_role("button", name="协办已到场").click()
    expect(helper).to_contain_text("已到场", timeout=5000)
    phone.get_by_role("link", name="协办完成").click()
    phone.get_by_label("做了什么").fill("路沿石已换新")
    phone.get_by_role("button", name="协办完成").click()
    expect(helper).to_contain_text("已完成", timeout=5000)
    expect(drawer.locator(".tl")).to_contain_text("已完成协办")


def test_the_street_signs_for_a_first_response_on_its_phone(opens, axe):
    page = opens("volunteer", "/m/")
    collapse = reports(page, "E0505", "路面塌陷，车过不去")
    row = opens("street", "/console").locator(f".row[data-id='{collapse['id']}']")
    expect(row).to_contain_text("先期处置")
    expect(row).not_to_contain_text("协办")

    phone = opens("street", "/m/", device="phone")
    phone.get_by_role("link", name="任务").click()
    task = phone.locator(f"a.card[href='#/alert/{collapse['id']}']")
    expect(task).to_contain_text("福田街道（先期处置）签收")
    task.click()
    assert axe(phone) == []
    phone.get_by_role("link", name="签收先期处置").click()
    phone.get_by_role("button", name="签收先期处置").click()
    expect(phone.get_by_text("福田街道分拨员已签收先期处置")).to_be_visible()
