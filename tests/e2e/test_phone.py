"""A volunteer reports from a phone; nothing that was filled in is ever lost."""

import io

import pytest
from PIL import Image

SCREENS = ("#/home", "#/mine", "#/me")


@pytest.fixture
def picture():
    """What a phone's camera gives: upright only by its EXIF, larger than anybody needs."""
    image = Image.new("RGB", (2400, 1800), (118, 118, 112))
    exif = image.getexif()
    exif[0x0112] = 6
    raw = io.BytesIO()
    image.save(raw, "JPEG", exif=exif)
    return {"name": "hole.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}


def main_button(page):
    return page.locator(".foot .btn.main")


def choose(page, category):
    page.get_by_role("button", name=category, exact=True).first.click()
    main_button(page).click()


def fill_in(page, words):
    page.locator("textarea").fill(words)
    page.locator(".seg label").first.click()


def begin(page):
    page.locator(".whistle").click()
    page.get_by_text("先拍一张").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_each_screen_is_without_a_fault(opens, axe, screen, scheme):
    page = opens("volunteer", f"/m/{screen}", "phone", color_scheme=scheme)
    page.get_by_role("navigation").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_hole_in_the_road_is_reported_and_its_number_told(opens, axe, picture):
    page = opens("volunteer", "/m/", "phone")
    begin(page)
    page.locator("input[type=file]").set_input_files(picture)
    page.locator(".shot img").wait_for()
    shape = page.locator(".shot img").evaluate("it => [it.naturalWidth, it.naturalHeight]")
    assert shape == [1200, 1600]
    main_button(page).click()
    choose(page, "道路破损")
    page.locator(".pin").wait_for()
    assert axe(page) == []
    main_button(page).click()
    fill_in(page, "路口转角有个坑，晚上看不清。")
    main_button(page).click()
    page.get_by_text("市交通运输局福田管理局").first.wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="看进度").click()
    page.locator(".hero1 img").wait_for()
    assert page.locator(".tl li").count() >= 2


def test_a_reload_in_the_middle_loses_nothing(opens, picture):
    page = opens("volunteer", "/m/", "phone")
    begin(page)
    page.locator("input[type=file]").set_input_files(picture)
    page.locator(".shot img").wait_for()
    main_button(page).click()
    choose(page, "道路破损")
    page.locator(".pin").wait_for()
    main_button(page).click()
    fill_in(page, "写到一半")
    page.locator(".saved:not(.busy)").wait_for()
    page.reload()
    page.locator("textarea").wait_for()
    assert page.locator("textarea").input_value() == "写到一半"
    page.locator(".seg .on").wait_for()
    for _ in range(3):
        page.get_by_role("button", name="返回").click()
    page.locator(".shot img").wait_for()


def test_without_a_network_it_is_kept_and_goes_out_by_itself(opens, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    page = opens("volunteer", "/m/", "phone")
    begin(page)
    main_button(page).click()
    choose(page, "道路破损")
    page.locator(".pin").wait_for()
    main_button(page).click()
    fill_in(page, "断网时写的")
    page.context.set_offline(True)
    main_button(page).evaluate("it => { it.click(); it.click(); it.click(); }")
    page.get_by_text("看我报的事").click()  # only there is the screen that says it is kept
    page.locator(".pill", has_text="待发送").wait_for()
    page.context.set_offline(False)
    page.locator(".pill", has_text="待发送").wait_for(state="detached")
    assert page.get_by_text("断网时写的").count() == 0


def test_danger_to_life_shows_the_numbers_first(opens, axe):
    page = opens("volunteer", "/m/", "phone")
    begin(page)
    main_button(page).click()
    page.get_by_role("searchbox").fill("燃气井盖")
    page.get_by_role("button", name="井盖", exact=True).click()
    page.get_by_role("button", name="燃气、煤气、天然气").click()
    main_button(page).click()
    page.get_by_role("dialog").wait_for()
    assert page.locator("dialog a[href='tel:0755-25199999']").count() == 1
    assert page.locator("dialog a[href^='tel:']").count() == 4
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("searchbox").wait_for()


def test_english_is_kept_after_a_reload(opens):
    page = opens("volunteer", "/m/#/me", "phone")
    page.get_by_text("English").click()
    page.get_by_role("heading", name="Me").wait_for()
    page.reload()
    page.get_by_role("heading", name="Me").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_large_letters_stay_within_the_screen(opens, axe):
    page = opens("volunteer", "/m/#/me", "phone")
    page.get_by_text("长辈版").click()
    for screen in SCREENS:
        page.goto(f"/m/{screen}")
        page.get_by_role("navigation").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_a_new_phone_asks_for_the_account_and_for_nothing_else(opens, axe):
    page = opens(None, "/m/", "phone")
    page.get_by_role("button", name="登录").wait_for()
    assert axe(page) == []


def test_the_map_takes_the_room_that_the_words_leave(opens):
    page = opens("volunteer", "/m/", "phone", viewport={"width": 412, "height": 915})
    begin(page)
    main_button(page).click()
    choose(page, "道路破损")
    page.locator(".pin").wait_for()
    sheet, foot = page.locator(".place-sheet"), page.locator(".foot")
    left = foot.bounding_box()["y"] - sheet.bounding_box()["y"] - sheet.bounding_box()["height"]
    assert left < 40
