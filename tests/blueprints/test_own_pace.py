"""One person who asks without end is slowed down; an office that works quickly never is."""

import logging
from dataclasses import replace

import pytest
from city import City, refused
from published import publish

from dispatch.app import create_app
from dispatch.blueprints import own_pace
from dispatch.blueprints.rate_limit import RateLimit
from dispatch.settings import load_settings
from dispatch.store.transaction import Store

pytestmark = pytest.mark.one_database("a pace is kept in the process, above the rows")

OWN = load_settings({})
PACES = ("requests_per_minute", "steps_per_minute", "intake_per_minute")
# What a console asks when it is opened, and what its browser fetches beside.
OPENED = ("session", "forms", "places", "board", "board/changes?after={cursor}", "notices")


@pytest.fixture
def now(monkeypatch):
    """The seconds of a clock that the test moves."""
    at = [1000.0]
    monkeypatch.setattr(own_pace.time, "monotonic", lambda: at[0])
    return at


@pytest.fixture
def paced(store, engines, now):
    """`paced(requests_per_minute=…)`: a city that asks for this pace, else for the usual one."""
    publish(store)
    opened = []

    def open_city(**paces: int) -> City:
        usual = {name: getattr(OWN, name) for name in PACES}
        own = replace(store.settings, **(usual | paces))
        opened.append(Store(own, engines))
        return City(create_app(own, opened[-1]), opened[-1])

    yield open_city
    for each in opened:
        each.decoder.stop()


@pytest.mark.parametrize("path", ["alerts", "board", "tasks", "notices", "forms", "session"])
def test_whoever_asks_without_end_is_told_to_wait_and_how_long(paced, now, path):
    city = paced(requests_per_minute=6)
    for _ in range(6):
        city.street().asks("GET", path)
    with refused("slow_down") as refusal:
        city.street().asks("GET", path)
    assert "10 秒" in refusal.problem["detail"]
    city.district().asks("GET", path)  # nobody else waits
    now[0] += 10
    city.street().asks("GET", path)


def test_photos_and_files_count_as_well(paced):
    city = paced(requests_per_minute=3)
    shown = {"Authorization": f"Bearer {city.supervisor().token}"}
    photo = f"/api/v1/alerts/none/photos/{'0' * 64}"
    asked = ("/api/v1/reports/overdue.csv", photo, f"{photo}/thumb", "/api/v1/audit.csv")
    answers = [city.supervisor().http.get(each, headers=shown) for each in asked]
    assert [each.status_code for each in answers] == [200, 404, 404, 429]
    assert answers[-1].headers["Retry-After"] == "20"
    page = city.supervisor().http.get("/reports/overdue", headers=shown)
    assert (page.status_code, "请" in page.text) == (429, True)


def test_steps_have_a_pace_of_their_own(paced, now):
    city = paced(steps_per_minute=2)
    alert = city.volunteer().reports()
    city.street().takes("note", alert, note="一")
    city.street().takes("note", alert, note="二")
    with refused("slow_down") as refusal:
        city.street().takes("note", alert, note="三")
    assert "30 秒" in refusal.problem["detail"]
    city.street().sees(alert)  # what is read goes on
    now[0] += 30
    city.street().takes("note", alert, note="三")


def test_reports_have_one_too(paced):
    city = paced(intake_per_minute=2)
    city.volunteer().reports()
    city.volunteer().reports()
    with refused("slow_down"):
        city.volunteer().reports()
    city.person("neighbour").reports()


def test_a_step_that_had_to_wait_was_not_taken(paced):
    city = paced(steps_per_minute=1)
    alert = city.volunteer().reports()
    city.street().takes("note", alert, note="一")
    with refused("slow_down"):
        city.street().takes("note", alert, note="二")
    assert city.street().sees(alert)["version"] == alert.version


def test_fifty_consoles_of_one_account_are_opened_anew_at_once(paced):
    city = paced()
    for _ in range(50):
        console = city.street().again()
        cursor = console.asks("GET", "board")["cursor"]
        for path in OPENED:
            console.asks("GET", path.format(cursor=cursor))


def test_twelve_consoles_without_a_socket_and_a_quick_desk_never_meet_it():
    requests, steps = RateLimit(OWN.requests_per_minute), RateLimit(OWN.steps_per_minute)
    for second in range(600):
        if second % 3 == 0:  # without a socket each asks every three seconds
            assert [requests.ask("desk", second) for _ in range(12)] == [0] * 12
        if second % 2 == 0:  # 30 alerts a minute, each with its page, ten photos and two steps
            assert [requests.ask("desk", second) for _ in range(13)] == [0] * 13
            assert [steps.ask("desk", second) for _ in range(2)] == [0] * 2


def test_whoever_had_to_wait_may_still_sign_out(paced):
    city = paced(requests_per_minute=1)
    city.street().asks("GET", "tasks")
    with refused("slow_down"):
        city.street().asks("GET", "tasks")
    city.street().asks("DELETE", "session")
    with refused("not_signed_in"):
        city.street().asks("GET", "tasks")


def test_where_no_limit_is_wanted_there_is_none(paced):
    city = paced(requests_per_minute=0, steps_per_minute=0)
    for _ in range(20):
        city.street().asks("GET", "session")


def test_the_servers_log_tells_it_once_a_minute_and_of_nobody(paced, now, caplog):
    city = paced(requests_per_minute=1)
    city.street().asks("GET", "tasks")
    with caplog.at_level(logging.WARNING, own_pace.__name__):
        for _ in range(5):
            with refused("slow_down"):
                city.street().asks("GET", "tasks")
    [line] = [each.getMessage() for each in caplog.records if each.name == own_pace.__name__]
    assert city.street().id not in line
