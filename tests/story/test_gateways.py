"""What goes outside, hour by hour: a gateway that is away, bundles, and somebody who acts."""

import json
from dataclasses import replace

import pytest
from city import City
from gateways import Hook
from published import publish
from sqlalchemy import select

from dispatch.app import create_app
from dispatch.store.tables import Notice

MONDAY_TEN = "2026-11-23T10:00:00+08:00"


@pytest.fixture
def hook():
    with Hook() as hook:
        yield hook


@pytest.fixture
def city(store, settings, hook):
    """Futian with a webhook that takes what desks are told."""
    store.settings = replace(settings, webhook_url=hook.address, webhook_secret="ours")
    publish(store)
    city = City(create_app(store.settings, store), store)
    city.clock.reads(MONDAY_TEN)
    for name in ("street", "department", "district"):
        city.person(name)
    return city


def told(hook):
    """What the gateway took, message by message: code, number, and whose desk."""
    posts = [json.loads(body) for _, body in hook.posts]
    return [
        (each["code"], each["number"], post["to"]) for post in posts for each in post["messages"]
    ]


def outside(store, **where):
    with store.read() as session:
        rows = select(Notice).where(Notice.channel == "webhook").filter_by(**where)
        return list(session.scalars(rows))


@pytest.mark.both_databases
def test_a_gateway_away_for_an_hour_holds_up_nobody_and_hears_it_all_once(city, store, hook):
    hole, kerb = city.volunteer().reports(), city.volunteer().reports()
    city.clock.walk_to("2026-11-24T17:30:00+08:00")  # the signatures are due at six
    hook.status, hook.posts[:] = 503, []
    city.clock.walk_to("2026-11-24T18:15:00+08:00")
    assert [alert.now["card"] for alert in (hole, kerb)] == ["yellow", "yellow"]
    assert "notify" in hole.timeline()
    assert hook.posts, "it was asked, and took nothing"
    assert {row.receipt for row in outside(store, state="pending") if row.attempts} == {
        "refused: status 503"
    }

    city.department().signs(kerb)
    hook.status, hook.posts[:] = 200, []
    city.clock.walk_to("2026-11-24T18:45:00+08:00")
    assert {number for _, number, _ in told(hook)} == {hole.now["number"]}
    ids = [each["id"] for _, body in hook.posts for each in json.loads(body)["messages"]]
    assert len(ids) == len(set(ids)) > 0
    dropped = outside(store, state="dropped", alert_id=kerb.id)
    assert {row.receipt for row in dropped} >= {"its clock has stopped"}
    assert outside(store, state="pending") == []


def test_what_a_desk_is_told_within_the_window_comes_as_one_with_every_alert(city, hook):
    holes = []
    for _ in range(3):
        holes.append(city.volunteer().reports())
        city.clock.advance(minutes=1)
    assert hook.posts == []
    city.clock.advance(minutes=3)
    [(_, body)] = [post for post in hook.posts if json.loads(post[1])["to"] == "JTJ"]
    numbers = {each["number"] for each in json.loads(body)["messages"]}
    assert numbers == {hole.now["number"] for hole in holes}


def test_a_message_carries_kind_street_clock_time_and_link_and_no_words_of_the_reporter(
    city, store, hook
):
    store.settings = replace(store.settings, public_url="https://shaodao.futian.test")
    hole = city.volunteer().reports(text="福强路 3 栋 201 门口有坑，找王女士")
    city.clock.advance(minutes=6)
    [(_, body)] = [post for post in hook.posts if json.loads(post[1])["to"] == "JTJ"]
    [message] = json.loads(body)["messages"]
    number, link = hole.now["number"], f"https://shaodao.futian.test/console?alert={hole.id}"
    assert message["text"] == (
        f"待签收 {number}：道路破损 · 福田街道 · “签收”11月24日18:00 到期 {link}"
    )
    assert (message["kind"], message["place"]) == ("道路破损", "福田街道")
    assert (message["clock"], message["due_at"]) == ("sign", hole.promise("sign")["due_at"])
    city.clock.walk_to("2026-11-26T18:15:00+08:00")
    everything = "".join(body.decode() for _, body in hook.posts)
    for words in ("福强路", "201", "王女士", city.volunteer().id, "volunteer"):
        assert words not in everything


def test_danger_to_life_is_told_before_the_window_is_over(city, hook):
    city.volunteer().reports()
    cover = city.volunteer().reports("P0101", answers={"urgency": "danger"})
    city.clock.advance(seconds=1)
    assert cover.now["life_safety"]
    assert {number for _, number, _ in told(hook)} == {cover.now["number"]}


def test_somebody_who_acts_on_a_notice_stops_the_rest_for_everybody(city, store, hook):
    hole = city.volunteer().reports()
    city.clock.walk_to("2026-11-24T16:00:00+08:00")
    assert ("remind", hole.now["number"], "JTJ") in told(hook)
    city.department().signs(hole)
    hook.posts.clear()
    city.clock.walk_to("2026-11-25T12:00:00+08:00")  # past the due time of the signature
    of_the_signature = [
        row for row in outside(store, state="sent") if row.params.get("clock") == "sign"
    ]
    assert {row.code for row in of_the_signature} == {"remind"}
    assert hole.now["card"] is None
    told_since = [each for _, body in hook.posts for each in json.loads(body)["messages"]]
    assert [each for each in told_since if each["params"].get("clock") == "sign"] == []


BUSY = {"reason": "要等定制的井盖到货"}
SWEEP = {"unit": "CGJ", "mode": "required", "reason": "清扫"}
# Who asks, and who decides a minute later: each person, step and fields, in order.
EXTEND = ("department", "extend", {"by": 2, "told": "货到就换", **BUSY})
SUSPEND = ("department", "suspend", {"until": "2026-12-10", "plan": "货到就换", **BUSY})
ASK_RELEASE = ("street", "ask_release", {"unit": "CGJ", "reason": "不用清扫了"})
VOID = ("street", "void", {"reason": "演练时误发的"})
ANSWERED = {
    "extend, granted": ("to_decide", (EXTEND,), (("district", "grant_extension", {}),)),
    "extend, refused": ("to_decide", (EXTEND,), (("district", "refuse_extension", BUSY),)),
    "suspend, granted": ("to_decide", (SUSPEND,), (("district", "grant_suspension", {}),)),
    "release, agreed": ("to_release", (ASK_RELEASE,), (("department", "agree_release", {}),)),
    "release, refused": ("to_release", (ASK_RELEASE,), (("department", "refuse_release", BUSY),)),
    "void, refused": ("to_confirm_void", (VOID,), (("district", "refuse_void", BUSY),)),
    "void, confirmed": ("to_confirm_void", (VOID,), (("district", "confirm_void", {}),)),
    "extend, but voided": ("to_decide", (EXTEND, VOID), (("district", "confirm_void", {}),)),
    "submitted, confirmed": (
        "to_confirm",
        (("handler", "submit", {"done": "已回填"}),),
        (("department", "confirm", {}),),
    ),
}


@pytest.mark.parametrize("case", ANSWERED)
def test_what_was_answered_within_the_window_is_not_asked_any_more(city, store, hook, case, photo):
    """The lead that has confirmed waits for the sweepers, so the status stays as it was."""
    code, asked, answered = ANSWERED[case]
    for answers in ((), answered):
        hole = city.volunteer().reports()
        city.department().signs(hole, to=city.handler())
        city.department().takes("call_support", hole, **SWEEP)
        city.handler().arrives(hole)
        city.clock.advance(minutes=10)
        hook.posts.clear()
        for name, step, fields in asked:
            if step == "submit":
                city.handler().submits_with(hole, photo, **fields)
            else:
                city.person(name).takes(step, hole, **fields)
        city.clock.advance(minutes=1)
        for name, step, fields in answers:
            city.person(name).takes(step, hole, **fields)
        city.clock.advance(minutes=10)
        assert (code in {each for each, *_ in told(hook)}) is (answers == ())
    dropped = outside(store, state="dropped", alert_id=hole.id, code=code)
    assert {row.receipt for row in dropped} == {"somebody has acted"}
