"""Access to requests: what comes in, who is let in, and how a refusal is told."""

import json
from dataclasses import replace

import pytest
from callers import Caller, open_app, somebody
from flask import jsonify

from dispatch import clock
from dispatch.blueprints import request_access
from dispatch.blueprints.bodies import body
from dispatch.blueprints.cookies import LANGUAGE_COOKIE
from dispatch.errors import Refused
from dispatch.installation.people.make_token import make_token

JSON = {"Content-Type": "application/json"}
MIB = 1024 * 1024


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def app(store):
    app = open_app(store)
    app.add_url_rule("/open", view_func=request_access.public(lambda: "come in"), endpoint="open")
    app.add_url_rule("/closed", view_func=lambda: "a secret", endpoint="closed")
    app.add_url_rule("/deed", view_func=lambda: "done", endpoint="deed", methods=["POST"])
    echo = request_access.public(lambda: jsonify(body()))
    app.add_url_rule("/echo", view_func=echo, endpoint="echo", methods=["POST"])

    def fail():
        raise ZeroDivisionError("the secret of hua")

    app.add_url_rule("/fail", view_func=request_access.public(fail), endpoint="fail")
    return app


@pytest.fixture
def hua(store):
    return somebody(store)


@pytest.fixture
def caller(app):
    return Caller(app.test_client())


@pytest.fixture
def token(store, hua):
    return {"Authorization": f"Bearer {make_token(store, hua)}"}


def test_a_route_that_nobody_marked_is_closed(caller):
    assert caller.http.get("/open").text == "come in"
    refused = caller.http.get("/closed")
    assert refused.status_code == 401
    assert refused.mimetype == "application/problem+json"
    assert refused.json["code"] == "not_signed_in"
    assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "shown", ["Bearer", "Bearer ", "Bearer wrong", "Basic aHVhOmh1YQ==", "bearer", "Bearer ü"]
)
def test_a_wrong_credential_is_none_even_beside_a_good_cookie(caller, hua, shown):
    caller.signs_in()
    assert caller.http.get("/closed").status_code == 200
    refused = caller.http.get("/closed", headers={"Authorization": shown})
    assert refused.status_code == 401


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Digest", ""])
def test_a_good_token_under_another_scheme_is_no_token(caller, token, scheme):
    secret = token["Authorization"].removeprefix("Bearer ")
    shown = {"Authorization": f"{scheme} {secret}".strip()}
    assert caller.http.get("/closed", headers=shown).status_code == 401


def test_an_empty_authorization_is_nobody_even_beside_a_good_cookie(caller, hua):
    caller.signs_in()
    assert caller.http.get("/closed", headers={"Authorization": ""}).status_code == 401
    assert caller.http.get("/closed").status_code == 200


def test_a_programs_token_opens_the_door_and_needs_no_csrf(caller, token):
    assert caller.http.get("/closed", headers=token).status_code == 200
    assert caller.http.post("/deed", headers=token).status_code == 200


def test_a_deed_by_cookie_needs_the_token_of_its_own_session(caller, app, hua):
    caller.signs_in()
    other = Caller(app.test_client())
    other.signs_in()
    for shown in ("", "guess", "ü", other.csrf):
        refused = caller.http.post("/deed", headers={"X-CSRF-Token": shown})
        assert (refused.status_code, refused.json["code"]) == (403, "csrf_missing")
    assert caller.sends("POST", "/deed").status_code == 200


def test_a_session_that_ended_is_401(caller, hua, monkeypatch):
    caller.signs_in()
    late = clock.wall() + clock.timedelta(hours=13)
    monkeypatch.setattr(clock, "wall", lambda: late)
    assert caller.http.get("/closed").status_code == 401


def test_what_went_wrong_here_is_told_by_a_reference_only(caller, caplog):
    failed = caller.http.get("/fail", headers={"Accept-Language": "en"})
    assert failed.status_code == 500
    assert failed.json["code"] == "internal"
    assert "hua" not in failed.text
    reference = failed.json["detail"].split("reference ")[1].split(")")[0]
    assert reference in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-GB,en;q=0.9", "sign in"),
        ("zh-CN", "请先登录"),
        ("fr", "请先登录"),
        ("fr, en;q=0.5, zh;q=0.8", "请先登录"),
        (";;;q=x", "请先登录"),
    ],
)
def test_a_refusal_speaks_the_asked_language(caller, language, words):
    refused = caller.http.get("/closed", headers={"Accept-Language": language})
    assert words in refused.json["detail"]


def test_a_language_chosen_on_this_device_goes_before_the_browsers(caller):
    caller.http.set_cookie(LANGUAGE_COOKIE, "en")
    refused = caller.http.get("/closed", headers={"Accept-Language": "zh-CN"})
    assert "sign in" in refused.json["detail"]


def test_an_unknown_address_and_a_wrong_method_are_told_as_problems(caller):
    missing = caller.http.get("/nowhere")
    assert (missing.status_code, missing.json["code"]) == (404, "not_found")
    wrong = caller.http.post("/open")
    assert (wrong.status_code, wrong.json["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["Allow"]


def test_whoever_must_wait_is_told_how_long(caller, app):
    def wait():
        raise Refused("locked_out", minutes=3)

    app.view_functions["open"] = request_access.public(wait)
    assert caller.http.get("/open").headers["Retry-After"] == "180"


ODD_BODIES = {
    "not utf-8": b'{"a": "\xff"}',
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "empty": b"",
    "cut off": b'{"a": ',
    "a list": b"[1]",
    "a text": b'"a"',
    "null": b"null",
    "NaN": b'{"a": NaN}',
    "infinity": b'{"a": -Infinity}',
    "too large a number": b'{"a": 1e999}',
    "a key twice": b'{"a": 1, "a": 2}',
    "a key twice inside": b'{"a": {"b": 1, "b": 2}}',
    "half a character": b'{"a": "\\ud800"}',
    "half a character as key": b'{"\\udfff": 1}',
    "a hundred levels": b'{"a":' + b"[" * 100 + b"]" * 100 + b"}",
    "half a million levels": b'{"a":' + b"[" * 500_000,
    "half a million closed levels": b'{"a":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
    "an integer of a million digits": b'{"a":' + b"9" * 1_000_000 + b"}",
}


@pytest.mark.parametrize("oddity", sorted(ODD_BODIES))
def test_an_odd_body_is_refused_by_name(caller, oddity):
    refused = caller.http.post("/echo", data=ODD_BODIES[oddity], headers=JSON)
    assert (refused.status_code, refused.json["code"]) == (400, "not_json")


@pytest.mark.parametrize(
    "plain",
    [
        {"a": "𠮷", "b": "\u0000"},
        {"a": 10**300, "b": -(10**40)},
        {"a": {"b": [{"c": None}]}, "d": True},
        {},
    ],
)
def test_a_plain_body_comes_in_as_it_is(caller, plain):
    sent = json.dumps(plain).encode()
    assert caller.http.post("/echo", data=sent, headers=JSON).json == plain


def test_a_rare_character_may_be_written_as_a_pair_of_escapes(caller):
    sent = b'{"a": "\\ud842\\udfb7"}'
    assert caller.http.post("/echo", data=sent, headers=JSON).json == {"a": "𠮷"}


@pytest.mark.parametrize("mimetype", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_refused(caller, mimetype):
    refused = caller.http.post("/echo", data=b"{}", headers={"Content-Type": mimetype})
    assert (refused.status_code, refused.json["code"]) == (415, "unsupported_media")


@pytest.mark.parametrize("size", [MIB + 1, 5 * MIB, 20 * MIB])
def test_a_body_over_one_mebibyte_is_refused_after_it_was_read(caller, size):
    refused = caller.http.post("/echo", data=b"x" * size, headers=JSON)
    assert (refused.status_code, refused.json["code"]) == (413, "too_large")


def test_a_body_of_exactly_one_mebibyte_is_read(caller):
    whole = b'{"a": "' + b"x" * (MIB - 9) + b'"}'
    assert len(whole) == MIB
    assert caller.http.post("/echo", data=whole, headers=JSON).status_code == 200


def test_every_answer_carries_the_strict_headers(caller):
    for path in ("/open", "/closed", "/nowhere", "/fail"):
        told = caller.http.get(path).headers
        policy = told["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "connect-src 'self' ws://localhost;" in policy
        assert "frame-ancestors 'none'" in policy
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Permissions-Policy"].startswith("geolocation=(self), camera=(self)")
        assert "Strict-Transport-Security" not in told


def test_an_odd_host_gets_no_word_into_the_policy(caller):
    told = caller.http.get("/open", headers={"Host": "evil'; script-src *"})
    assert "script-src *" not in told.headers["Content-Security-Policy"]


def test_over_https_the_cookie_is_secure_and_the_browser_told_to_stay(caller, hua):
    plain = caller.signs_in().headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain
    safe = caller.signs_in(base_url="https://localhost")
    assert "Secure" in safe.headers["Set-Cookie"]
    assert safe.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_city_may_refuse_plain_http_except_from_the_machine_itself(store):
    store.settings = replace(store.settings, require_https=True)
    guest = open_app(store).test_client()
    here = guest.get("/api/v1/session")
    assert here.json["code"] == "not_signed_in"
    afar = {"REMOTE_ADDR": "203.0.113.7"}
    refused = guest.get("/api/v1/session", environ_base=afar)
    assert (refused.status_code, refused.json["code"]) == (403, "https_required")
    safe = guest.get("/api/v1/session", environ_base=afar, base_url="https://localhost")
    assert safe.json["code"] == "not_signed_in"


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Via", "Forwarded"])
def test_what_a_stranger_on_this_machine_passes_on_is_not_of_this_machine(store, name):
    for hops, answer in ((0, "https_required"), (1, "not_signed_in")):
        store.settings = replace(store.settings, require_https=True, trusted_proxies=hops)
        asked = open_app(store).test_client().get("/api/v1/session", headers={name: "127.0.0.1"})
        assert asked.json["code"] == answer, hops


def test_a_proxy_is_believed_only_where_the_city_says_so(store):
    claim = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    for hops, seen in ((0, "127.0.0.1 http"), (1, "203.0.113.7 https")):
        store.settings = replace(store.settings, trusted_proxies=hops)
        app = open_app(store)
        app.add_url_rule("/seen", view_func=request_access.public(_seen), endpoint="seen")
        assert app.test_client().get("/seen", headers=claim).text == seen


def _seen():
    return f"{request_access.request.remote_addr} {request_access.request.scheme}"
