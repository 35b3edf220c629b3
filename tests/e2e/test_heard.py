"""What is heard while somebody types on the phone: danger, an accusation, and the kind itself."""

import pytest


def begin(page, category=None):
    """A new report at its second question, or after a kind was chosen at its words."""
    page.locator(".whistle").click()
    page.get_by_text("先拍一张").wait_for()
    page.locator(".foot .btn.main").click()
    page.get_by_text("是什么问题？").wait_for()
    if category:
        page.get_by_role("button", name=category, exact=True).first.click()
        for _ in range(2):
            page.locator(".foot .btn.main").click()
        page.locator("textarea").wait_for()


def calls(page):
    return [link.get_attribute("href") for link in page.locator("dialog .calls a").all()]


def seek(page, words):
    page.get_by_role("searchbox").fill(words)


@pytest.fixture
def phone(opens):
    page = opens("volunteer", "/m/", "phone", viewport={"width": 390, "height": 844})
    page.locator(".whistle").wait_for()
    return page


@pytest.fixture
def offline(phone, watch):
    """The forms are on the phone; then the network goes."""
    watch.allow("Failed to load resource|ERR_INTERNET_DISCONNECTED|left the own origin")
    begin(phone, "道路破损")
    phone.context.set_offline(True)
    return phone


def test_a_life_word_shows_whom_to_call_without_a_network_too(offline, axe):
    offline.locator("textarea").fill("有人触电")
    offline.locator("dialog").wait_for()
    assert {"tel:119", "tel:95598", "tel:120"} <= set(calls(offline))
    assert axe(offline) == []
    offline.locator("dialog .btn.main").click()
    offline.locator(".calls.small").wait_for()
    assert offline.locator("textarea").input_value() == "有人触电"


def test_an_accusation_meets_the_statutory_channel_and_leaves_nothing_on_the_phone(offline, axe):
    offline.locator("textarea").fill("举报某局长受贿")
    offline.get_by_text("检举控告不在这里受理").wait_for()
    assert calls(offline) == ["tel:12388"]
    assert axe(offline) == []
    offline.get_by_role("button", name="是检举控告，清除所写内容").click()
    offline.locator(".whistle").wait_for()
    assert "受贿" not in offline.evaluate(EVERYTHING_KEPT)


def test_somebody_stuck_in_a_lift_is_told_the_number_of_the_lifts_first(phone):
    begin(phone)
    seek(phone, "电梯困人")
    phone.locator("dialog").wait_for()
    assert calls(phone)[0] == "tel:96333"


@pytest.mark.parametrize(
    ("words", "kind"), [("路灯不亮", "路灯"), ("坑", "道路破损"), ("走鬼", "无照经营游商")]
)
def test_words_of_the_street_find_the_kind(phone, words, kind):
    begin(phone)
    seek(phone, words)
    phone.locator(".tile", has_text=kind).first.wait_for()
    found = [tile.inner_text().split("\n")[0] for tile in phone.locator(".tile").all()]
    assert kind in found[:3]


def test_a_manhole_cover_is_one_tile_that_asks_what_stands_on_it(phone):
    begin(phone)
    seek(phone, "井盖")
    phone.get_by_role("button", name="井盖", exact=True).click()
    phone.get_by_role("button", name="雨、雨水").click()
    chosen = phone.locator(".tile[aria-pressed=true]")
    assert chosen.inner_text().split("\n") == ["井盖", "雨水井盖"]


def test_who_is_not_sure_is_offered_kinds_by_what_was_written(phone):
    begin(phone, "拿不准，请街道帮我选")
    phone.locator("textarea").fill("楼下的路灯一直不亮，晚上好黑")
    phone.get_by_role("button", name="路灯", exact=True).click()
    phone.get_by_text("可能是这几类").wait_for(state="detached")


# What the page keeps, but for the playbook's own words.
EVERYTHING_KEPT = """async () => {
  const answer = (ask) => new Promise((done) => { ask.onsuccess = () => done(ask.result); });
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const db = await answer(indexedDB.open(name));
    for (const store of [...db.objectStoreNames].filter((each) => each !== "answers")) {
      const rows = db.transaction(store).objectStore(store).getAll();
      all.push(JSON.stringify(await answer(rows)));
    }
    db.close();
  }
  return all.join();
}"""
