"""What a browser carries in and out: headers everywhere, sessions that end, deeds nobody forged."""

import io
from contextlib import closing
from dataclasses import replace

import pytest
from callers import PASSWORD, SESSION, Caller
from sqlalchemy import func, select

from dispatch.app import create_app
from dispatch.blueprints.cookies import SESSION_COOKIE
from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.disable_person import disable_person
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK
from dispatch.store.tables import Base
from dispatch.store.transaction import Store

HOME = "/static/dist/"
SINGLE = "11111111-1111-1111-1111-111111111111"


@pytest.fixture
def database_url(sqlite_url):
    """Nothing here is about the database."""
    return sqlite_url


@pytest.fixture
def hua(city):
    grant = Grant("street_dispatcher", "street-futian")
    person = add_person(city.store, NewPerson("李华", (grant,), login="hua"), city.organisation)
    choose_password(city.store, make_token(city.store, person, LINK), PASSWORD)
    return person


@pytest.fixture
def browser(city, hua):
    caller = Caller(city.app.test_client())
    assert caller.signs_in().status_code == 200
    return caller


def deeds(city):
    """Every route that changes something, with made-up ids, and its methods."""
    for rule in city.app.url_map.iter_rules():
        view = city.app.view_functions[rule.endpoint]
        for method in rule.methods - {"GET", "HEAD", "OPTIONS"}:
            if not getattr(view, "is_public", False):
                values = dict.fromkeys(rule.arguments, SINGLE)
                yield method, rule.build(values, append_unknown=False)[1]


def test_no_deed_is_done_for_a_page_that_does_not_know_the_token(city, browser):
    every = list(deeds(city))
    assert len(every) > 4
    for method, path in every:
        for shown in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "guessed"}):
            answer = browser.http.open(path, method=method, headers=shown, json={})
            assert (answer.status_code, answer.json["code"]) == (403, "csrf_missing"), path
    assert browser.http.get(SESSION).status_code == 200, "nor was anybody signed out"


def asked(city, alert):
    """Every address that is asked by GET, of an alert that is there."""
    for rule in city.app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.endpoint.endswith("static"):
            values = dict.fromkeys(rule.arguments, alert.id) | {"name": "overdue", "kind": "csv"}
            yield rule.build({n: values[n] for n in rule.arguments}, append_unknown=False)[1]


def rows_of(city):
    """How many rows each table has."""
    with city.store.read() as session:
        counted = {t.name: select(func.count()).select_from(t) for t in Base.metadata.sorted_tables}
        return {name: session.scalar(query) for name, query in counted.items()}


def test_asking_changes_nothing(city, browser):
    alert = city.volunteer().reports()
    before = rows_of(city)
    answers = [browser.http.get(path).status_code for path in asked(city, alert)]
    assert answers.count(200) > 10
    assert {each for each in answers if each >= 500} <= {503}, "not ready: nothing sweeps here"
    after = rows_of(city)
    assert after.pop("audit") > before.pop("audit"), "who took a list along is told"
    assert after == before


def test_another_sessions_token_is_no_token(city, hua, browser):
    elsewhere = Caller(city.app.test_client())
    elsewhere.signs_in()
    assert elsewhere.csrf != browser.csrf
    answer = browser.http.delete(SESSION, headers={"X-CSRF-Token": elsewhere.csrf})
    assert answer.json["code"] == "csrf_missing"


def test_a_session_planted_before_the_sign_in_is_not_taken_over(city, hua):
    caller = Caller(city.app.test_client())
    caller.http.set_cookie(SESSION_COOKIE, "planted-by-somebody-else")
    caller.signs_in()
    assert caller.http.get_cookie(SESSION_COOKIE).value != "planted-by-somebody-else"
    thief = city.app.test_client()
    thief.set_cookie(SESSION_COOKIE, "planted-by-somebody-else")
    assert thief.get(SESSION).status_code == 401


def test_signing_in_again_makes_another_session(browser):
    before = browser.http.get_cookie(SESSION_COOKIE).value
    browser.signs_in()
    assert browser.http.get_cookie(SESSION_COOKIE).value != before


def test_who_signed_out_is_out_with_every_copy_of_the_cookie(city, browser):
    copy = city.app.test_client()
    copy.set_cookie(SESSION_COOKIE, browser.http.get_cookie(SESSION_COOKIE).value)
    assert copy.get(SESSION).status_code == 200
    assert browser.sends("DELETE", SESSION).status_code == 204
    assert copy.get(SESSION).status_code == 401


def test_a_disabled_person_is_out_everywhere_at_once(city, browser, hua):
    token = {"Authorization": f"Bearer {make_token(city.store, hua)}"}
    program = city.app.test_client()
    assert program.get(SESSION, headers=token).status_code == 200
    disable_person(city.store, hua)
    assert program.get(SESSION, headers=token).status_code == 401
    assert browser.http.get(SESSION).status_code == 401
    assert Caller(city.app.test_client()).signs_in().json["code"] == "bad_credentials"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/login",
        "/healthz",
        "/nowhere",
        "/api/v1/forms",
        "/api/v1/nowhere",
        f"/api/v1/alerts/{SINGLE}",
        "/api/v1/reports/overdue.csv",
        HOME,
        "/socket.io/?transport=websocket",
        "/%00",
    ],
)
def test_every_answer_is_strict_whatever_it_is(city, path):
    answer = city.app.test_client().get(path)
    assert answer.status_code < 500
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_a_city_on_https_opens_no_plain_socket_and_believes_its_proxy(city, hua):
    strict = replace(city.store.settings, require_https=True, trusted_proxies=1)
    bearer = {"Authorization": f"Bearer {make_token(city.store, hua)}"}
    away = {"REMOTE_ADDR": "10.0.0.8"}
    with closing(Store(strict)) as store:
        _asks_from_afar(create_app(strict, store), bearer, away)


def _asks_from_afar(app, bearer, away):
    for path in ("/api/v1/board", "/socket.io/?transport=websocket"):
        plain = app.test_client().get(path, headers=bearer, environ_base=away)
        assert (plain.status_code, plain.json["code"]) == (403, "https_required")
        secure = bearer | {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"}
        through = app.test_client().get(path, headers=secure, environ_base=away)
        assert (through.get_json(silent=True) or {}).get("code") != "https_required"
        assert "Strict-Transport-Security" in through.headers or path.startswith("/socket")


@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "....//", "..\\", "%5c..%5c"])
@pytest.mark.parametrize("root", [HOME, "/m/", "/api/v1/reports/", "/"])
def test_no_address_leads_out_of_the_web_root(city, root, up):
    for goal in ("seal.key", "pyproject.toml", "etc/passwd"):
        answer = city.app.test_client().get(f"{root}{up * 6}{goal}")
        assert answer.status_code in {301, 302, 308, 400, 401, 404}
        assert b"root:" not in answer.data
        assert b"[project]" not in answer.data


class Torn(io.BytesIO):
    """A body whose parts are not as long as they say; servers have their own exceptions for it."""

    def read(self, _size=-1):
        raise EOFError("Invalid chunk size")


@pytest.mark.parametrize("path", [f"alerts/{SINGLE}", f"alerts/{SINGLE}/photos/{'0' * 64}"])
def test_a_body_that_breaks_off_is_refused(browser, path):
    answer = browser.sends(
        "PUT",
        f"/api/v1/{path}",
        input_stream=Torn(),
        headers={"Content-Type": "application/json"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (answer.status_code, answer.json["code"]) in {(400, "bad_request"), (403, "forbidden")}


def test_a_body_that_is_much_too_large_is_read_and_refused(city, browser):
    for mebibytes in (1.1, 15, 17):
        sent = io.BytesIO(b"x" * int(mebibytes * 1024 * 1024))
        headers = {"Content-Type": "application/json"}
        answer = browser.sends("PUT", f"/api/v1/alerts/{SINGLE}", data=sent, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (413, "too_large")
