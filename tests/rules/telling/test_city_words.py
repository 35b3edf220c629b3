"""A city's own words in the package's sentences: whole, in the plural, with a small letter."""

import pytest
from town import town

from dispatch.rules.telling.city_words import city_words, with_terms
from dispatch.translations import speaking, translate

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
