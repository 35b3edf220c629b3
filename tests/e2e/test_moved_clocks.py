"""More time, and waiting until a day: asked at the desk, decided there, read on the phone."""

import re
import uuid

import pytest
from playwright.sync_api import expect

CIVIC_CENTRE = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"}
BUSY, PLAN = "要等定制的井盖到货", "到货当天安装"


class Hole:
    """A hole in the road that somebody reported and the department signed."""

    def __init__(self, browser, server, secret):
        self.browser, self.server, self.secret = browser, server, secret
        self.contexts = []
        body = {"category": "E0113", "text": "路面塌了一个坑", "position": CIVIC_CENTRE}
        body["answers"] = {"urgency": "disrupts"}
        self.id = str(uuid.uuid4())
        answer = self._ask("volunteer", "put", f"/api/v1/alerts/{self.id}", body)
        self.number, self.version = answer["number"], answer["version"]
        self.takes("department", "sign")

    def takes(self, login, step, **fields):
        body = {"step": step, "client_id": str(uuid.uuid4()), "version": self.version} | fields
        path = f"/api/v1/alerts/{self.id}/steps"
        self.version = self._ask(login, "post", path, body)["version"]

    def _ask(self, login, method, path, body):
        context = self.browser.new_context(base_url=self.server.address)
        self.contexts.append(context)
        http = context.request
        said = http.post("/api/v1/session", data={"login": login, "password": self.secret}).json()
        headers = {"X-CSRF-Token": said["csrf"]}
        answer = getattr(http, method)(path, data=body, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()


@pytest.fixture
def hole(browser, server, secret):
    hole = Hole(browser, server, secret)
    yield hole
    for context in hole.contexts:
        context.close()


def drawer_of(opens, role, hole):
    page = opens(role, "/console")
    expect(page.locator(".live")).to_contain_text("实时")
    page.locator("#search").fill(hole.number)
    page.locator(f".row[data-id='{hole.id}']").click()
    return page, page.get_by_role("region", name=re.compile(hole.number))


def press(drawer, step):
    """Behind 「更多」 where it does not stand in front."""
    drawer.locator(".steps .foot").wait_for()
    button = drawer.locator(f"[data-step={step}]")
    if not button.is_visible():
        drawer.get_by_role("button", name="更多").click()
    button.click()


def test_more_time_is_asked_and_granted_at_the_desk(opens, hole, axe):
    page, drawer = drawer_of(opens, "department", hole)
    press(drawer, "extend")
    form = drawer.locator("form")
    expect(form).to_contain_text("1 到 5 个工作日")
    form.get_by_label("再要多久").fill("2")
    form.get_by_label("为什么来不及").fill(BUSY)
    assert axe(page) == []
    form.get_by_role("button", name="申请延期").click()
    expect(drawer).to_contain_text("已申请延期 2 个工作日，待区级审批")

    page, drawer = drawer_of(opens, "district", hole)
    expect(drawer).to_contain_text(BUSY)
    press(drawer, "grant_extension")
    drawer.locator("form").get_by_role("button", name="同意延期").click()
    told = re.compile(r"同意延期 2 个工作日，处置时限改为\d")
    expect(drawer.locator(".tl")).to_contain_text(told)
    assert axe(page) == []


def test_what_waits_until_a_day_says_so_to_the_desk_and_to_the_reporter(opens, hole, axe):
    page, drawer = drawer_of(opens, "department", hole)
    press(drawer, "suspend")
    form = drawer.locator("form")
    day = form.get_by_label("计划完成日期")
    until = day.evaluate("it => { it.value = it.max; return it.value }")
    day.fill(until)
    form.get_by_label("怎么安排").fill(PLAN)
    form.get_by_label("为什么眼下办不了").fill(BUSY)
    assert axe(page) == []
    form.get_by_role("button", name="申请挂账").click()
    expect(drawer).to_contain_text("待区级审批")
    hole.takes("district", "grant_suspension")
    expect(drawer).to_contain_text("暂缓办理")
    expect(drawer.locator(".cks")).to_contain_text("挂账")
    assert drawer.locator(".cks").evaluate("it => it.scrollWidth <= it.clientWidth")
    assert axe(page) == []

    phone = opens("volunteer", f"/m/#/alert/{hole.id}", "phone")
    expect(phone.locator(".status")).to_contain_text(re.compile(r"暂缓办理，计划.*前完成"))
    expect(phone.locator(".status")).to_contain_text(until[:4])  # of another year
    expect(phone.locator("main")).to_contain_text(PLAN)
    assert axe(phone) == []


def test_a_handler_speaks_to_the_reporter_from_the_phone(opens, hole, axe):
    phone = opens("handler", f"/m/#/alert/{hole.id}/contact", "phone")
    phone.locator("textarea").fill("师傅今天下午去看")
    assert axe(phone) == []
    phone.locator(".foot-col .btn.main").click()
    expect(phone.locator(".tl")).to_contain_text("师傅今天下午去看")

    mine = opens("volunteer", f"/m/#/alert/{hole.id}", "phone")
    expect(mine.locator(".tl")).to_contain_text("联系上报人")


def test_the_phone_asks_for_a_day_between_two_days(opens, hole, axe):
    phone = opens("department", f"/m/#/alert/{hole.id}/suspend", "phone")
    day = phone.locator("input[type=date]")
    day.wait_for()
    assert day.get_attribute("min") < day.get_attribute("max")
    expect(phone.locator("main")).to_contain_text("最晚")
    assert axe(phone) == []
    amount = opens("department", f"/m/#/alert/{hole.id}/extend", "phone")
    amount.locator("input[type=number]").wait_for()
    assert amount.locator("input[type=number]").get_attribute("max") == "5"
    assert axe(amount) == []
