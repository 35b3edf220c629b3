"""Every operator and comparison has its words in every language, and its line in the guide."""

import pytest
from wording import words_to_write

from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.questions.kinds import COMPARISONS
from dispatch.translations import LANGUAGES


@pytest.mark.parametrize("name", OPERATORS)
def test_every_operator_has_its_words(name):
    lacking = words_to_write(OPERATORS[name].words)
    assert not lacking, f"write for {name}: {'; '.join(lacking)}"


def test_the_words_of_an_operator_are_those_of_its_shape_and_its_values():
    assert OPERATORS["repeat"].words == (
        "playbook.fact.repeat",
        "playbook.compared.within_days",
        "playbook.compared.at_least",
    )
    assert "playbook.weekday.sun" in OPERATORS["weekday"].words
    assert "words.whistle.priority" in OPERATORS["whistle"].words
    assert "playbook.compared.not" in OPERATORS["not"].words
    told = set(OPERATORS["answer"].words)
    assert {f"playbook.compared.{each}" for each in COMPARISONS} <= told


def test_a_missing_word_is_told_with_its_file():
    assert words_to_write(["playbook.fact.colour"]) == [
        f"fact.colour in dispatch/translations/{language}/playbook.json" for language in LANGUAGES
    ]
