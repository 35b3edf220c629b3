"""The board over HTTP, and the sockets' door: the same credentials, the same refusals."""

import pytest
from callers import Caller, open_app, somebody
from desk import Desk
from published import publish
from werkzeug.test import EnvironBuilder

from dispatch.blueprints.board import ConsoleAuthenticator, board
from dispatch.errors import Refused
from dispatch.installation.people.make_token import make_token
from dispatch.store.people import TOKEN

pytestmark = pytest.mark.one_database(
    "how positions and scopes are read and refused; feed/ has the queries"
)

ROADS = "JTJ"


@pytest.fixture
def app(store):
    publish(store)
    app = open_app(store)
    app.register_blueprint(board)
    return app


@pytest.fixture
def desk(app, store):
    return Desk(store)


def futian(store):
    with store.read() as session:
        return store.playbook(session).organisation


@pytest.fixture
def roads(app, store):
    """The transport bureau's desk, signed in."""
    somebody(store, unit=ROADS, city=futian(store))
    caller = Caller(app.test_client())
    caller.signs_in()
    return caller.http


@pytest.fixture
def volunteer(app, store):
    somebody(store, role="volunteer", unit=ROADS, city=futian(store))
    caller = Caller(app.test_client())
    caller.signs_in()
    return caller.http


def test_the_board_comes_with_the_words_for_its_ids(desk, roads):
    alert = desk.report(lead=ROADS)
    desk.report(lead="roads")
    answer = roads.get("/api/v1/board").json
    assert [card["id"] for card in answer["cards"]] == [alert]
    assert answer["labels"]["units"][ROADS]["zh"]
    assert answer["labels"]["categories"][answer["cards"][0]["category"]].keys() >= {"zh", "icon"}
    assert answer.keys() == {"cursor", "now", "cards", "labels"}


def test_changes_follow_the_boards_cursor(desk, roads):
    cursor = roads.get("/api/v1/board").json["cursor"]
    alert = desk.report(lead=ROADS)
    answer = roads.get("/api/v1/board/changes", query_string={"after": cursor}).json
    assert [change["card"]["id"] for change in answer["changes"]] == [alert]
    assert answer.keys() == {"cursor", "now", "changes"}


@pytest.mark.parametrize(
    ("after", "status", "code"),
    [
        (None, 422, "invalid"),
        ("nonsense", 422, "bad_cursor"),
        ("elsewhere.3", 410, "gap_too_wide"),
    ],
)
def test_a_cursor_that_leads_nowhere_is_named(desk, roads, after, status, code):
    query = {} if after is None else {"after": after}
    answer = roads.get("/api/v1/board/changes", query_string=query)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/api/v1/board", "/api/v1/board/changes?after=first.1"])
def test_a_volunteer_has_no_board(desk, volunteer, path):
    """Their own alerts come by the list: nothing live tells who reported."""
    answer = volunteer.get(path)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


@pytest.mark.parametrize("path", ["board", "board/changes?after=first.1", "places", "forms"])
def test_nobody_looks_without_signing_in(app, path):
    assert app.test_client().get(f"/api/v1/{path}").status_code == 401


@pytest.mark.parametrize("path", ["/api/v1/places", "/api/v1/forms"])
def test_forms_and_land_are_sent_again_only_when_they_changed(volunteer, path):
    first = volunteer.get(path)
    assert first.status_code == 200
    again = volunteer.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = volunteer.get(path, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200


def environ(token):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return EnvironBuilder("/socket.io/", headers=headers).get_environ()


def test_a_console_comes_in_by_token(app, desk, store):
    token = make_token(store, somebody(store, unit=ROADS, city=futian(store)), TOKEN)
    assert ROADS in ConsoleAuthenticator(app).scope_of(environ(token)).units


@pytest.mark.parametrize("token", [None, "guessed"])
def test_a_console_without_credentials_is_refused_in_words(app, desk, token):
    door = ConsoleAuthenticator(app)
    with pytest.raises(Refused) as refused:
        door.scope_of(environ(token))
    answer = door.refuse(refused.value, environ(token))
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")
