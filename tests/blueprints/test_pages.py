"""The pages by which people come in."""

import re
from html import escape

import pytest
from city import City
from published import publish

from dispatch.app import create_app
from dispatch.blueprints.page_table import PAGES

pytestmark = pytest.mark.one_database("pages are templates and headers")

BEHIND_THE_SIGN_IN = [page.address for page in PAGES.values() if not page.is_public]


@pytest.fixture
def city(store, settings):
    publish(store)
    return City(create_app(settings, store), store)


def look(person, path, **headers):
    shown = {"Authorization": f"Bearer {person.token}"} if person.token else {}
    return person.http.get(path, headers=shown | headers)


@pytest.mark.parametrize("path", [*BEHIND_THE_SIGN_IN, "/console?status=signed"])
def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(city, path):
    answer = look(city.stranger(), path)
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")
    page = city.stranger().http.get(answer.location).get_data(as_text=True)
    assert f'data-next="{path}"' in page


def test_a_page_that_is_not_theirs_says_so_in_words(city):
    answer = look(city.volunteer(), "/console")
    assert answer.status_code == 403
    assert "岗位" in answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"


def test_each_role_finds_its_way_from_home(city):
    assert 'href="/m/"' in look(city.volunteer(), "/").get_data(as_text=True)
    assert 'href="/console"' in look(city.department(), "/").get_data(as_text=True)
    supervisor = look(city.supervisor(), "/").get_data(as_text=True)
    assert 'class="ways"' in supervisor
    assert 'href="/reports/overdue"' in supervisor


@pytest.mark.parametrize("who", ["volunteer", "street", "department", "supervisor", "admin"])
def test_no_page_offers_a_way_that_ends_at_a_closed_door(city, who):
    person = city.person(who)
    for path in re.findall(r'<a href="(/[^"]+)"', look(person, "/").get_data(as_text=True)):
        assert look(person, path).status_code == 200, path


def test_an_administrator_is_told_where_people_are_managed(city):
    page = look(city.person("admin"), "/").get_data(as_text=True)
    assert "python -m dispatch person" in page
    assert "还没有岗位" not in page


def test_a_mistyped_address_is_a_page_for_people_and_a_problem_for_programs(city):
    page = look(city.street(), "/nowhere", Accept="text/html,*/*;q=0.8")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    for path, accept in (("/nowhere", "*/*"), ("/api/v1/nowhere", "text/html")):
        answer = look(city.street(), path, Accept=accept)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_used_link_is_told_as_a_page(city):
    answer = city.stranger().http.get("/welcome/nonsense")
    assert answer.status_code == 410
    assert answer.mimetype == "text/html"


def test_pages_carry_no_inline_style_or_script(city):
    for path in ("/login", "/login?elder"):
        page = city.stranger().http.get(path).get_data(as_text=True)
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page


def test_the_language_is_chosen_and_leads_back_inside_only(city):
    http = city.stranger().http
    assert http.get("/language/en?next=/login").location == "/login"
    assert '<html lang="en"' in http.get("/login").get_data(as_text=True)
    assert http.get("/language/en").location == "/"


@pytest.mark.parametrize(
    "path",
    ["/", "/login", "/reports/overdue?department=JTJ&by=street", "/console?alert=a-b_c", "/phone/"],
)
def test_every_page_of_the_house_is_led_back_to(city, path):
    http = city.stranger().http
    assert http.get("/language/en", query_string={"next": path}).location == path
    page = http.get("/login", query_string={"next": path}).get_data(as_text=True)
    assert f'data-next="{escape(path)}"' in page


# As they stand in the address, where % begins a byte.
OUTSIDE = (
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "%2f%2fevil.example",
    "%2F/evil.example",
    "/%2fevil.example",
    "%252f%252fevil.example",
    "/%252fevil.example",
    "/%255cevil.example",
    "/%2509/evil.example",
    "/%5cevil.example",
    "%5c%5cevil.example",
    "%5cevil.example",
    "/%5c/evil.example",
    "/x%5c..%5c/evil.example",
    "/%09/evil.example",
    "/%09//evil.example",
    "%09//evil.example",
    "/%0a/evil.example",
    "/%0a/x",
    "/%0d/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/login%0a",
    "/login%0d%0aSet-Cookie:a=b",
    "/login?x=%0aSet-Cookie:a=b",
    "/login?x=%09",
    "/%0b/evil.example",
    "/%7f/evil.example",
    "/%20/evil.example",
    "%20//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/login//evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://EVIL.EXAMPLE/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/:80//evil.example",
    "@evil.example",
    "/@evil.example",
    "//a:b@evil.example",
    "//login@evil.example/login",
    "evil.example",
    "login",
    ".evil.example",
    "?next=//evil.example",
    "%23//evil.example",
    "%EF%BC%8F%EF%BC%8Fevil.example",
    "/%EF%BC%8Fevil.example",
    "/%E2%88%95evil.example",
    "/%E3%80%82evil.example",
    "/%C2%A0/evil.example",
    "/%E2%80%8B/evil.example",
    "/%E2%80%A8/evil.example",
    "/%C2%85/evil.example",
    "/%ff/evil.example",
    "/%ed%a0%80/evil.example",
    "//%E4%BE%8B.example",
)


@pytest.mark.parametrize("outside", OUTSIDE)
def test_nobody_is_led_out_of_the_house(city, outside):
    http = city.stranger().http
    answer = http.get(f"/language/en?next={outside}")
    assert (answer.status_code, answer.location) == (302, "/")
    assert 'data-next=""' in http.get(f"/login?next={outside}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("http://10.20.3.4/login", True),
        ("http://10.20.3.4:8000/login", True),
        ("https://shaodao.example/login", False),
        ("http://127.0.0.1:8000/login", False),
        ("http://localhost/login", False),
    ],
)
def test_an_address_that_everybody_can_read_says_so(city, address, warned):
    page = city.stranger().http.get(address).get_data(as_text=True)
    assert ("没有加密" in page) is warned
