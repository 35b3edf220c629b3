"""A city's own words in the package's sentences: whole, in the plural, with a small letter."""

import json
from pathlib import Path

import pytest
from town import FILES, as_bytes, town

from dispatch.rules.book.loading import load
from dispatch.rules.telling.city_words import city_words, terms_of, with_terms
from dispatch.translations import catalogue, flat, speaking, translate
from dispatch.translations.faces import FACES

HOUSE = Path(__file__).parents[3]

TERMS = {"Whistle": "Call", "Lead": "Chief", "吹哨": "发令"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Whistle", "Call"),
        ("two whistles, one Whistle", "two calls, one Call"),
        ("misleading", "misleading"),
        ("{lead} is the lead", "{lead} is the chief"),
        ("whistle.yaml, --role lead_dispatcher", "whistle.yaml, --role lead_dispatcher"),
        ("街道吹哨，部门报到", "街道发令，部门报到"),
    ],
)
def test_terms_are_said_as_the_city_says_them(sentence, said):
    assert with_terms(sentence, TERMS) == said


def test_no_face_of_a_city_of_quarters_says_subdistrict_or_whistle():
    labels = "street: Quarter\ndistrict: City\nwhistle: Foghorn\nunsure: Dunno\n"
    book = load(as_bytes(FILES | {"labels.yaml": labels}))
    words = city_words(book).over["en"]
    assert words["words.role.street_dispatcher"] == "Quarter dispatcher"
    assert words["words.role.district_dispatcher"] == "City dispatcher"
    assert words["pages.login.line_1"] == "One foghorn,"
    said = {**catalogue("en"), **words}
    for face in FACES.values():
        file = json.loads((HOUSE / face / "en.json").read_text("utf-8"))
        said |= {key: with_terms(text, terms_of(book, "en")) for key, text in flat(face, file)}
    assert said["mobile_pwa/src/i18n.category.unsure"] == "Dunno"
    told = {key: text for key, text in said.items() if not key.startswith("terms.")}
    assert [key for key, text in told.items() if "subdistrict" in text.lower()] == []


def test_every_sentence_of_the_software_takes_the_citys_term():
    with speaking(city_words(town())):
        assert translate("zh_Hans_CN", "words.step.whistle") == "发令"
    assert translate("zh_Hans_CN", "words.step.whistle") == "吹哨"
