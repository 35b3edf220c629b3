"""A console before which nobody sits: its words and deeds are locked, its board goes on."""

import pytest
from callers import PASSWORD, SESSION, Caller
from city import Alert

from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.make_token import make_token
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import LINK

BOARD, FORMS = "/api/v1/board", "/api/v1/forms"


@pytest.fixture
def database_url(sqlite_url):
    """Nothing here is about the database."""
    return sqlite_url


@pytest.fixture
def desk(city):
    """The street's desk in its browser."""
    grant = Grant("street_dispatcher", "street-futian")
    person = add_person(city.store, NewPerson("李华", (grant,), login="hua"), city.organisation)
    choose_password(city.store, make_token(city.store, person, LINK), PASSWORD)
    caller = Caller(city.app.test_client())
    caller.signs_in()
    return caller


def hole(city) -> Alert:
    return city.volunteer().reports()


def test_a_locked_console_shows_its_board_and_no_words(city, desk, wall):
    alert = hole(city)
    page = f"/api/v1/alerts/{alert.id}"
    assert desk.http.get(page).status_code == 200
    wall(minutes=30)
    locked = desk.http.get(page)
    assert (locked.status_code, locked.json["code"]) == (401, "session_locked")
    board = desk.http.get(BOARD)
    assert [card["id"] for card in board.json["cards"]] == [alert.id]
    assert "半米宽" not in board.text
    after = board.json["cursor"]
    assert desk.http.get(f"{BOARD}/changes", query_string={"after": after}).status_code == 200


def test_a_locked_console_takes_no_step_and_lists_nothing(city, desk, wall):
    alert = hole(city)
    wall(minutes=30)
    step = {"step": "note", "version": 1, "client_id": "0" * 32, "text": "seen"}
    answers = [
        desk.sends("POST", f"/api/v1/alerts/{alert.id}/steps", json=step),
        desk.sends("PUT", f"{SESSION}/password", json={"old": PASSWORD, "new": "seven stones x"}),
        desk.sends("POST", f"{SESSION}/here", json={}),
        desk.http.get("/api/v1/alerts"),
        desk.http.get(f"{SESSION}/sign-ins"),
        desk.http.get("/api/v1/reports/overdue"),
    ]
    assert {answer.json["code"] for answer in answers} == {"session_locked"}
    assert desk.http.get("/console").status_code == 302


def test_what_a_console_asks_by_itself_is_no_sign_of_somebody(desk, wall):
    for _ in range(6):
        wall(minutes=5)
        assert desk.http.get(BOARD).status_code == 200
        assert desk.http.get(FORMS).status_code == 200
        assert desk.http.get(SESSION).status_code == 200
    assert desk.http.get("/api/v1/alerts").json["code"] == "session_locked"


def test_an_open_alert_that_others_change_keeps_no_desk_open(city, desk, wall):
    """The drawer reads it again at each change: nobody pressed anything."""
    page, by_itself = f"/api/v1/alerts/{hole(city).id}", {"X-Unattended": "1"}
    for _ in range(5):
        wall(minutes=5)
        assert desk.http.get(page, headers=by_itself).status_code == 200
    wall(minutes=5)
    assert desk.http.get(page).json["code"] == "session_locked"
    assert desk.http.get(page, headers=by_itself).json["code"] == "session_locked"


def test_whoever_moves_the_mouse_is_not_locked(desk, wall):
    for _ in range(6):
        wall(minutes=20)
        assert desk.sends("POST", f"{SESSION}/here", json={}).status_code == 204
    assert desk.http.get("/api/v1/alerts").status_code == 200


def test_signing_in_again_unlocks_and_ends_the_locked_session(desk, wall):
    before = desk.http.get_cookie("shaodao_session").value
    wall(minutes=40)
    assert desk.signs_in().status_code == 200
    assert desk.http.get("/api/v1/alerts").status_code == 200
    desk.http.set_cookie("shaodao_session", before)
    assert desk.http.get(BOARD).status_code == 401


def test_a_console_is_told_after_how_long_it_is_locked_and_a_phone_is_not(city, desk):
    assert desk.http.get(SESSION).json["idle_s"] == 30 * 60
    on_the_way = city.volunteer()
    shown = {"Authorization": f"Bearer {on_the_way.token}"}
    assert on_the_way.http.get(SESSION, headers=shown).json["idle_s"] is None
