"""The street puts right what was reported: kind and place, on its console and on its phone."""

import re

from playwright.sync_api import expect


def shown_on(page, alert):
    page.locator("#search").fill(alert["number"])
    page.locator(f".row[data-id='{alert['id']}']").click()
    return page.get_by_role("region", name=re.compile(alert["number"]))


def test_the_street_corrects_kind_and_place_on_its_console(opens, caller, axe):
    hole = caller("volunteer").reports("路上有东西挡着")
    street = opens("street", "/console")
    drawer = shown_on(street, hole)
    drawer.get_by_role("button", name="更多").click()
    drawer.locator("[data-step=correct]").click()
    form = drawer.locator("form")
    form.get_by_label("输入几个字筛选").first.fill("遗撒")
    form.get_by_label("改成哪一类").select_option(label="道路遗撒")
    picker = form.locator(".pick-map")
    expect(picker.locator("path.m-before")).to_be_visible()
    middle = picker.bounding_box()
    # north of the border; the first press scrolls the form no further, and lands where it was
    picker.click(position={"x": middle["width"] / 2, "y": 12})
    expect(form).to_contain_text("位置已点好")
    expect(form.locator(".moves")).to_contain_text("这里属莲花街道，不在福田街道了")
    # a little south of the old place, in the same street
    picker.click(position={"x": middle["width"] / 2, "y": middle["height"] / 2 + 12})
    expect(form.locator(".moves")).to_be_empty()
    form.get_by_label("为什么更正").fill("现场是渣土撒了一路")
    assert axe(street) == []
    form.get_by_role("button", name="更正").click()
    expect(drawer.locator(".tl")).to_contain_text("“道路破损”改为“道路遗撒”")
    expect(drawer.locator(".tl")).to_contain_text("规则重新判断：改由区城市管理和综合执法局办理")
    expect(drawer.locator(".tl")).to_contain_text("现场是渣土撒了一路")


def test_the_street_corrects_on_its_phone(opens, caller, axe):
    hole = caller("volunteer").reports("路上有东西挡着")
    phone = opens("street", f"/m/#/alert/{hole['id']}", device="phone")
    phone.locator("summary", has_text="更多").click()
    phone.get_by_role("link", name="更正").click()
    picker = phone.locator(".place-field .leaflet-container")
    expect(picker.locator("path.before")).to_be_visible()  # the map opens where the alert is
    box = picker.bounding_box()
    picker.click(position={"x": box["width"] / 2, "y": 12})
    moves = phone.locator(".place-field .moves")
    expect(moves).to_contain_text("这里属莲花街道，不在福田街道了")
    phone.get_by_label("改成哪一类").select_option(label="道路遗撒")
    phone.get_by_label("改到哪里").select_option("grid-futian-1-2")
    phone.get_by_label("为什么更正").fill("现场是渣土撒了一路")
    assert axe(phone) == []
    phone.get_by_role("button", name="更正").click()
    expect(phone.get_by_text("规则重新判断")).to_be_visible()
