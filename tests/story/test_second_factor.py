"""Whoever must have a second factor and has none is led to it, and to nothing else before."""

import re
from dataclasses import replace

import pyotp
import pytest
from callers import PASSWORD, SESSION, Caller

from dispatch import clock
from dispatch.app import create_app
from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK
from dispatch.store.transaction import Store

FACTOR = f"{SESSION}/second-factor"
BOSS, DESK = Grant("supervisor", "futian"), Grant("department_dispatcher", "JTJ")


@pytest.fixture
def database_url(sqlite_url):
    """Nothing here is about the database."""
    return sqlite_url


@pytest.fixture
def caller(city, engines):
    """`caller(grant)`: somebody signed in, where the city asks for a second factor."""
    asking = Store(replace(city.store.settings, second_factor="asked"), engines)
    app = create_app(asking.settings, asking)

    def come(grant):
        person = add_person(city.store, NewPerson("李华", (grant,), login="hua"), city.organisation)
        choose_password(city.store, make_token(city.store, person, LINK), PASSWORD)
        found = Caller(app.test_client())
        found.told = found.signs_in().json
        return found

    yield come
    asking.decoder.stop()


def offered(caller):
    """What the account page shows: the offer, and the secret as people type it."""
    page = caller.http.get("/account").text
    offer = re.search(r'data-offer="([^"]+)"', page)[1]
    return offer, "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))


def code_of(secret, by=0):
    return pyotp.TOTP(secret).at(int(clock.wall().timestamp()) + by)


def test_a_supervisor_without_one_gets_nothing_but_the_way_to_it(caller):
    boss = caller(BOSS)
    assert boss.told["must_enrol"] is True
    for path in ("alerts", "board", "notices", "tasks", "session/sign-ins", "reports/overdue"):
        answer = boss.http.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json["code"]) == (403, "second_factor_needed"), path
    for page in ("/", "/console", "/reports/overdue"):
        answer = boss.http.get(page)
        assert (answer.status_code, answer.location) == (302, "/account"), page
    shown = boss.http.get("/account")
    assert shown.status_code == 200
    assert "<svg" in shown.text
    assert 'id="password"' not in shown.text  # first of all this
    change = boss.sends("PUT", f"{SESSION}/password", json={"old": PASSWORD, "new": "another 9"})
    assert change.json["code"] == "second_factor_needed"


def test_once_it_is_set_up_everything_is_open_and_the_next_sign_in_asks(caller):
    boss = caller(BOSS)
    offer, secret = offered(boss)
    body = {"offer": offer, "code": code_of(secret), "password": PASSWORD}
    told = boss.sends("PUT", FACTOR, json=body)
    assert (told.status_code, len(told.json["recovery_codes"])) == (200, 10)
    assert boss.http.get("/console").status_code == 200
    assert boss.http.get(SESSION).json["must_enrol"] is False
    again = Caller(boss.http.application.test_client())
    refused = again.signs_in()
    assert (refused.status_code, refused.json["code"]) == (422, "code_wanted")
    sent = {"login": "hua", "password": PASSWORD, "code": code_of(secret, by=30)}
    assert again.http.post(SESSION, json=sent).status_code == 200
    assert again.http.get("/console").status_code == 200


def test_what_is_sent_is_checked_and_tells_what_to_do(caller):
    boss = caller(BOSS)
    offer, secret = offered(boss)
    right = {"offer": offer, "code": code_of(secret), "password": PASSWORD}
    for wrong, code in (
        ({"code": "000000"}, "wrong_code"),
        ({"password": "not mine"}, "wrong_password"),
        ({"offer": "1.x"}, "offer_over"),
        ({"code": None}, "invalid"),
        ({"code": 7}, "invalid"),
        ({"present": ""}, "invalid"),
        ({"other": "x"}, "invalid"),
    ):
        answer = boss.sends("PUT", FACTOR, json=right | wrong)
        assert answer.json["code"] == code, answer.json
        assert answer.json["detail"]
    assert boss.sends("PUT", FACTOR, json=right).status_code == 200


def test_a_department_may_have_one_and_need_not(caller):
    desk = caller(DESK)
    assert desk.told["must_enrol"] is False
    page = desk.http.get("/account").text
    assert 'id="factor"' in page
    assert 'id="password"' in page


def test_a_volunteer_is_never_asked(caller):
    volunteer = caller(Grant("volunteer", "street-futian"))
    assert volunteer.told["must_enrol"] is False
    assert 'id="factor"' not in volunteer.http.get("/account").text


def test_the_page_shows_another_secret_each_time_and_no_browser_keeps_it(caller):
    boss = caller(BOSS)
    assert offered(boss)[1] != offered(boss)[1]
    answer = boss.http.get("/account", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers
