"""A city's own words in the package's sentences: whole, in the plural, with a small letter."""

from dataclasses import replace

import pytest
from town import town

from dispatch.rules.language.labels import CityLabel
from dispatch.rules.telling.city_words import city_words, with_terms
from dispatch.translations import CityWords, speaking, translate

TERMS = {"Whistle": "Call", "Lead": "Chief", "吹哨": "发令"}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Whistle", "Call"),
        ("two whistles, one Whistle", "two calls, one Call"),
        ("misleading", "misleading"),
        ("{lead} is the lead", "{lead} is the chief"),
        ("街道吹哨，部门报到", "街道发令，部门报到"),
    ],
)
def test_terms_are_said_as_the_city_says_them(sentence, said):
    assert with_terms(sentence, TERMS) == said


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
