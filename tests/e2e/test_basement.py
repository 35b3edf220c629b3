"""A handler in a basement: no network, the work goes on, and everything arrives in order."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

KEPT_ANSWERS = """() => new Promise((told) => {
    const opened = indexedDB.open("shaodao");
    opened.onsuccess = () => {
        const keys = opened.result.transaction("answers").objectStore("answers").getAllKeys();
        keys.onsuccess = () => { opened.result.close(); told(keys.result); };
    };
})"""
OFFLINE = "ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_FAILED"


@pytest.fixture
def picture():
    raw = io.BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 110)).save(raw, "JPEG")
    return {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}


@pytest.fixture
def task(caller):
    """A hole in the road that the department gave to the handler."""
    hole = caller("volunteer").reports()
    hole |= caller("department").takes("sign", hole, hole["version"], to=caller("handler").id)
    return hole


@pytest.fixture
def phone(opens, task, watch):
    """The handler's phone with the task at hand and the app kept for later."""
    watch.allow(OFFLINE)
    page = opens("handler", "/m/#/me", "phone")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    with page.expect_response(re.compile(f"/api/v1/alerts/{task['id']}$")):
        page.goto("/m/#/tasks")
    card_of(page, task).wait_for()
    wait_until_kept(page, ("/api/v1/tasks", task["id"]))
    return page


def wait_until_kept(page, answers):
    """The phone writes down what was answered; at most ten seconds."""
    for _ in range(100):
        kept = page.evaluate(KEPT_ANSWERS)
        if all(any(answer in key for key in kept) for answer in answers):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"kept only {kept}")


def card_of(page, task):
    return page.locator(f"a.card[href*='{task['id']}']")


def codes(seen):
    return [entry["code"] for entry in seen["timeline"]]


def told_until(phone, code, sees):
    """What the desk sees once this step has come from the phone; at most twenty seconds."""
    for _ in range(100):
        seen = sees()
        if code in codes(seen):
            break
        phone.wait_for_timeout(200)
    return seen


def submit_result(page, picture, words):
    page.get_by_role("link", name="提交结果").click()
    page.locator("textarea").fill(words)
    page.locator("input[type=file]").set_input_files(picture)
    page.locator(".thumb img").wait_for()
    page.get_by_role("button", name="提交给部门审核").click()


def test_steps_made_without_a_network_arrive_once_and_in_order(phone, task, caller, picture, axe):
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator(".asof")).to_contain_text("数据截至")
    card_of(phone, task).click()
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.locator(".waits")).to_contain_text("我已到场")
    expect(phone.locator(".waits .pill")).to_have_text("待发送")
    assert axe(phone) == []

    submit_result(phone, picture, "已回填并压实")
    expect(phone.locator(".waits .pill")).to_have_count(2)
    phone.reload()  # the phone was put away meanwhile
    expect(phone.locator(".waits .pill")).to_have_count(2)
    phone.goto("/m/#/tasks")
    expect(card_of(phone, task).locator(".pill")).to_have_text("2 步待发送")

    phone.context.set_offline(False)
    expect(card_of(phone, task)).to_have_count(0, timeout=20_000)
    seen = caller("department").sees(task)
    assert [code for code in codes(seen) if code in {"arrive", "submit"}] == ["arrive", "submit"]
    assert seen["status"] == "submitted"
    assert any(photo["url"] for photo in seen["photos"]), "the photo came along"


def test_a_task_that_was_taken_away_is_told_in_words_and_nothing_written_is_lost(
    phone, task, caller, picture, axe
):
    phone.context.set_offline(True)
    card_of(phone, task).click()
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.locator(".waits")).to_contain_text("我已到场")
    submit_result(phone, picture, "已回填并压实")
    caller("street").takes("reassign", task, task["version"], lead="SWJ", reason="属排水设施")
    phone.context.set_offline(False)
    told = phone.get_by_role("alert")
    expect(told).to_contain_text("没有收下", timeout=20_000)
    expect(phone.locator(".waits")).to_contain_text("提交结果")
    assert axe(phone) == []
    assert "arrive" not in codes(caller("district").sees(task))


def test_a_result_for_what_was_put_off_meanwhile_is_kept_as_a_note(phone, task, caller, picture):
    phone.context.set_offline(True)
    card_of(phone, task).click()
    phone.get_by_role("button", name="我已到场").click()
    submit_result(phone, picture, "先用钢板盖住了")
    expect(phone.locator(".waits .pill")).to_have_count(2)
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    plan = {"until": until, "plan": "管线迁走后重铺", "reason": "管线还没迁"}
    asked = caller("department").takes("suspend", task, task["version"], **plan)
    caller("district").takes("grant_suspension", task, asked["version"])

    phone.context.set_offline(False)
    phone.get_by_role("button", name="不发了").click(timeout=20_000)  # the arrival
    phone.get_by_role("button", name="确定不发，删掉").click()
    phone.get_by_role("button", name="改成一条记录").click(timeout=20_000)
    expect(phone.locator("textarea")).to_have_value("先用钢板盖住了")
    expect(phone.locator(".thumb img")).to_have_count(1)
    phone.get_by_role("button", name="记录", exact=True).click()
    seen = told_until(phone, "note", lambda: caller("department").sees(task))
    assert codes(seen).count("note") == 1
    assert "submit" not in codes(seen)


def test_leaving_with_unsent_steps_warns_with_their_number_and_offers_a_copy(phone, task, axe):
    phone.context.set_offline(True)
    card_of(phone, task).click()
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.locator(".waits")).to_contain_text("我已到场")
    phone.goto("/m/#/me")
    phone.get_by_role("button", name="退出登录").click()
    dialog = phone.get_by_role("dialog", name="还有 1 件没发出去")
    with phone.expect_download() as saved:
        dialog.get_by_role("button", name="先存成文件").click()
    assert "我已到场" in saved.value.path().read_text(encoding="utf-8")
    assert axe(phone) == []


def test_wechats_browser_is_told_once_how_to_open_it(opens, axe):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.50"
    page = opens("volunteer", "/login", "phone", user_agent=agent)
    page.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', {get: () => undefined})"
    )
    page.goto("/m/")
    hint = page.locator(".tip")
    expect(hint).to_contain_text("在浏览器打开")
    assert axe(page) == []
    hint.get_by_role("button").click()
    expect(hint).to_have_count(0)
    page.reload()
    page.locator(".whistle").wait_for()
    expect(hint).to_have_count(0)


def test_an_arrival_from_too_far_away_is_mended_and_what_followed_it_goes_out(
    phone, task, caller, picture
):
    phone.context.set_geolocation({"longitude": 114.09, "latitude": 22.56, "accuracy": 15})
    phone.context.set_offline(True)
    card_of(phone, task).click()
    phone.get_by_role("button", name="我已到场").click()
    expect(phone.locator(".waits")).to_contain_text("我已到场")
    submit_result(phone, picture, "已回填并压实")
    phone.context.set_offline(False)
    told = phone.get_by_role("alert")
    expect(told).to_contain_text("没有收下", timeout=20_000)
    told.get_by_role("button", name="改一改再发").click()
    phone.locator("input[type=file]").set_input_files(picture)
    phone.locator(".thumb img").wait_for()
    phone.locator("textarea").fill("地下二层没有定位")
    phone.get_by_role("button", name="我已到场").click()
    desk = caller("department")
    seen = told_until(phone, "submit", lambda: desk.sees(task))
    assert [code for code in codes(seen) if code in {"arrive", "submit"}] == ["arrive", "submit"]
