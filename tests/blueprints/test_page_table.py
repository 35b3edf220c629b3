"""A page is complete: its row, its template, its script, its words; each missing one is named."""

import json
import re

import pytest
from city import CAST, City
from published import publish

from dispatch.app import create_app
from dispatch.blueprints.assets import DIST
from dispatch.blueprints.page_table import EVERY_PAGE, HOUSE, PAGES, TEMPLATES, offered
from dispatch.domain.roles import ROLES
from dispatch.translations import LANGUAGES, catalogue

TABLE = "dispatch/blueprints/pages.json"
# What pages are made of, and the one that stands in for another: no address leads there.
FRAME = {"base.html", "parts.html", "art.svg", "error.html", "second_factor.html"}
# Addresses that answer with something else than a page.
NO_PAGES = re.compile(
    r"/api/.*|/test/clock|/healthz|/readyz|/metrics|/language/.*|.*<path:filename>"
)
SERVED = [name for name, page in PAGES.items() if page.template]


@pytest.fixture
def database_url(sqlite_url):
    """Nothing here is about the database."""
    return sqlite_url


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


@pytest.mark.parametrize("name", PAGES)
def test_the_files_of_a_page_are_there(name):
    page = PAGES[name]
    wanted = [page.template and f"templates/{page.template}", page.script, page.app]
    missing = [file for file in wanted if file and not (HOUSE / file).exists()]
    assert not missing, f"write these, or correct {name} in {TABLE}: {missing}"
    assert bool(page.template) != bool(page.app), f"{name} in {TABLE}: a template, or an app"


def test_the_files_of_every_page_are_there():
    missing = [file for file in vars(EVERY_PAGE).values() if not (HOUSE / file).exists()]
    assert not missing, f"write these, or correct every_page in {TABLE}: {missing}"


def test_every_template_is_a_pages():
    stray = {file.name for file in TEMPLATES.iterdir()} - FRAME
    stray -= {page.template for page in PAGES.values()}
    assert not stray, f"give these a row in {TABLE}: {sorted(stray)}"


def words_of(page):
    """`pages.home.title`: where home itself differs by reader, it has more of them."""
    yield from [f"pages.{page.name}.title"] if page.template else []
    if page.roles:
        yield from (f"pages.nav.{page.name}", f"pages.home.{page.name}")
        yield f"pages.home.{page.name}_note"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_words_in_every_language(name):
    wanted = {*words_of(PAGES[name])}
    missing = {
        f"dispatch/translations/{language}/pages.json": sorted(wanted - set(catalogue(language)))
        for language in LANGUAGES
    }
    assert not any(missing.values()), f"write these words: {missing}"


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.roles])
def test_a_page_that_home_offers_has_a_symbol_and_roles_that_exist(name):
    page = PAGES[name]
    sprite = (HOUSE / EVERY_PAGE.sprite).read_text(encoding="utf-8")
    assert f'id="i-{page.icon}"' in sprite, f"draw i-{page.icon} in {EVERY_PAGE.sprite}"
    assert {*page.roles} <= {*ROLES}, f"{name} in {TABLE} names roles that do not exist"
    assert {*page.first_for} <= {*page.roles}, f"{name} in {TABLE}: first_for, but not for them"


def test_every_row_is_served_and_every_page_has_a_row(city):
    served = {
        rule.rule
        for rule in city.app.url_map.iter_rules()
        if "GET" in rule.methods and not NO_PAGES.fullmatch(rule.rule)
    }
    rows = {page.address for page in PAGES.values()}
    assert served - rows == set(), f"give these a row in {TABLE}"
    where = "a module of dispatch/blueprints that dispatch/app.py lists in BLUEPRINTS"
    assert rows - served == set(), f"serve these: serve_page() in {where}"


@pytest.mark.skipif(not (DIST / "manifest.json").exists(), reason="the faces are not built")
def test_every_script_was_built():
    built = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    wanted = {page.script for page in PAGES.values() if page.script} | {*vars(EVERY_PAGE).values()}
    assert wanted <= set(built), "build the faces again: make setup"


def test_the_app_of_the_phone_is_installed_at_its_address():
    page = PAGES["mobile"]
    manifest = HOUSE / page.app / "public" / "manifest.webmanifest"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    assert {told["id"], told["start_url"], told["scope"]} == {page.address}, manifest
    assert all(icon["src"].startswith(page.address) for icon in told["icons"])


@pytest.mark.parametrize(
    ("roles", "addresses"),
    [
        (["supervisor"], ["/reports/overdue", "/console"]),
        (["district_dispatcher"], ["/console", "/reports/overdue"]),
        (["department_dispatcher"], ["/console", "/reports/overdue"]),
        (["street_dispatcher"], ["/console", "/reports/overdue"]),
        (["handler"], ["/m/"]),
        (["grid_worker"], ["/m/"]),
        (["volunteer"], ["/m/"]),
        (["admin"], []),
        (["security_admin"], []),
        (["auditor"], ["/audit"]),
        ([], []),
        (["handler", "supervisor"], ["/reports/overdue", "/console", "/m/"]),
        (["volunteer", "street_dispatcher"], ["/console", "/reports/overdue", "/m/"]),
    ],
)
def test_home_offers_each_role_its_pages_the_usual_one_first(roles, addresses):
    assert [page.address for page in offered(roles)] == addresses


@pytest.mark.parametrize("name", SERVED)
def test_a_page_opens_for_those_it_names_and_for_no_others(city, name):
    page = PAGES[name]
    for who, grant in CAST.items():
        person = city.person(who)
        shown = {"Authorization": f"Bearer {person.token}"}
        answer = person.http.get(page.beginning + "guess" * ("<" in page.address), headers=shown)
        wanted = 200 if page.is_public or not page.roles or grant.role in page.roles else 403
        assert answer.status_code == (410 if name == "welcome" else wanted), who
        assert answer.mimetype == "text/html"
        assert answer.headers["Cache-Control"] == "no-store"
        assert re.search(r"<title>\S.* · 哨到</title>", answer.text), who


@pytest.mark.parametrize("address", ["/", "/account", "/reports/overdue"])
def test_whoever_is_signed_in_leaves_from_every_page(city, address):
    """The console and the phone draw theirs themselves."""
    boss = {"Authorization": f"Bearer {city.person('supervisor').token}"}
    http = city.stranger().http
    assert "data-sign-out" in http.get(address, headers=boss).text
    assert "data-sign-out" not in http.get("/login").text
