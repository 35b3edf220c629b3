"""Another city, in a language that the package does not have: nobody meets ours anywhere."""

import re
from datetime import date

import amsterdam
import pytest
from city import City
from town import as_bytes, with_change

from dispatch.app import create_app
from dispatch.channels.message import Message
from dispatch.channels.one_line import one_line
from dispatch.domain.roles import Grant
from dispatch.installation.initialise import initialise
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.rules.book.loading import load
from dispatch.rules.proving.checks import check
from dispatch.rules.telling.city_words import city_words
from dispatch.rules.telling.drawing import drawn_streets
from dispatch.translations import catalogue, speaking

OURS = re.compile(r"[\u3400-\u9fff]|Shanghai|Futian|\b119\b|zh[_-]|GCJ")
# Sentences of the package in English, long enough that no id or code is one of them.
ENGLISH = {
    words
    for key, words in catalogue("en").items()
    if key.startswith(("words.", "log.", "problems."))
    and words.count(" ") > 1
    and "{" not in words
    and ".format." not in key
}
DRAWN = re.compile(r"<svg.*?</svg>|<path[^>]*>", re.DOTALL)
HERE = {"lon": 4.9, "lat": 52.38, "accuracy_m": 10, "crs": "wgs84"}
HOLE = {"position": HERE, "text": "gat in de weg", "answers": {"urgency": "danger"}}
NORTH = Grant("street_dispatcher", "north")
ROADS = Grant("department_dispatcher", "ROADS")


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def city(store, settings):
    initialise(store, amsterdam.files())
    return City(create_app(settings, store), store)


def is_dutch(text):
    found = OURS.search(text)
    assert found is None, text[max(0, found.start() - 60) : found.end() + 60]
    assert [words for words in ENGLISH if words in text] == []
    return text


def test_its_playbook_is_sound():
    faults = check(amsterdam.files(), date(2026, 11, 23))
    assert [fault.sentence("en") for fault in faults if fault.level == "error"] == []
    assert {fault.code for fault in faults} == {"category_unreached"}


def test_the_doors_show_the_streets_of_the_city(city):
    login = city.app.test_client().get("/login").get_data(as_text=True)
    assert re.findall(r'<path d="([^"]+)"/>', login[login.index('class="a1"') :]) == [
        *drawn_streets(load(amsterdam.files()))
    ]


@pytest.mark.parametrize("path", ["/", "/login", "/m/", "/m/manifest.webmanifest", "/nowhere"])
def test_its_pages_speak_its_language(city, path):
    here = city.app.test_client()
    page = here.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    text = is_dutch(DRAWN.sub("", page))
    assert "Europe/Amsterdam" in text or path.endswith(("webmanifest", "/"))


@pytest.mark.parametrize("asked", ["nl", "zh", "en", "xx"])
def test_its_own_words_are_given_to_whoever_asks_for_whichever(city, asked):
    told = city.app.test_client().get(f"/api/v1/words/{asked}").json
    assert told["tongue"] == "nl"
    assert told["languages"] == [{"tongue": "nl", "code": "nl", "name": "Nederlands"}]
    assert told["zone"] == "Europe/Amsterdam"
    assert {key.partition(".")[0] for key in told["words"]} == {"words", "phone", "console"}


@pytest.mark.parametrize("language", ["zh-CN", "en", "nl-NL", ""])
def test_an_alert_lives_there_in_dutch_alone(city, language):
    http = {"Accept-Language": language} if language else {}
    reporter = city.person("anna", Grant("volunteer", "north"))
    alert = reporter.reports("hole", **HOLE)
    roads, street = city.person("ria", ROADS), city.person("bo", NORTH)
    paths = ("forms", "places", "session", "tasks", "board", f"alerts/{alert.id}", "alerts?mine=1")
    for who in (reporter, roads, street):
        for path in paths:
            shown = {"Authorization": f"Bearer {who.token}", **http}
            is_dutch(who.http.get(f"/api/v1/{path}", headers=shown).get_data(as_text=True))


def test_its_letters_speak_its_language():
    when = {"clock": "sign", "due_at": "2026-11-23T10:00:00+00:00"}
    letter = Message(
        "1", "desk", "ROADS", "dispatched", when, "1-2", "hole", "north", life_safety=False
    )
    with speaking(city_words(load(amsterdam.files()))):
        is_dutch(one_line(letter, "Europe/Amsterdam"))


def test_what_its_language_lacks_is_counted_and_said_in_a_language_for_others():
    files = amsterdam.files()
    del files["words/nl/notices.json"], files["words/nl/console.json"]
    [lacking] = [f for f in check(files, date(2026, 11, 23)) if f.code == "words_lack"]
    assert (lacking.level, lacking.params["tongue"]) == ("warning", "nl")
    assert int(lacking.params["count"]) > 100
    assert (lacking.file, lacking.line) == ("district.yaml", 4)


def test_a_label_without_one_of_the_languages_is_counted_and_shows_the_own_one():
    files = as_bytes(with_change("district.yaml", "label: Town", "label: {en: Town, zh: 镇}"))
    units = files["departments.yaml"]
    files["departments.yaml"] = units.replace(b"{label: Water}", b"{label: {en: Water}}")
    [lacking] = [f for f in check(files, date(2026, 11, 23)) if f.code == "labels_lack"]
    assert (lacking.file, lacking.line, lacking.params["count"]) == ("departments.yaml", 4, "1")
    assert load(files).units["WATER"].label["zh"] == "Water"


def test_the_own_language_must_be_there():
    files = as_bytes(with_change("departments.yaml", "{label: Water}", "{label: {zh: 水}}"))
    assert [f.code for f in check(files, date(2026, 11, 23))] == ["missing_key"]


def test_a_word_with_other_parameters_or_that_nothing_says_is_told():
    files = amsterdam.files()
    files["words/nl/extra.json"] = b'{"nothing": "iets"}'
    files["words/nl/problems.json"] = b'{"slow_down": "wacht {minutes}"}'
    codes = {f.code: f for f in check(files, date(2026, 11, 23))}
    assert codes["unknown_word"].level == "warning"
    assert (codes["word_parameters"].level, codes["word_parameters"].line) == ("error", 1)


def test_a_district_that_gives_orders_never_whistles(store, settings):
    """labels.yaml: 发令 for 吹哨, everywhere."""
    initialise(store, as_bytes(with_change("district.yaml", "language: en", "language: zh")))
    here = create_app(settings, store).test_client()
    told = here.get("/api/v1/words/zh").json
    assert told["terms"] == {"吹哨": "发令"}
    login = here.get("/login", headers={"Accept-Language": "zh"}).get_data(as_text=True)
    assert '"\\u5439\\u54e8"' in login or '"吹哨": "发令"' in login
    assert "基层吹哨" not in login


def test_another_version_speaks_at_the_next_look(store, settings):
    initialise(store, as_bytes(with_change("labels.yaml", "", "")))
    here = create_app(settings, store).test_client()
    assert here.get("/api/v1/words/en").json["terms"] == {"Whistle": "Order"}
    version = keep_playbook(store, as_bytes(with_change("labels.yaml", "Order", "Call")), "", None)
    publish_playbook(store, Publication(version))
    assert here.get("/api/v1/words/en").json["terms"] == {"Whistle": "Call"}
