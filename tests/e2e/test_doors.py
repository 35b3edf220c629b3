"""Each of the demo people comes in by their own door and finds a page without a fault."""

import pytest
from playwright.sync_api import expect

STAFF = ("street", "department", "district", "supervisor")


@pytest.mark.parametrize("role", STAFF)
def test_staff_open_the_console(opens, axe, role):
    page = opens(role, "/console")
    page.get_by_role("main").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_a_stranger_is_asked_to_sign_in(opens, axe, device):
    page = opens(None, "/", device)
    page.locator("input[type=password]").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_whoever_signs_in_presses_a_button_and_is_home(opens, secret, device):
    page = opens(None, "/login", device)
    page.locator("input[name=login]").fill("supervisor")
    page.locator("#password").fill(secret)
    page.get_by_role("button", name="登录").click()
    page.locator(".ways, .sheet").first.wait_for()


@pytest.mark.parametrize("path", ["/", "/reports/overdue", "/console"])
def test_every_page_says_who_is_signed_in_and_speaks_the_other_language(opens, axe, path):
    page = opens("supervisor", path)
    who = page.locator(".me .menu p, .bar .who")

    def menu():
        """The console has them in the menu of the account."""
        if path == "/console":
            page.locator(".me > summary").click()

    menu()
    expect(who).to_contain_text("督办专员")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(path)
    page.get_by_role("main").wait_for()
    assert axe(page) == []
    menu()
    expect(who).to_contain_text("Supervisor")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


@pytest.mark.parametrize("device", ["desk", "phone"])
def test_an_auditor_finds_the_trail_filters_it_and_takes_it_along(opens, axe, device):
    page = opens("auditor", "/", device)
    page.get_by_role("main").get_by_role("link", name="审计记录").click()
    expect(page.get_by_role("heading", name="审计记录")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("做了什么").select_option(label="授予岗位")
    page.get_by_role("button", name="筛选").click()
    rows = page.locator(".au tbody tr")
    assert rows.count() > 5
    expect(rows.filter(has_not_text="授予岗位")).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("link", name="导出 CSV").click()
    lines = taken.value.path().read_text("utf-8").splitlines()
    assert len(lines) == rows.count() + 1
    page.get_by_role("textbox", name="账号").fill("nobody")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有这个账号")).to_be_visible()
    page.get_by_role("link", name="清除筛选条件").click()
    expect(rows.filter(has_text="导出文件")).not_to_have_count(0)


def test_nobody_else_is_offered_the_trail(opens, watch):
    watch.allow("403")
    page = opens("supervisor", "/")
    expect(page.get_by_role("link", name="审计", exact=False)).to_have_count(0)
    page.goto("/audit")
    expect(page.get_by_text("您的岗位没有这项权限")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/account", "/reports/overdue"])
def test_whoever_leaves_by_the_bar_is_asked_to_sign_in_again(opens, path):
    page = opens("supervisor", path)
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/login")
    page.goto(path)
    expect(page.locator("#login")).to_be_visible()
