"""The server as a process of its own: it comes up, answers, and ends when it is told to."""

import json
import re
import signal
import urllib.error
import urllib.request

import pytest
import server as servers

from benchmarks.besiegers import Siege
from benchmarks.hostile import besieged
from dispatch.cli.worker import Server
from dispatch.settings import load_settings

# More of them than there are threads, each of a kind that took one. At length in `make bench`.
SIEGE = Siege(lingering=3, half_heads=60, idle=60, slow_bodies=40, deaf_readers=40)
PATIENCE_S = 10  # a control of gunicorn as it comes answers nobody in twenty


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    running = servers.start(folder, "--demo", consoles="1")  # few threads: sooner all taken
    yield running
    running.stop()


@pytest.fixture
def own(tmp_path):
    """A server of the test's own, to end it."""
    running = servers.start(tmp_path / "own", "--demo")
    yield running
    running.stop()


def test_the_demo_comes_up_from_nothing_and_lets_its_people_in(demo):
    password = re.search(r"(?:password|密码)\W+(\S+)", demo.said()).group(1)
    body = json.dumps({"login": "street", "password": password}).encode()
    kind = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{demo.address}/api/v1/session", body, kind)
    with urllib.request.urlopen(request, timeout=10) as answer:
        told = json.load(answer)
    assert told["roles"] == [{"role": "street_dispatcher", "unit": "street-futian"}]
    assert told["units"]["street-futian"]["zh"] == "福田街道"


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_cleanly_when_told_to(own, told):
    own.process.send_signal(told)
    assert own.process.wait(timeout=10) == 0
    assert "Traceback" not in own.said()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{own.address}/healthz", timeout=2)


def test_a_forged_proxy_header_does_not_make_a_plain_connection_safe(demo):
    forged = {"X-Forwarded-Proto": "https", "Authorization": "Bearer guess"}
    request = urllib.request.Request(f"{demo.address}/api/v1/session", headers=forged)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as answer:
        assert answer.code == 401
        assert "Strict-Transport-Security" not in answer.headers


def test_a_proxy_that_is_not_trusted_is_told_when_the_server_starts_again(own, tmp_path):
    forged = {"X-Forwarded-For": "203.0.113.7"}
    asked = urllib.request.Request(f"{own.address}/api/v1/session", headers=forged)
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(asked, timeout=10)
    own.stop()
    assert "DISPATCH_TRUSTED_PROXIES" in own.said(), "in the log, at once"
    with servers.running(tmp_path / "own") as again:
        assert "DISPATCH_TRUSTED_PROXIES" in again.said()
    with servers.running(tmp_path / "own", trusted_proxies="1") as mended:
        assert "DISPATCH_TRUSTED_PROXIES" not in mended.said()


def test_sixty_four_requests_find_a_thread_beside_all_consoles(tmp_path):
    settings = load_settings({"DISPATCH_DATA_DIR": str(tmp_path), "DISPATCH_CONSOLES": "7"})
    assert Server(settings, announce=print).cfg.threads == 7 + 64


def test_hostile_clients_without_credentials_hold_up_nobody(demo):
    met = besieged(demo, SIEGE, seconds=3, patience=PATIENCE_S)
    assert (met.failed, met.deaths) == (0, 0)
    assert met.waits, "somebody asked"
    assert "Traceback" not in demo.said()


@pytest.mark.at_length
def test_the_same_clients_stop_gunicorn_as_it_comes(tmp_path):
    """Else the siege would prove nothing."""
    plain = servers.start(tmp_path, "--demo", module="benchmarks.plain_server", consoles="1")
    try:
        assert besieged(plain, SIEGE, seconds=3, patience=PATIENCE_S).failed
    finally:
        plain.kill()
