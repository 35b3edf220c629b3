"""The phone's app under /m/: what may be kept, and what is asked for again."""

import pytest

from dispatch.app import create_app
from dispatch.blueprints import pwa

pytestmark = pytest.mark.one_database("files and headers")


@pytest.fixture
def http(store, settings, tmp_path, monkeypatch):
    built = {"index.html": "<p>built", "sw.js": "1", "assets/index-abc.js": "2"}
    built |= {"manifest.webmanifest": "{}"}
    for name, text in built.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(pwa, "DIST", tmp_path)
    return create_app(settings, store).test_client()


@pytest.mark.parametrize("path", ["/m/", "/m/index.html", "/m/sw.js", "/m/manifest.webmanifest"])
def test_what_keeps_its_name_is_asked_for_again(http, path):
    answer = http.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_has_its_digest_in_its_name_is_kept(http):
    assert "immutable" in http.get("/m/assets/index-abc.js").headers["Cache-Control"]


def test_the_manifest_is_told_as_one(http):
    assert http.get("/m/manifest.webmanifest").mimetype == "application/manifest+json"


@pytest.mark.parametrize("path", ["/m/nothing.js", "/m/../app.py", "/m/%2e%2e/secrets"])
def test_there_is_nothing_else_to_be_had(http, path):
    assert http.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/m/", "/m/index.html"])
def test_the_page_is_filled_in_at_each_of_its_addresses(http, tmp_path, path):
    (tmp_path / "index.html").write_text("%brand% %about% %script_needed%")
    page = http.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "%" not in page
    assert "The console" not in page


def test_without_the_slash_one_comes_to_the_app(http):
    answer = http.get("/m")
    assert answer.status_code == 308
    assert answer.location.endswith("/m/")


def test_an_app_that_was_not_built_says_so_to_nobody_but_stays_a_page(http, tmp_path):
    (tmp_path / "index.html").unlink()
    assert http.get("/m/").status_code == 200


def test_whoever_can_unpack_gets_fewer_bytes(http, tmp_path):
    (tmp_path / "sw.js.gz").write_bytes(b"packed")
    packed = http.get("/m/sw.js", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.data == b"packed"
    assert "Content-Encoding" not in http.get("/m/sw.js").headers
