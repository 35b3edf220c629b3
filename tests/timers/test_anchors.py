"""The log's head goes out of the house each day and at each stop, whatever a gateway does."""

import json
import re
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import server as servers
from gateways import Hook, Mailbox

from dispatch import clock
from dispatch.errors import Refused
from dispatch.rules.book.loading import read_folder
from dispatch.settings import load_settings
from dispatch.store.heads import whole_head
from dispatch.store.installation_facts import set_fact
from dispatch.store.playbooks import publish_version
from dispatch.telling.anchoring import anchored_heads
from dispatch.timers import anchors as daily
from dispatch.timers.anchors import Anchors

SOON = 10.0


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """A look every few hundredths of a second instead of one a minute."""
    monkeypatch.setattr(daily, "LOOK_S", 0.02)


@pytest.fixture
def city(store, tmp_path):
    with store.write() as tx:
        publish_version(tx.session, read_folder(store.settings.playbook), "first", tx.now)
    anchored_at(store, str(tmp_path / "heads"))
    return store


def anchored_at(store, anchor, **settings: str):
    store.settings = replace(store.settings, anchor=anchor, **settings)


def head(store):
    with store.read() as session:
        return whole_head(session)


def something_happens(store, name):
    with store.write() as tx:
        set_fact(tx.session, name, "1")
    return head(store)


def waits_for(is_so):
    until = time.monotonic() + SOON
    while time.monotonic() < until and not is_so():
        time.sleep(0.01)
    assert is_so()


def test_a_file_has_the_head_of_each_day_and_of_the_stop(city, monkeypatch):
    file, first = city.settings.anchor, head(city)
    anchors = Anchors(city)
    anchors.start()
    waits_for(lambda: anchored_heads(file) == [first])
    second = something_happens(city, "second")
    time.sleep(0.1)
    assert anchored_heads(file) == [first]
    tomorrow = clock.wall() + timedelta(days=1)
    monkeypatch.setattr(clock, "wall", lambda: tomorrow)
    waits_for(lambda: anchored_heads(file) == [first, second])
    third = something_happens(city, "third")
    anchors.stop()
    assert anchored_heads(file) == [first, second, third]
    anchors.stop()
    assert anchored_heads(file) == [first, second, third]


def test_a_mailbox_gets_it_as_a_letter_of_its_own(city):
    with Mailbox() as mailbox:
        server = f"{mailbox.address}?from=shaodao@ft.gov&to={{desk}}@ft.gov&tls=no"
        anchored_at(city, "mailto:auditor@audit.gov", mail_url=server)
        assert Anchors(city).anchor()
        (letter,) = mailbox.letters
    assert b"To: auditor@audit.gov" in letter
    assert b"From: shaodao@ft.gov" in letter


def test_a_webhook_gets_it_signed(city):
    with Hook() as hook:
        anchored_at(city, hook.address, webhook_secret="between us")
        assert Anchors(city).anchor()
        ((headers, body),) = hook.posts
    (message,) = json.loads(body)["messages"]
    assert (message["code"], message["params"]["head"]) == ("anchor", head(city))
    assert head(city) in message["text"]
    assert headers["X-Shaodao-Signature"].startswith("sha256=")


def test_what_does_not_arrive_is_told_and_tried_again(city, caplog):
    tries = []

    def send(sent, at):
        tries.append((sent, at))
        if len(tries) < 3:
            raise ConnectionRefusedError("nobody there")

    anchors = Anchors(city, send)
    anchors.start()
    waits_for(lambda: len(tries) == 3)
    time.sleep(0.1)
    anchors.stop()
    assert len(tries) == 3
    told = [each.message for each in caplog.records if "head was not sent" in each.message]
    assert len(told) == 2
    assert "connection_refused: nobody there" in told[0]


@pytest.mark.parametrize(
    ("anchor", "said"),
    [("/nowhere/at/all/heads", "unreachable"), ("mailto:a@audit.gov", "DISPATCH_MAIL_URL")],
)
def test_an_anchor_that_cannot_be_reached_stops_nothing(city, caplog, anchor, said):
    anchored_at(city, anchor)
    assert Anchors(city).anchor() is False
    assert said in caplog.text


def test_a_gateway_that_hangs_holds_up_no_stop(city, monkeypatch):
    monkeypatch.setattr(daily, "STOP_S", 0.1)
    released = threading.Event()
    anchors = Anchors(city, lambda *_: released.wait(SOON))
    began = time.monotonic()
    anchors.stop()
    assert time.monotonic() - began < 1
    released.set()


def test_without_an_anchor_nothing_is_sent(city):
    anchored_at(city, "")
    sent = []
    anchors = Anchors(city, lambda *each: sent.append(each))
    anchors.start()
    anchors.stop()
    assert sent == []


def test_nothing_is_sent_before_there_is_anything(store, tmp_path):
    anchored_at(store, str(tmp_path / "heads"))
    assert Anchors(store).anchor()
    assert anchored_heads(store.settings.anchor) == []


@pytest.mark.parametrize(
    "anchor", ["mailto:nobody", "https://user:word@audit.gov/", "http://", "mailto:a@b c"]
)
def test_an_anchor_that_is_none_is_refused_at_the_start(anchor):
    with pytest.raises(Refused) as refused:
        load_settings({"DISPATCH_ANCHOR": anchor})
    assert [(each.field, each.code) for each in refused.value.faults] == [
        ("DISPATCH_ANCHOR", "not_a_url")
    ]


def test_a_real_server_leaves_its_last_head_where_verify_finds_it(tmp_path):
    data, file = tmp_path / "data", tmp_path / "heads"
    assert servers.command("init", data_dir=data).returncode == 0
    server = servers.start(data, anchor=str(file))
    waits_for(lambda: anchored_heads(str(file)))
    words = ("person", "add", "Li", "--role", "volunteer", "--at", "street-futian")
    assert servers.command(*words, data_dir=data).returncode == 0
    server.stop()
    heads = anchored_heads(str(file))
    assert len(heads) == 2
    words = ("--lang", "en", "verify", "--since", heads[-1])
    ran = servers.command(*words, data_dir=data, anchor=str(file))
    assert (ran.returncode, ran.stderr.count("does not go on")) == (0, 0)
    assert re.search(r"Head \d+:[0-9a-f]{64}", ran.stdout)
    file.write_text(f"2026-11-28T12:00:00Z 99:{'a' * 64}\n", encoding="utf-8")
    ran = servers.command("--lang", "en", "verify", data_dir=data, anchor=str(file))
    assert ran.returncode == 1
    assert f"does not go on from the head 99:{'a' * 64}" in ran.stderr
