"""A second factor from the account page to the next sign-in."""

import time

import pyotp
from playwright.sync_api import expect


def app_of(page):
    """The authenticator app of somebody who types in what the page shows."""
    shown = "".join(page.locator("#factor .key span").all_inner_texts())
    return pyotp.TOTP(shown)


def test_whoever_set_up_a_second_factor_signs_in_with_its_code(opens, secret, axe, watch):
    watch.allow("422")  # the password alone is not enough any more
    page = opens("admin", "/account")
    page.get_by_text("设置动态验证码", exact=True).click()
    assert axe(page) == []
    app, began = app_of(page), time.time()
    page.get_by_label("验证器上的 6 位数字").fill(app.at(began))
    page.locator("#factor").get_by_label("现在的密码").fill(secret)
    page.get_by_role("button", name="确认，开始使用").click()
    expect(page.locator("#codes li")).to_have_count(10)
    assert axe(page) == []
    page.get_by_role("button", name="都记好了，去工作").click()
    page.get_by_role("button", name="退出", exact=True).first.click()
    page.wait_for_url("**/login")
    page.locator("input[name=login]").fill("admin")
    page.locator("#password").fill(secret)
    page.get_by_role("button", name="登录").click()
    code = page.get_by_label("验证码")
    expect(code).to_be_focused()
    code.fill(app.at(max(time.time(), began + 30)))  # another one: each opens once
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#login")).to_have_count(0)
    page.goto("/account")
    expect(page.locator("#factor")).to_contain_text("备用码还剩 10 个")
