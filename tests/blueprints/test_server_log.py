"""Each event is one JSON line that tells what went wrong, and of nobody and nowhere."""

import json
import logging

import pytest
from city import City
from published import publish
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dispatch.app import create_app
from dispatch.blueprints.server_log import JsonLines, write_json_lines
from dispatch.settings import load_settings


@pytest.fixture
def lines():
    """What is logged, as it is written."""
    written = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    handler, root = Kept(), logging.getLogger()
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    access = logging.getLogger("dispatch.access")
    access.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


def test_a_line_tells_when_how_bad_and_by_whom(lines):
    logging.getLogger("dispatch.x").warning("notice %s failed\nbadly", 7)
    [line] = lines
    assert line["message"] == "notice 7 failed\nbadly", "one line, whatever is in it"
    assert (line["level"], line["logger"]) == ("warning", "dispatch.x")
    assert line["at"].endswith("Z")
    assert "request" not in line


def test_an_answer_and_its_lines_have_the_same_number(city, lines):
    @city.app.get("/broken")
    def broken():
        raise ValueError("张三 住在 114.0579, 22.5431")

    broken.is_public = True
    answer = city.app.test_client().get("/broken?at=114.0579,22.5431")
    line = lines[-1]
    assert answer.status_code == 500
    assert line["request"] == answer.headers["X-Request-Id"]
    assert line["errors"][0]["kind"] == "ValueError"
    assert any("test_server_log.py" in where for where in line["errors"][0]["where"])
    assert "张三" not in json.dumps(lines, ensure_ascii=False)
    assert "114.0579" not in json.dumps(lines)


def test_no_value_of_a_statement_is_told(store, lines):
    row = {"id": 1, "login_ref": "secret value"}
    insert = text("INSERT INTO person (id, login_ref) VALUES (:id, :login_ref)")
    with pytest.raises(IntegrityError) as broken, store.write() as tx:
        tx.session.execute(insert, row)
    logging.getLogger("dispatch.x").error("failed", exc_info=broken.value)
    assert "secret value" not in str(lines)
    if store.is_sqlite:
        assert "secret value" not in str(broken.value), "not in the words of the error either"


def test_an_address_loses_what_is_asked_in_it(lines):
    logging.getLogger("gunicorn.error").error("Error handling request /api/v1/alerts?near=114.05")
    assert lines[-1]["message"] == "Error handling request /api/v1/alerts?…"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Invalid request from ip=10.1.2.3: Invalid HTTP request line: 'GET /welcome/s3 x y'",
            "Invalid request: Invalid HTTP request line",
        ),
        (
            "Invalid request from ip=fe80::1: Invalid HTTP Header: '福田街道'",
            "Invalid request: Invalid HTTP Header",
        ),
        (
            "Error handling request POST /api/v1/welcome/s3cret",
            "Error handling request POST /api/v1/welcome/…",
        ),
        ("Error handling request (no URI read)", "Error handling request (no URI read)"),
        ("Worker exiting (pid: 7)", "Worker exiting (pid: 7)"),
    ],
)
def test_what_nobody_could_read_is_told_without_sender_and_words(lines, said, told):
    logging.getLogger("gunicorn.error").warning(said)
    assert [each["message"] for each in lines] == [told]


@pytest.mark.parametrize("path", ["/welcome/", "/api/v1/welcome/"])
def test_a_one_time_link_is_no_line_of_the_log(lines, path):
    logging.getLogger("gunicorn.error").error("Error handling request %ss3cr3t-_x (reset)", path)
    assert lines[-1]["message"] == f"Error handling request {path}… (reset)"


def test_the_log_goes_to_standard_error_and_nowhere_else(monkeypatch, capsys):
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [logging.NullHandler()])
    monkeypatch.setattr(root, "level", root.level)
    write_json_lines()
    assert [type(each) for each in root.handlers] == [logging.StreamHandler]
    logging.getLogger("dispatch.x").warning("a disk is full")
    out, err = capsys.readouterr()
    assert (out, json.loads(err)["message"]) == ("", "a disk is full")
    ours = [each for each in logging.root.manager.loggerDict if each.startswith("dispatch")]
    assert [name for name in ours if logging.getLogger(name).handlers] == []


@pytest.mark.parametrize("written", ["0", "1"])
def test_each_request_is_a_line_where_that_is_wanted(store, settings, lines, written):
    publish(store)
    wanted = load_settings({"DISPATCH_ACCESS_LOG": written}).access_log
    object.__setattr__(settings, "access_log", wanted)
    create_app(settings, store).test_client().get("/api/v1/alerts/1128-00010-G")
    told = [line for line in lines if line["logger"] == "dispatch.access"]
    assert len(told) == wanted
    assert not told or (told[0]["route"], told[0]["status"]) == (
        "/api/v1/alerts/<id_or_number>",
        401,
    )
