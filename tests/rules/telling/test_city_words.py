"""A city's own words in the package's sentences: whole, in the plural, with a small letter."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from town import FILES, as_bytes, town

from dispatch.rules.book.loading import load
from dispatch.rules.language.labels import CityLabel
from dispatch.rules.telling.city_words import city_words, terms_of, with_terms
from dispatch.translations import CityWords, catalogue, flat, speaking, translate
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


@pytest.mark.parametrize("word", ["派{0}单", "派{rule}单", "派{单", "{}", "{0.__class__}", "派}单"])
def test_a_term_with_braces_stays_as_it_is_written(word):
    """Versions that are in use may have one: no sentence takes it for something to fill in."""
    labels = {"dispatch": CityLabel({"zh": word, "en": word})}
    with speaking(city_words(replace(town(), labels=labels))):
        said = translate("zh_Hans_CN", "playbook.why.matched", rule="r", place="p")
    assert said == f"规则 r（p）成立：按此{word}"


@pytest.mark.parametrize("own", ["{count.real.real}", "{count!r}", "{count:>99999999}", "{", "}{"])
def test_the_citys_own_sentences_are_no_formats_of_python(own):
    city = CityWords(over={"en": {"playbook.no_cases": own}})
    with speaking(city):
        assert translate("en", "playbook.no_cases", count=1) == own
