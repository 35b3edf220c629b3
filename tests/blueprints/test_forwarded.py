"""A proxy that nobody trusts is told to those who watch, and locks no office out."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from callers import SESSION, Caller, open_app, somebody

from dispatch import clock
from dispatch.blueprints import forwarded
from dispatch.blueprints import session as sessions
from dispatch.blueprints.health import health
from dispatch.blueprints.rate_limit import RateLimit

FROM_AFAR = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(autouse=True)
def few_guesses(monkeypatch):
    monkeypatch.setattr(sessions, "_GUESSES", RateLimit(per_minute=3))
    monkeypatch.setattr(sessions, "_GUESSES_OF_PROXY", RateLimit(per_minute=6))


def opened(store, **settings):
    store.settings = replace(store.settings, **settings)
    app = open_app(store)
    app.register_blueprint(health)
    forwarded.install(app, store.settings)
    return app.test_client()


def warnings(http):
    return [each["code"] for each in http.get("/readyz").json["warnings"]]


def told(caplog):
    return [each for each in caplog.messages if "X-Forwarded-*" in each]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"])
def test_a_proxy_that_is_not_trusted_is_told_in_log_and_readyz(store, caplog, header):
    http = opened(store)
    assert "proxy_untrusted" not in warnings(http)
    http.post(SESSION, headers={header: "somewhere"})
    assert "proxy_untrusted" in warnings(http)
    assert len(told(caplog)) == 1
    assert "DISPATCH_TRUSTED_PROXIES" in told(caplog)[0]


def test_it_is_told_once_an_hour_and_no_more_when_it_is_mended(store, caplog, monkeypatch):
    http, wall = opened(store), clock.wall
    caplog.set_level(logging.WARNING)
    for minutes, times in ((0, 1), (59, 1), (61, 2), (90, 2)):
        monkeypatch.setattr(clock, "wall", lambda at=minutes: wall() + timedelta(minutes=at))
        http.post(SESSION, headers=FROM_AFAR)
        assert len(told(caplog)) == times, minutes
    monkeypatch.setattr(clock, "wall", lambda: wall() + timedelta(hours=4))
    assert "proxy_untrusted" not in warnings(http)


@pytest.mark.parametrize(("hops", "sent"), [(1, FROM_AFAR), (0, {})])
def test_a_trusted_proxy_or_none_is_nothing_to_tell(store, caplog, hops, sent):
    http = opened(store, trusted_proxies=hops)
    http.post(SESSION, headers=sent)
    assert ("proxy_untrusted" in warnings(http), told(caplog)) == (False, [])


def test_an_address_that_may_be_everybodys_locks_nobody_out_as_one_persons_would(store):
    somebody(store)
    caller = Caller(opened(store))
    guesses = [caller.signs_in(login=f"somebody {n}", headers=FROM_AFAR) for n in range(5)]
    assert {each.status_code for each in guesses} == {401}
    assert caller.signs_in(headers=FROM_AFAR).status_code == 200
    strangers = Caller(opened(store))
    assert [
        strangers.signs_in(login=f"nobody {n}", headers=FROM_AFAR).status_code for n in range(2)
    ] == [401, 429], "a header that anybody can send has its bound, too"
    alone = [strangers.signs_in(login=f"else {n}").status_code for n in range(4)]
    assert alone == [401] * 3 + [429], "without one the address is one person's"
