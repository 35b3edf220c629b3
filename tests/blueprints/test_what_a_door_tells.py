"""What answers tell of themselves, and what no address gives away."""

import re
from pathlib import Path

import pytest
from city import City
from published import publish

from dispatch.app import create_app

pytestmark = pytest.mark.one_database("headers and addresses: no row is asked")
TEMPLATES = Path(__file__).parents[2] / "templates"
ADDRESSES = ["/login", "/healthz", "/nowhere", "/api/v1/nowhere", "/api/v1/forms", "/m/"]


@pytest.fixture
def http(store, settings):
    publish(store)
    return City(create_app(settings, store), store).app.test_client()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_text_says_how_it_is_written(http, path):
    kind = http.get(path).headers["Content-Type"]
    is_json = re.fullmatch(r"application/(problem\+)?json", kind)  # always UTF-8 (RFC 8259)
    assert is_json or kind.endswith("; charset=utf-8")


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_page_of_another_site_reads_an_answer(http, path):
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
    for method in ("GET", "OPTIONS"):
        told = http.open(path, method=method, headers=asked).headers
        assert not [name for name, _ in told if name.startswith("Access-Control-")]
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert told["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_is_told_to_no_other_site(http, path):
    assert http.get(path).headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ADDRESSES)
def test_no_request_is_sent_back_to_whoever_traces_it(http, path):
    answer = http.open(path, method="TRACE", headers={"X-Secret": "not to be repeated"})
    assert answer.status_code in {401, 404, 405}
    assert "not to be repeated" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.git/HEAD", "/.env", "/static/", "/dist/", "/m/.vite/", "/data/seal.key"],
)
def test_no_folder_and_no_file_of_the_workshop_is_shown(http, path):
    assert http.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/login", "/healthz", "/nowhere"])
def test_an_answer_names_no_program_and_no_version(http, path):
    told = http.get(path).headers
    assert "X-Powered-By" not in told
    assert not re.search(r"\d", told.get("Server", ""))


def test_a_password_is_hidden_and_may_be_pasted_and_kept():
    asked = [
        field
        for page in TEMPLATES.glob("*.html")
        for field in re.findall(r"<input[^>]*password[^>]*>", page.read_text())
    ]
    assert len(asked) == 7
    for field in asked:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert not re.search(r"onpaste|maxlength|readonly", field)
