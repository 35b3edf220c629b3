"""What goes outside: bundled, signed, once; and never in the way of what goes on inside."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from gateways import Hook, Mailbox
from sqlalchemy import select, update
from stage import HERE, MONDAY, City, later

from dispatch import clock
from dispatch.channels import catalogue
from dispatch.channels.webhook import signature
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.tables import Alert, Notice
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.telling.deliver_notices import LEASE, Delivery, _keep, _take, deliver_notices

REMINDER = datetime(2026, 11, 24, 7, 24, tzinfo=UTC)
ZONE = "Asia/Shanghai"


@pytest.fixture
def city(store):
    store.settings = replace(store.settings, webhook_url="http://127.0.0.1:1/nowhere")
    with clock.at(MONDAY):
        city = City(store)
        city.report()
        deliver_notices(store, {})  # what the report itself wrote stays for the tests below
        yield city


@pytest.fixture
def hook():
    with Hook() as hook:
        yield hook


def open_channels(city, **settings: object):
    return catalogue.open_channels(replace(city.store.settings, **settings), ZONE)


def notices(city, **where: object):
    with city.store.read() as session:
        rows = select(Notice).filter_by(**where).order_by(Notice.created_at, Notice.id)
        return list(session.scalars(rows))


def outside(city):
    return [(each.code, each.state) for each in notices(city) if each.channel != "in_app"]


def ids(hook):
    return [each["id"] for _, body in hook.posts for each in json.loads(body)["messages"]]


def test_outside_channels_are_off_until_somebody_configures_them(store):
    with clock.at(MONDAY):
        city = City(store)
        city.report()
    told = notices(city)
    assert {(each.channel, each.state, each.sent_at) for each in told} == {
        ("in_app", "sent", MONDAY)
    }
    assert list(open_channels(city)) == ["in_app"]
    assert deliver_notices(store) == 0


def test_a_webhook_gets_what_a_desk_is_told_signed_and_once(city, hook):
    ways = open_channels(city, webhook_url=hook.address, webhook_secret="only we two")
    for minutes in (1, 10, 20):
        with later(minutes=minutes):
            deliver_notices(city.store, ways)
    [(headers, body)] = hook.posts
    signed = signature("only we two", headers["X-Shaodao-Time"], body)
    assert headers["X-Shaodao-Signature"] == signed
    assert signature("somebody else", headers["X-Shaodao-Time"], body) != signed
    told = json.loads(body)
    assert told["to"] == "JTJ"
    assert [each["code"] for each in told["messages"]] == ["to_sign"]
    assert [state for _, state in outside(city)] == ["sent"]


def test_a_webhook_that_points_elsewhere_is_not_followed(city, hook):
    with Hook() as other:
        hook.status, hook.elsewhere = 307, other.address
        ways = open_channels(city, webhook_url=hook.address, webhook_secret="only we two")
        for minutes in (1, 10):
            with later(minutes=minutes):
                deliver_notices(city.store, ways)
    assert len(hook.posts) == 1
    assert other.posts == []
    assert [state for _, state in outside(city)] == ["pending"]


def test_only_desks_have_an_address_outside(city, hook):
    ways = open_channels(city, webhook_url=hook.address)
    with later(minutes=1):
        deliver_notices(city.store, ways)
    assert {each.to_kind for each in notices(city, channel="webhook")} == {"desk"}


def test_what_comes_within_the_window_goes_out_in_one_letter_with_every_alert(city):
    with Mailbox() as box:
        address = f"{box.address}?tls=no&from=shaodao@city.test&to={{desk}}@city.test"
        ways = open_channels(city, mail_url=address)
        with later(minutes=1):
            deliver_notices(city.store, ways)
            first = city.alert().number
            city.report()
            deliver_notices(city.store, ways)
        assert box.letters == []
        with later(minutes=20):
            deliver_notices(city.store, ways)
    letter = message_from_bytes(box.letters[0], policy=default)
    assert len(box.letters) == 1
    assert letter["To"] == "JTJ@city.test"
    assert "2" in letter["Subject"]
    assert all(number in letter.get_content() for number in (first, city.alert().number))


def test_nothing_joins_a_bundle_that_failed(city, hook):
    """It is tried again by itself; what comes meanwhile is collected in a window of its own."""
    hook.status = 503
    ways = open_channels(city, webhook_url=hook.address)
    for minutes in (1, 10):
        with later(minutes=minutes):
            deliver_notices(city.store, ways)
    [failed] = notices(city, channel="webhook")
    assert (failed.state, failed.attempts) == ("pending", 1)
    assert failed.not_before > MONDAY + timedelta(minutes=10)
    with later(minutes=10):
        city.report()
        deliver_notices(city.store, ways)
    [joined] = [each for each in notices(city, channel="webhook") if each.id != failed.id]
    assert joined.not_before == MONDAY + timedelta(minutes=15)


def test_danger_to_life_waits_for_no_window(city, hook):
    with city.store.write() as tx:
        tx.session.execute(update(Alert).values(life_safety=True))
    ways = open_channels(city, webhook_url=hook.address)
    with later(minutes=1):
        deliver_notices(city.store, ways)
    assert len(hook.posts) == 1


def test_while_the_gateway_is_away_escalation_goes_on_and_all_goes_out_once_after(city, hook):
    hook.status = 503
    ways = open_channels(city, webhook_url=hook.address)
    with later(minutes=1):
        deliver_notices(city.store, ways)
    for minutes in range(0, 66, 6):
        with clock.at(REMINDER + timedelta(minutes=minutes)):
            sweep_promises(city.store)
            deliver_notices(city.store, ways)
    assert {each.state for each in notices(city, channel="in_app")} == {"sent"}
    assert {state for _, state in outside(city)} == {"pending"}
    hook.status, hook.posts[:] = 200, []
    for minutes in (90, 120):
        with clock.at(REMINDER + timedelta(minutes=minutes)):
            deliver_notices(city.store, ways)
    assert sorted(ids(hook)) == sorted(each.id for each in notices(city, channel="webhook"))
    assert {state for _, state in outside(city)} == {"sent"}


def test_what_no_longer_matters_is_dropped_with_a_reason(city, hook):
    hook.status = 503
    ways = open_channels(city, webhook_url=hook.address)
    with clock.at(REMINDER):
        sweep_promises(city.store)
        deliver_notices(city.store, ways)
        city.step(city.desk, "sign")
    hook.status, hook.posts[:] = 200, []
    with clock.at(REMINDER + timedelta(minutes=30)):
        deliver_notices(city.store, ways)
    why = {each.code: each.receipt for each in notices(city, channel="webhook", state="dropped")}
    assert why == {"to_sign": "somebody has acted", "remind": "its clock has stopped"}
    assert hook.posts == []


def test_a_support_that_has_signed_is_not_asked_again_though_the_lead_has_not(city, hook):
    hook.status = 503
    ways = open_channels(city, webhook_url=hook.address)
    city.report(ReportedProblem("E0505", text="路面塌了一个大洞", position=HERE))
    police = city.someone("department_dispatcher", "JJDD")
    city.step(police, "support_sign")
    with later(minutes=1):
        deliver_notices(city.store, ways)
    asked = {each.to_ref: each for each in notices(city, channel="in_app")}
    assert (asked["JJDD"].state, asked["JJDD"].receipt) == ("dropped", "somebody has acted")
    assert asked["JTJ"].state == "sent"


def test_a_dead_address_is_tried_again(city, hook):
    address = hook.address
    hook.__exit__()
    with later(minutes=10):
        deliver_notices(city.store, open_channels(city, webhook_url=address))
    with later(minutes=20):
        deliver_notices(city.store, open_channels(city, webhook_url=address))
    [notice] = notices(city, channel="webhook")
    assert (notice.state, notice.attempts) == ("pending", 1)
    assert "refused" in notice.receipt


def test_a_dry_run_sends_nothing(city, hook):
    ways = open_channels(city, webhook_url=hook.address, channels_dry=True)
    for minutes in (1, 10):
        with later(minutes=minutes):
            deliver_notices(city.store, ways)
    assert hook.posts == []
    assert [each.receipt for each in notices(city, channel="webhook")] == ["logged"]


# Several processes


def test_what_one_process_has_taken_no_other_takes_until_its_lease_is_over(city):
    with later(minutes=1):
        assert _take(city.store)
        assert _take(city.store) == []
    with later(minutes=1, seconds=LEASE.total_seconds()):
        assert _take(city.store)


def test_a_receipt_that_comes_too_late_changes_nothing(city):
    with later(minutes=1):
        [first, *_] = _take(city.store)
        with city.store.write() as tx:
            mine = update(Notice).where(Notice.id == first.message.id)
            tx.session.execute(mine.values(state="sent", receipt="theirs", attempts=1))
        with city.store.write() as tx:
            late = {first.message.id: Delivery("pending", "mine")}
            assert _keep(city.store, tx, late, []) == 0
    [kept] = notices(city, id=first.message.id)
    assert (kept.state, kept.receipt, kept.attempts) == ("sent", "theirs", 1)
