"""Disks, errors, the relay and the counters: what a server knows of itself, and who may read it."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from callers import Caller, open_app, somebody

from dispatch.blueprints import request_meters
from dispatch.blueprints.health import health
from dispatch.channels.catalogue import CHANNELS
from dispatch.feed.periodic_thread import PeriodicThread
from dispatch.installation import readiness
from dispatch.installation.readiness import Machine, is_well, of_machine
from dispatch.meters import Meters
from dispatch.store import disk_room
from dispatch.telling.deliver_notices import deliver_notices

FREE = {"data": 0.5, "photos": 0.5, "temporary": 0.5}
SAMPLE = re.compile(r"(?P<name>\w+)(\{(?P<labels>.*)\})? (?P<value>\S+)")


@pytest.fixture
def app(store):
    app = open_app(store)
    request_meters.install(app, store.meters)
    app.register_blueprint(health)
    return app


@pytest.fixture
def http(app):
    return app.test_client()


def codes(answer):
    return [warning["code"] for warning in answer.json["warnings"]]


def machine(**said):
    return Machine(**({"free": FREE, "photos_writable": True} | said))


def remarks(store, **said):
    return [(each.code, each.is_red) for each in of_machine(machine(**said), store.settings)]


def samples(http):
    told = http.get("/metrics").text
    found = (SAMPLE.fullmatch(line) for line in told.splitlines() if not line.startswith("#"))
    return {(each["name"], each["labels"]): float(each["value"]) for each in found}


def disk_with(monkeypatch, free, of=1000, free_files=1000):
    disk = SimpleNamespace(
        f_blocks=of, f_bfree=free, f_bavail=free, f_files=1000, f_favail=free_files
    )
    monkeypatch.setattr(disk_room.os, "statvfs", lambda _folder: disk)


@pytest.mark.parametrize(
    ("free", "status", "code"),
    [
        (101, 200, None),
        (100, 200, "disk_low"),
        (21, 200, "disk_low"),
        (20, 503, "disk_full"),
        (0, 503, "disk_full"),
    ],
)
def test_a_disk_is_yellow_at_a_tenth_and_red_at_a_fiftieth(
    http, store, monkeypatch, free, status, code
):
    disk_with(monkeypatch, free)
    answer = http.get("/readyz")
    found = [each for each in answer.json["warnings"] if each["code"].startswith("disk")]
    assert answer.status_code == status
    assert {each["code"] for each in found} == ({code} if code else set())
    named = {each["where"]: each["free_percent"] for each in found}
    wanted = {"data", "photos", "temporary"} | ({"database"} if store.is_sqlite else set())
    assert named == (dict.fromkeys(wanted, free // 10) if code else {})
    assert is_well(store) is (status == 200)


def test_a_disk_without_room_for_another_file_is_full(http, monkeypatch):
    disk_with(monkeypatch, free=900, free_files=20)
    assert http.get("/readyz").status_code == 503


def test_each_disk_is_told_by_its_name_in_words(store):
    one_full = of_machine(machine(free=FREE | {"photos": 0.01}), store.settings)
    assert [each.params["where"] for each in one_full] == ["photos"]
    assert "照片" in readiness.in_words(one_full[0], "zh_Hans_CN")
    assert "photos" in readiness.in_words(one_full[0], "en")


def test_photos_that_cannot_be_written_turn_the_server_red(http, store):
    (store.data_dir / "photos").symlink_to("/proc")  # where nobody writes, root neither
    answer = http.get("/readyz")
    assert (answer.status_code, codes(answer)) == (503, ["photos_unwritable", "calendar_ends"])
    assert samples(http)["shaodao_photos_writable", None] == 0


def test_looking_leaves_nothing_in_the_folder_of_photos(http, store):
    (store.data_dir / "photos").mkdir()
    assert http.get("/readyz").json["photos_writable"] == 1
    assert list((store.data_dir / "photos").iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "failures", "told"),
    [
        (1000, 49, []),
        (1000, 50, [("errors_many", False)]),
        (8, 4, []),
        (100, 49, [("errors_many", False)]),
        (40, 20, [("errors_most", True)]),
        (19, 19, [("errors_many", False)]),
    ],
)
def test_errors_are_told_by_their_share(store, answers, failures, told):
    assert remarks(store, answers=answers, failures=failures) == told


def test_what_failed_more_than_five_minutes_ago_is_forgotten():
    now = [1000.0]
    meters = Meters(lambda: now[0])
    meters.recent.note(failed=True)
    now[0] += 100
    meters.recent.note(failed=False)
    assert meters.recent.counts() == (2, 1)
    now[0] += 205
    assert meters.recent.counts() == (1, 0)
    now[0] += 300
    assert meters.recent.counts() == (0, 0)


def test_a_server_that_fails_everybody_is_red_and_its_own_answer_to_monitors_does_not_count(
    app, http, store
):
    app.add_url_rule("/broken", view_func=broken)
    for _ in range(20):
        assert http.get("/broken").status_code == 500
    for _ in range(30):
        answer = http.get("/readyz")
    assert (answer.status_code, codes(answer)) == (503, ["errors_most", "calendar_ends"])
    assert answer.json["error_share"] == 1.0


def broken():
    raise ArithmeticError


broken.is_public = True


@pytest.mark.parametrize(("seconds", "told"), [(15.5, []), (15.6, [("relay_late", False)])])
def test_a_relay_that_stands_still_is_a_warning(store, seconds, told):
    assert remarks(store, relay_lag_s=seconds) == told


def test_a_thread_that_fails_or_never_began_is_seen():
    fails = PeriodicThread(broken, name="fails", every=60)
    assert fails.silent_s == 0
    fails.start()
    fails.stop()
    began = fails.silent_s
    assert fails.silent_s > began > 0


def test_requests_are_counted_by_route_and_never_by_path(http):
    for path in ("/healthz", "/healthz", "/wp-login.php", "/secret/13800138000"):
        http.get(path)
    http.open("/healthz", method="BREW")
    found = {labels: value for (name, labels), value in samples(http).items() if is_request(name)}
    assert found == {
        'method="GET",route="/healthz",status="200"': 2,
        'method="none",route="none",status="404"': 2,
        'method="none",route="none",status="405"': 1,
    }
    assert samples(http)["shaodao_http_request_seconds_count", 'route="/healthz"'] == 2


def is_request(name):
    return name == "shaodao_http_requests_total"


def test_deliveries_are_counted_by_channel_and_outcome(http, store):
    meters = store.meters.deliveries
    deliver_notices(store)
    meters.labels("in_app", "sent").inc()
    assert samples(http)["shaodao_deliveries_total", 'channel="in_app",outcome="sent"'] == 1
    assert "in_app" in CHANNELS


def test_only_this_machine_reads_the_figures(http):
    assert http.get("/metrics").status_code == 200
    away = {"REMOTE_ADDR": "10.1.2.3"}
    assert http.get("/metrics", environ_overrides=away).json["code"] == "forbidden"
    for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
        passed_on = http.get("/metrics", headers={name: "10.1.2.3"})
        assert passed_on.status_code == 403, name


def test_with_a_token_whoever_shows_it_reads_the_figures_and_nobody_else(http, store):
    store.settings = replace(store.settings, metrics_token="a token")
    away = {"environ_overrides": {"REMOTE_ADDR": "10.1.2.3"}}
    shown = {"headers": {"Authorization": "Bearer a token"}}
    assert http.get("/metrics", **away).status_code == 403
    assert http.get("/metrics").status_code == 403
    assert http.get("/metrics", **away, headers={"Authorization": "Bearer x"}).status_code == 403
    assert http.get("/metrics", **away, **shown).status_code == 200


def test_no_label_takes_what_somebody_wrote(http, store):
    """Routes, methods, statuses, codes, channels, outcomes and disks: all of them ours."""
    person = somebody(store)
    Caller(http).signs_in()
    Caller(http).signs_in(login="李华 13800138000", password="x")
    told = http.get("/metrics").text
    assert not any(said in told for said in (person, "hua", "李华", "13800138000", "127.0.0.1"))
    assert set(re.findall(r'(\w+)="', told)) <= {
        *("route", "method", "status", "le", "code", "channel", "outcome", "where"),
    }
