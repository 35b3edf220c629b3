"""Whoever loads the year is told in good time that the calendar ends, and not a word longer."""

import json
from dataclasses import replace

import pytest
from calendars import NOTICE_2027
from city import City, refused
from gateways import Hook, Mailbox
from published import publish
from sqlalchemy import delete, select

from dispatch import clock
from dispatch.app import create_app
from dispatch.domain.roles import Grant
from dispatch.installation.load_year import load_year
from dispatch.store.tables import Notice, Person
from dispatch.telling.deliver_notices import deliver_notices

pytestmark = pytest.mark.both_databases

A_DAY_BEFORE, IN_TIME = "2026-11-16T12:00:00+08:00", "2026-11-17T12:00:00+08:00"
SAID = (
    "工作日历只排到 12月31日，再往后的时限算不出来：请在此之前装入 2027 年的放假安排"
    "（promises load-year）"
)


@pytest.fixture
def hook():
    with Hook() as hook:
        yield hook


@pytest.fixture
def mailbox():
    with Mailbox() as box:
        yield box


def published(store, settings):
    publish(store)
    city = City(create_app(store.settings, store), store)
    city.clock.reads("2026-11-15T12:00:00+08:00")
    return city


@pytest.fixture
def quiet(store, settings):
    """A district without any channel outside."""
    return published(store, settings)


@pytest.fixture
def outside(store, settings, hook, mailbox):
    """A district with a webhook and a mail server, and an administrator."""
    store.settings = replace(
        settings,
        webhook_url=hook.address,
        webhook_secret="ours",
        mail_url=f"{mailbox.address}?from=city@city.test&to={{desk}}@city.test&tls=no",
    )
    city = published(store, settings)
    city.person("admin")
    return city


def on_the_page(person):
    told = person.asks("GET", "notices")["notices"]
    return [each["sentence"] for each in told]


def rows(store, **where):
    with store.read() as session:
        found = (
            select(Notice).where(Notice.code == "horizon").order_by(Notice.created_at, Notice.id)
        )
        return list(session.scalars(found.filter_by(**where)))


def posted(hook):
    return [json.loads(body) for _, body in hook.posts]


def loads_the_year(city):
    load_year(city.store, 2027, NOTICE_2027)
    city.store.forget_playbook()


def test_the_administrators_read_it_45_days_before_and_not_a_day_earlier(quiet):
    admin = quiet.person("admin")
    quiet.clock.walk_to(A_DAY_BEFORE)
    assert on_the_page(admin) == []
    quiet.clock.walk_to(IN_TIME)
    assert on_the_page(admin) == [SAID]
    quiet.clock.advance(days=3)
    assert on_the_page(admin) == [SAID]
    assert SAID in admin.http.get("/", headers=signed(admin)).text


def signed(person):
    return {"Authorization": f"Bearer {person.token}"}


def test_nobody_else_reads_it(quiet):
    quiet.person("admin")
    quiet.clock.walk_to(IN_TIME)
    for name in ("district", "supervisor", "street", "department", "handler", "volunteer"):
        assert on_the_page(quiet.person(name)) == []
    with refused("not_signed_in"):
        quiet.stranger().asks("GET", "notices")


def test_an_english_administrator_reads_it_in_english(quiet):
    admin = quiet.person("admin")
    admin.asks("PUT", "session/language", json={"language": "en"})
    quiet.clock.walk_to(IN_TIME)
    [sentence] = on_the_page(admin)
    assert sentence.startswith("The working calendar ends on 31 Dec, and promises beyond it")
    assert "load the days off of 2027" in sentence


def test_where_nobody_administers_the_district_reads_it(quiet):
    quiet.person("district")
    quiet.clock.walk_to(IN_TIME)
    assert on_the_page(quiet.district()) == [SAID]


def test_whoever_only_administers_a_street_is_no_administrator(quiet):
    """The role is held at the district alone; a grant elsewhere gives nothing."""
    quiet.person("admin")
    quiet.clock.walk_to(IN_TIME)
    elsewhere = quiet.person("somebody", Grant("volunteer", "street-futian"))
    assert on_the_page(elsewhere) == []


def test_once_the_year_was_loaded_it_is_gone(quiet):
    admin = quiet.person("admin")
    quiet.clock.walk_to(IN_TIME)
    loads_the_year(quiet)
    quiet.clock.advance(hours=1)
    assert on_the_page(admin) == []
    assert [(row.state, row.receipt) for row in rows(quiet.store)] == [
        ("dropped", "the year was loaded")
    ]
    quiet.clock.walk_to("2027-01-05T10:00:00+08:00")
    assert on_the_page(admin) == []


def test_the_next_year_s_end_is_told_again(quiet):
    admin = quiet.person("admin")
    quiet.clock.walk_to(IN_TIME)
    loads_the_year(quiet)
    quiet.clock.jump(days=360)
    quiet.clock.walk_to("2027-11-20T12:00:00+08:00")
    [sentence] = on_the_page(admin)
    assert "2028 年的放假安排" in sentence
    assert len(rows(quiet.store)) == 2


def test_it_goes_by_mail_and_by_webhook_once(outside, hook, mailbox):
    outside.clock.walk_to(IN_TIME)
    outside.clock.advance(days=2)
    [post] = posted(hook)
    assert post["to"] == "admin"
    [message] = post["messages"]
    assert (message["code"], message["number"], message["category"]) == ("horizon", None, None)
    assert message["text"].startswith("工作日历只排到 2026-12-31，")
    assert "2027 年的放假安排" in message["text"]
    assert message["params"]["calendars"] == ["shenzhen"]
    [letter] = mailbox.letters
    assert "admin@city.test" in str(letter)


def test_it_is_bundled_with_what_else_the_desk_hears(outside, hook):
    """Where nobody administers it is the district's, with the alerts of that window."""
    outside.person("district")
    _nobody_administers(outside)
    outside.clock.walk_to("2026-11-17T09:00:00+08:00")
    hole = outside.volunteer().reports()
    said = {"reason": "不归本单位", "clause": "职责清单第 7 条", "proposed": "CGJ"}
    outside.department().takes("return", hole, **said)
    outside.clock.advance(hours=1)
    [bundle] = [post for post in posted(hook) if post["to"] == "district"]
    assert {each["code"] for each in bundle["messages"]} == {"to_rule", "horizon"}


def _nobody_administers(city):
    with city.store.write() as tx:
        person = tx.session.get_one(Person, city.person("admin").id)
        person.disabled_at = clock.wall()


def test_what_waits_for_a_gateway_is_dropped_when_the_year_was_loaded(outside, hook, store):
    hook.status = 503
    outside.clock.walk_to(IN_TIME)
    outside.clock.advance(minutes=1)
    assert [row.state for row in rows(store, channel="webhook")] == ["pending"]
    loads_the_year(outside)
    hook.status = 200
    hook.posts.clear()
    outside.clock.jump(minutes=30)  # the mail goes before anybody looks at the calendars
    deliver_notices(store)
    [row] = rows(store, channel="webhook")
    assert (row.state, row.receipt) == ("dropped", "the year was loaded")
    assert posted(hook) == []


def test_an_installation_that_was_only_warned_in_its_log_is_told_now(quiet, store):
    """As before there were such notices: the log has said it, and no person was told."""
    admin = quiet.person("admin")
    quiet.clock.walk_to(IN_TIME)
    with store.write() as tx:
        tx.session.execute(delete(Notice))
    quiet.clock.advance(hours=1)
    assert on_the_page(admin) == [SAID]
