"""A city is restored from a backup that is older than a report: the phone brings it again."""

import io
from urllib.parse import urlsplit

import pytest
import server as servers
from PIL import Image
from playwright.sync_api import expect

ON_PHONE = """() => new Promise((told) => {
    const opened = indexedDB.open("shaodao");
    opened.onsuccess = () => {
        const photos = opened.result.transaction("photos").objectStore("photos").count();
        photos.onsuccess = () => { opened.result.close(); told(photos.result); };
    };
})"""


@pytest.fixture
def server(tmp_path):
    """A server of the test's own, which it may kill."""
    running = servers.start(tmp_path / "lost", "--demo", intake_per_minute="0")
    yield running
    if running.process.poll() is None:
        running.kill()


@pytest.fixture
def backs_up(server, tmp_path):
    def back_up():
        shelf = str(tmp_path / "shelf")
        saved = servers.command("backup", shelf, "--with-keys", data_dir=server.data_dir)
        assert saved.returncode == 0, saved.stderr

    return back_up


@pytest.fixture
def restores(server, tmp_path):
    """`restores()`: the server dies, and its last backup comes up at the same address."""
    shelf, there, begun = tmp_path / "shelf", tmp_path / "there", []

    def restore():
        server.kill()
        again = servers.command("restore", str(shelf), data_dir=there)
        assert again.returncode == 0, again.stdout + again.stderr
        begun.append(servers.start(there, port=urlsplit(server.address).port))

    yield restore
    for each in begun:
        each.stop()


@pytest.fixture
def picture():
    raw = io.BytesIO()
    Image.new("RGB", (800, 600), (118, 118, 112)).save(raw, "JPEG")
    return {"name": "hole.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}


def report(page, picture):
    """A hole in the road with a photo, until its number is told."""
    page.locator(".whistle").click()
    page.locator("input[type=file]").set_input_files(picture)
    page.locator(".shot img").wait_for()
    page.locator(".foot .btn.main").click()
    page.get_by_role("button", name="道路破损", exact=True).first.click()
    page.locator(".foot .btn.main").click()
    page.locator(".pin").wait_for()
    page.locator(".foot .btn.main").click()
    page.locator("textarea").fill("路口转角有个坑，晚上看不清。")
    page.locator(".seg label").first.click()
    page.locator(".foot .btn.main").click()
    page.get_by_role("link", name="看进度").wait_for()
    return page.url.rpartition("/")[2]


def numbers(page):
    """Those of the reports that the server has of this person."""
    answer = page.request.get("/api/v1/alerts?mine=1")
    return {each["id"]: each["number"] for each in answer.json()["alerts"]}


def test_the_phone_brings_again_what_the_backup_lacks(
    opens, watch, backs_up, restores, picture, axe
):
    watch.allow("Failed to load resource|ERR_CONNECTION_REFUSED|WebSocket")
    page = opens("volunteer", "/m/", "phone")
    known = numbers(page)
    backs_up()
    alert = report(page, picture)
    first = numbers(page)[alert]
    assert page.evaluate(ON_PHONE) == 1
    restores()
    assert numbers(page) == known
    page.goto("/m/#/home")
    page.goto("/m/#/mine")
    expect(page.locator(f"a.card[href*='{alert}']")).to_contain_text("50001")
    again = numbers(page)
    assert again.keys() == {*known, alert}
    assert again[alert].split("-")[2] == "50001" != first.split("-")[2]
    shown = page.request.get(f"/api/v1/alerts/{alert}").json()
    assert [photo["purpose"] for photo in shown["photos"]] == ["report"]
    page.goto(f"/m/#/sent/{alert}")
    expect(page.locator("main")).to_contain_text(f"原来的 {first} 不再使用")
    assert axe(page) == []
