"""Letters go over TLS to a server that is who it says it is, and say why when they cannot."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from gateways import Hook, Mailbox
from safe_mail import SafeMailbox, certificate
from sqlalchemy import select
from stage import MONDAY, City, later

from dispatch import clock
from dispatch.channels import email, webhook
from dispatch.channels.catalogue import open_channels
from dispatch.channels.email import Mail
from dispatch.channels.message import Message
from dispatch.channels.reasons import reason_of
from dispatch.errors import Refused
from dispatch.settings import load_settings
from dispatch.store.tables import Notice
from dispatch.telling.deliver_notices import deliver_notices

ZONE = "Asia/Shanghai"
NAMES = "from=shaodao@city.test&to={desk}@city.test"
NOBODY = "smtp://nobody.invalid:25"
NUMBER = "440304-20261123-00001-K"
SIGN = Message("1", "desk", "JTJ", "to_sign", {}, NUMBER, "E0113", None, life_safety=False)


@pytest.fixture(autouse=True)
def haste(monkeypatch):
    monkeypatch.setattr(email, "TIMEOUT_S", 0.3)
    monkeypatch.setattr(webhook, "TIMEOUT_S", 0.3)


@pytest.fixture
def known(tmp_path, monkeypatch):
    """A certificate that this machine believes, as a house's own authority is believed."""
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


def send(box, more="", address=""):
    return Mail(f"{address or box.address}?{NAMES}{more}", ZONE).send([SIGN])


def why_not(box, **how):
    with pytest.raises(Exception) as kept:  # noqa: PT011 - the reason is what is asked for
        send(box, **how)
    assert box.letters == []
    return reason_of(kept.value, email.CHANNEL.reasons)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_letter_goes_over_tls_with_a_log_in(known, tls):
    with SafeMailbox(known, tls) as box:
        send(box)
    [letter] = box.letters
    assert NUMBER in message_from_bytes(letter, policy=default).get_content()
    assert ("STARTTLS" in box.verbs) is (tls == "starttls")
    assert box.verbs.index("AUTH") < box.verbs.index("DATA")


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
@pytest.mark.parametrize(("host", "days"), [("elsewhere.test", 1), ("localhost", -1)])
def test_a_certificate_for_somebody_else_or_of_yesterday_is_refused(
    tmp_path, monkeypatch, tls, host, days
):
    theirs = certificate(tmp_path, host, days=days)
    monkeypatch.setenv("SSL_CERT_FILE", str(theirs))
    with SafeMailbox(theirs, tls) as box:
        assert why_not(box) == "certificate_refused"
    assert "AUTH" not in box.verbs  # the password stayed here


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, known, tls):
    (tmp_path / "theirs").mkdir()
    with SafeMailbox(certificate(tmp_path / "theirs"), tls) as box:
        assert why_not(box) == "certificate_refused"
    assert "AUTH" not in box.verbs


def test_a_wrong_password_is_told_as_such_and_not_repeated(known):
    with SafeMailbox(known) as box:
        address = box.address.replace("p%40ss", "guess")
        with pytest.raises(OSError, match="535") as kept:
            send(box, address=address)
        assert reason_of(kept.value, email.CHANNEL.reasons) == "login_refused"
        assert "guess" not in str(kept.value)


def test_a_server_without_tls_gets_neither_password_nor_letter(known):
    with SafeMailbox(known, offers_tls=False) as box:
        assert why_not(box) == "not_offered"
    assert "AUTH" not in box.verbs


@pytest.mark.parametrize("verb", ["EHLO", "AUTH", "DATA"])
def test_a_server_that_hangs_is_left_after_a_while(known, verb):
    with SafeMailbox(known, hangs_at=verb) as box:
        assert why_not(box) in {"timed_out", "hung_up"}


def test_a_server_that_does_not_even_greet_is_left_after_a_while(known):
    with Mailbox() as box:  # waits for a client that speaks first, as TLS does
        address = box.address.replace("smtp://", "smtps://")
        assert why_not(box, address=address) in {"tls_failed", "timed_out"}


def test_nobody_at_the_address_is_told_as_such(known):
    with Mailbox() as box:
        address = box.address
    for nowhere, reason in ((address, "connection_refused"), (NOBODY, "unknown_host")):
        with pytest.raises(OSError, match=r"refused|not known|resolution") as kept:
            send(None, address=nowhere)
        assert reason_of(kept.value, email.CHANNEL.reasons) == reason


@pytest.mark.parametrize(
    "address",
    [
        "mail.city.test",
        "http://mail/?from=a@b&to=c@d",
        "smtp://?from=a@b&to=c@d",
        "smtp://mail/?to=c@d",
        "smtp://mail?from=a@b",
        "smtp://mail:smtp?from=a@b&to=c@d",
    ],
)
def test_a_faulty_address_stops_the_start(address):
    with pytest.raises(Refused) as refused:
        load_settings({"DISPATCH_MAIL_URL": address})
    assert [fault.code for fault in refused.value.faults] == ["not_a_url"]


# On the way through the outbox


@pytest.fixture
def city(store):
    store.settings = replace(store.settings, mail_url="smtp://127.0.0.1:1?from=a@b&to=c@d")
    with clock.at(MONDAY):
        city = City(store)
        city.report()
        deliver_notices(store, {})
        yield city


def outside(city):
    with city.store.read() as session:
        rows = (
            select(Notice).where(Notice.channel != "in_app").order_by(Notice.created_at, Notice.id)
        )
        return list(session.scalars(rows))


def tell(city, desk):
    """One more notice in the outbox."""
    with city.store.write() as tx:
        row = {"to_kind": "desk", "to_ref": desk, "code": "urged", "params": {}}
        row |= {"created_at": tx.now, "state": "pending", "attempts": 0, "channel": "in_app"}
        tx.session.add(Notice(id=desk, once=desk, alert_id=city.alert_id, **row))


def ways(city, **settings):
    return open_channels(replace(city.store.settings, bundle_minutes=0, **settings), ZONE)


def deliver(city, ways, *, at_minute):
    with later(minutes=at_minute):
        deliver_notices(city.store, ways)
        return clock.now()


def test_the_reason_is_kept_as_receipt_and_it_is_tried_again_until_it_goes(city, known):
    waits = []
    with SafeMailbox(known, password="another") as box:
        mail = ways(city, mail_url=f"{box.address}?{NAMES}")
        for minute in (1, 10, 11):
            now = deliver(city, mail, at_minute=minute)
            [kept] = outside(city)
            waits.append(kept.not_before - now)
        assert (kept.state, kept.attempts) == ("pending", 2)
        assert kept.receipt.startswith("login_refused: (535, ")
        assert waits[2] == 2 * waits[1]
    with SafeMailbox(known) as box:
        mail = ways(city, mail_url=f"{box.address}?{NAMES}")
        for minute in (20, 40):
            deliver(city, mail, at_minute=minute)
    [kept] = outside(city)
    assert (kept.state, kept.receipt) == ("sent", f"mail <{kept.id}@shaodao>")
    assert len(box.letters) == 1


def test_a_gateway_that_hangs_is_asked_once_for_all_that_wait(city, known):
    for desk in ("JTJ", "street-futian", "CGJ"):
        tell(city, desk)
    with SafeMailbox(known, hangs_at="EHLO") as box, Hook() as hook:
        both = ways(city, mail_url=f"{box.address}?{NAMES}", webhook_url=hook.address)
        for minute in (1, 10):
            deliver(city, both, at_minute=minute)
        kept = outside(city)
    assert box.verbs == ["EHLO"]
    assert {row.state for row in kept if row.channel == "email"} == {"pending"}
    assert {row.state for row in kept if row.channel == "webhook"} == {"sent"}
