"""One's own password and sign-ins over HTTP."""

import pytest
from callers import PASSWORD, SESSION, Caller, open_app, somebody

from dispatch.blueprints.origins import browser_in
from dispatch.installation.people.make_token import make_token

NEW = "another horse 9"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
IN_WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/130.0 Safari MicroMessenger/8.0"


@pytest.fixture
def hua(store):
    return somebody(store)


@pytest.fixture
def app(store, hua):
    return open_app(store)


@pytest.fixture
def desk(app):
    caller = Caller(app.test_client())
    caller.signs_in(headers={"User-Agent": WINDOWS})
    return caller


@pytest.fixture
def phone(app):
    caller = Caller(app.test_client())
    caller.signs_in(headers={"User-Agent": IPHONE})
    return caller


def listed(caller):
    return caller.http.get(f"{SESSION}/sign-ins").json["sign_ins"]


def changes(caller, old=PASSWORD, new=NEW):
    return caller.sends("PUT", f"{SESSION}/password", json={"old": old, "new": new})


def test_everybody_sees_where_they_are_signed_in(desk, phone, store, hua):
    make_token(store, hua)
    seen = {(each["kind"], each["used_on"], each["is_this"]) for each in listed(desk)}
    assert seen == {
        ("session", "Chrome · Windows", True),
        ("session", "Safari · iPhone", False),
        ("token", "", False),
    }


def test_a_lost_phone_is_signed_out_from_the_desk(desk, phone):
    (lost,) = (each["id"] for each in listed(desk) if not each["is_this"])
    assert desk.sends("DELETE", f"{SESSION}/sign-ins/{lost}").status_code == 204
    assert phone.http.get(SESSION).status_code == 401
    again = desk.sends("DELETE", f"{SESSION}/sign-ins/{lost}")
    assert (again.status_code, again.json["code"]) == (404, "unknown_sign_in")


def test_signing_out_everywhere_ends_this_one_too_and_the_device_stays_known(desk, phone):
    assert desk.sends("DELETE", f"{SESSION}/sign-ins").status_code == 204
    assert desk.http.get_cookie("shaodao_session") is None
    assert desk.http.get_cookie("shaodao_device")
    assert [each.http.get(SESSION).status_code for each in (desk, phone)] == [401, 401]


def test_a_changed_password_keeps_who_changed_it_and_ends_the_rest(desk, phone, store, hua):
    token = {"Authorization": f"Bearer {make_token(store, hua)}"}
    assert changes(desk).status_code == 204
    assert desk.http.get(SESSION).status_code == 200
    assert phone.http.get(SESSION).status_code == 401
    assert phone.http.get(SESSION, headers=token).status_code == 401
    assert phone.signs_in(password=NEW).status_code == 200


def test_a_slip_in_the_present_password_signs_nobody_out(desk):
    refused = changes(desk, old="not the password")
    assert (refused.status_code, refused.json["code"]) == (422, "wrong_password")
    assert desk.http.get(SESSION).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_site_changes_nothing(desk, method):
    path = {"PUT": f"{SESSION}/password", "DELETE": f"{SESSION}/sign-ins"}[method]
    refused = desk.http.open(path, method=method, json={"old": PASSWORD, "new": NEW})
    assert refused.json["code"] == "csrf_missing"


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (WINDOWS, "Chrome · Windows"),
        (IPHONE, "Safari · iPhone"),
        (IN_WECHAT, "WeChat · Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_know_it(header, known):
    assert browser_in(header) == known


def test_a_token_ends_with_the_password_that_is_changed_by_it(desk, store, hua):
    shown = {"Authorization": f"Bearer {make_token(store, hua)}"}
    sent = {"old": PASSWORD, "new": NEW}
    assert desk.http.put(f"{SESSION}/password", json=sent, headers=shown).status_code == 204
    assert desk.http.get(SESSION, headers=shown).status_code == 401
    assert desk.http.get(SESSION).status_code == 401


def test_where_the_password_was_changed_the_device_stays_known(desk, store, hua):
    assert changes(desk).status_code == 204
    for number in range(80):
        desk.http.application.test_client().post(
            SESSION,
            json={"login": "hua", "password": "wrong"},
            environ_base={"REMOTE_ADDR": f"198.51.100.{number}"},
        )
    assert desk.signs_in(password=NEW).status_code == 200
