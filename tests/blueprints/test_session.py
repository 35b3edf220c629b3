"""Signing in over HTTP."""

import pytest
from callers import PASSWORD, SESSION, Caller, open_app, somebody

from dispatch.blueprints import session as sessions
from dispatch.blueprints.rate_limit import RateLimit
from dispatch.installation.people.make_token import make_token
from dispatch.store.people import LINK


@pytest.fixture
def hua(store):
    return somebody(store)


@pytest.fixture
def caller(store, monkeypatch):
    monkeypatch.setattr(sessions, "_GUESSES", RateLimit(per_minute=60))
    return Caller(open_app(store).test_client())


def test_who_signs_in_learns_who_they_are_and_what_they_hold(caller, hua):
    signed_in = caller.signs_in()
    assert signed_in.status_code == 200
    assert (
        signed_in.json.items()
        >= {
            "person": hua,
            "name": "李华",
            "language": "zh_Hans_CN",
            "roles": [{"role": "department_dispatcher", "unit": "roads"}],
        }.items()
    )
    assert caller.http.get(SESSION).json == signed_in.json
    assert len(caller.csrf) > 20


def test_a_token_has_no_csrf(caller, store, hua):
    shown = {"Authorization": f"Bearer {make_token(store, hua)}"}
    assert caller.http.get(SESSION, headers=shown).json["csrf"] is None


def test_who_signs_out_is_out_whatever_the_browser_keeps(caller, hua):
    caller.signs_in()
    cookie = caller.http.get_cookie("shaodao_session").value
    assert caller.sends("DELETE", SESSION).status_code == 204
    assert caller.http.get_cookie("shaodao_session") is None
    caller.http.set_cookie("shaodao_session", cookie)
    assert caller.http.get(SESSION).status_code == 401


def test_signing_out_needs_the_csrf_token(caller, hua):
    caller.signs_in()
    assert caller.http.delete(SESSION).status_code == 403
    assert caller.http.get(SESSION).status_code == 200


def test_wrong_credentials_are_401_and_then_the_door_stays_shut_for_a_while(caller, hua):
    codes = [caller.signs_in(password=f"wrong {n}").status_code for n in range(6)]
    assert codes == [401] * 5 + [429]
    locked = caller.signs_in()
    assert (locked.status_code, locked.json["code"]) == (429, "locked_out")
    assert 840 <= int(locked.headers["Retry-After"]) <= 900


def test_one_password_tried_on_everybody_is_slowed_down(caller, hua, monkeypatch):
    monkeypatch.setattr(sessions, "_GUESSES", RateLimit(per_minute=3))
    codes = [caller.signs_in(login=f"somebody {n}").status_code for n in range(4)]
    assert codes == [401] * 3 + [429]
    assert caller.signs_in().json["code"] == "slow_down"


def test_an_address_that_is_slowed_down_stands_in_the_servers_log_once_a_minute(
    caller, hua, monkeypatch, caplog
):
    monkeypatch.setattr(sessions, "_GUESSES", RateLimit(per_minute=3))
    monkeypatch.setattr(sessions, "_TOLD", RateLimit(per_minute=1))
    for n in range(8):
        caller.signs_in(login=f"somebody {n}")
    [line] = [each for each in caplog.records if each.name == sessions.__name__]
    assert line.told == {"from": "127.0.0.1"}
    assert "somebody" not in line.getMessage()


@pytest.mark.parametrize(
    ("sent", "faults"),
    [
        ({}, [("login", "missing"), ("password", "missing")]),
        ({"login": 1, "password": None}, [("login", "wrong_type"), ("password", "missing")]),
        ({"login": "a" * 257, "password": "b"}, [("login", "too_long")]),
        ({"login": "a", "password": "b", "admin": True}, [("admin", "unknown_field")]),
    ],
)
def test_all_that_is_wrong_with_a_sign_in_is_said_at_once(caller, sent, faults):
    refused = caller.http.post(SESSION, json=sent)
    assert refused.status_code == 422
    assert [(fault["field"], fault["code"]) for fault in refused.json["faults"]] == faults


def test_an_account_of_strange_characters_is_nobodys(caller):
    for login in ("\u0000", "𠮷", "' OR 1=1 --", "%"):
        assert caller.signs_in(login=login).status_code == 401


def test_a_chosen_language_stays_with_the_person_and_the_device(caller, hua):
    caller.signs_in()
    changed = caller.sends("PUT", f"{SESSION}/language", json={"language": "en"})
    assert changed.status_code == 204
    assert caller.http.get(SESSION).json["language"] == "en"
    refused = caller.sends("PUT", f"{SESSION}/language", json={"language": "tlh"})
    assert refused.status_code == 422
    assert refused.json["detail"].startswith("1 field")


def test_a_link_sets_a_password_once(caller, store, hua):
    link = f"/api/v1/welcome/{make_token(store, hua, LINK)}"
    weak = caller.http.post(link, json={"password": "12345"})
    assert (weak.status_code, weak.json["code"]) == (422, "weak_password")
    assert caller.http.post(link, json={"password": "another horse 9"}).json == {"login": "hua"}
    again = caller.http.post(link, json={"password": "another horse 9"})
    assert (again.status_code, again.json["code"]) == (410, "link_used")
    assert caller.signs_in().status_code == 401
    assert caller.signs_in(password="another horse 9").status_code == 200


def test_a_made_up_link_says_no_more_than_a_used_one(caller):
    refused = caller.http.post("/api/v1/welcome/guess", json={"password": PASSWORD})
    assert refused.json["code"] == "link_used"


def test_a_device_that_signed_in_before_is_not_slowed_down_by_others_behind_its_address(
    caller, store, hua, monkeypatch
):
    caller.signs_in()
    monkeypatch.setattr(sessions, "_GUESSES", RateLimit(per_minute=3))
    stranger = Caller(open_app(store).test_client())
    codes = [stranger.signs_in(login=f"somebody {n}").status_code for n in range(4)]
    assert codes == [401] * 3 + [429]
    assert caller.signs_in().status_code == 200


def test_the_device_stays_known_after_signing_out(caller, hua):
    caller.signs_in()
    caller.sends("DELETE", SESSION)
    kept = caller.http.get_cookie("shaodao_device")
    assert kept.http_only
    assert kept.max_age == 365 * 24 * 3600


def test_eighty_strangers_meet_a_problem_that_says_what_to_do(caller, hua):
    heard = {
        caller.http.post(
            SESSION,
            json={"login": "hua", "password": "wrong"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{n}"},
        ).json["code"]
        for n in range(80)
    }
    assert heard == {"bad_credentials", "account_guessed"}


SAFE = "https://localhost"


def test_over_https_every_cookie_is_of_this_very_host(caller, hua):
    signed_in = caller.signs_in(base_url=SAFE)
    chosen = caller.sends("PUT", f"{SESSION}/language", base_url=SAFE, json={"language": "en"})
    set_here = signed_in.headers.getlist("Set-Cookie") + chosen.headers.getlist("Set-Cookie")
    names = ["session", "here", "device", "language"]
    assert [each.split("=")[0] for each in set_here] == [f"__Host-shaodao_{n}" for n in names]
    for each in set_here:
        assert {"Secure", "Path=/", "SameSite=Lax"} <= set(each.split("; "))
        assert "Domain" not in each
    readable = [each.split("=")[0] for each in set_here if "HttpOnly" not in each]
    assert readable == ["__Host-shaodao_here"]


def test_over_https_a_session_that_a_neighbouring_host_planted_is_none(caller, hua):
    caller.signs_in()
    stranger = caller.http.application.test_client()
    stranger.set_cookie("shaodao_session", caller.http.get_cookie("shaodao_session").value)
    assert stranger.get(SESSION).status_code == 200
    assert stranger.get(SESSION, base_url=SAFE).status_code == 401


def test_signing_out_over_https_forgets_the_session_and_photos_that_the_browser_kept(caller, hua):
    caller.signs_in(base_url=SAFE)
    out = caller.sends("DELETE", SESSION, base_url=SAFE)
    forgotten = [each for each in out.headers.getlist("Set-Cookie") if "Max-Age=0" in each]
    assert [each.split("=")[0] for each in forgotten] == [
        "__Host-shaodao_session",
        "__Host-shaodao_here",
    ]
    assert all("Secure" in each for each in forgotten)
    assert out.headers["Clear-Site-Data"] == '"cache"'


def test_a_made_up_device_is_a_new_one(caller, hua):
    caller.http.set_cookie("shaodao_device", "x" * 32)
    caller.signs_in()
    assert caller.http.get_cookie("shaodao_device").value[:32] != "x" * 32


@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "shaodao_session"])
def test_no_secret_in_an_address_opens_anything(caller, store, hua, name):
    token = make_token(store, hua)
    for shown in (token, f"Bearer {token}"):
        assert caller.http.get(SESSION, query_string={name: shown}).status_code == 401
