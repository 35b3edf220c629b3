"""Answers are packed for whoever can read that, except where they hold a secret."""

import gzip
import json

import pytest
from city import City
from published import publish

from dispatch.app import create_app
from dispatch.blueprints import compression

pytestmark = pytest.mark.one_database("answers are packed after they were made")

PACKED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


def asks(person, path, **headers: str):
    authorised = {"Authorization": f"Bearer {person.token}"}
    return person.http.get(path, headers=authorised | headers)


def test_forms_come_packed_and_say_the_same(city):
    volunteer = city.volunteer()
    plain = asks(volunteer, "/api/v1/forms")
    packed = asks(volunteer, "/api/v1/forms", **PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert json.loads(gzip.decompress(packed.data)) == plain.json
    assert len(packed.data) < len(plain.data) / 4
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_a_kept_answer_is_recognised_packed_or_not(city):
    volunteer = city.volunteer()
    etag = asks(volunteer, "/api/v1/forms", **PACKED).headers["ETag"]
    again = asks(volunteer, "/api/v1/forms", **PACKED, **{"If-None-Match": etag})
    assert again.status_code == 304


def test_the_answer_that_holds_the_token_is_never_packed(city, monkeypatch):
    monkeypatch.setattr(compression, "_LEAST", 1)
    volunteer = city.volunteer()
    session = asks(volunteer, "/api/v1/session", **PACKED)
    assert session.status_code == 200
    assert "Content-Encoding" not in session.headers
    assert asks(volunteer, "/api/v1/tasks", **PACKED).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/login", "/welcome/anything"])
def test_pages_at_the_door_are_never_packed(city, monkeypatch, path):
    monkeypatch.setattr(compression, "_LEAST", 1)
    answer = city.stranger().http.get(path, headers=PACKED)
    assert "Content-Encoding" not in answer.headers


def test_a_short_answer_and_a_refusal_stay_as_they_are(city):
    assert "Content-Encoding" not in asks(city.handler(), "/api/v1/tasks", **PACKED).headers
    refused = asks(city.volunteer(), "/api/v1/board", **PACKED)
    assert refused.status_code == 403
    assert "Content-Encoding" not in refused.headers


def test_built_files_are_sent_as_they_were_packed_at_build_time(city, tmp_path, monkeypatch):
    (tmp_path / "console.js").write_text("let words = 1;" * 200)
    (tmp_path / "console.js.gz").write_bytes(gzip.compress(b"let words = 1;" * 200))
    monkeypatch.setattr(compression, "DIST", tmp_path)
    monkeypatch.setattr(city.app.blueprints["pages"], "static_folder", str(tmp_path))
    answer = city.stranger().http.get("/static/dist/console.js", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == b"let words = 1;" * 200
    assert "immutable" in answer.headers["Cache-Control"]
    plain = city.stranger().http.get("/static/dist/console.js")
    assert plain.data == b"let words = 1;" * 200
    plain.close()
