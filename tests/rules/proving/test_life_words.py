"""A word of danger that is never heard, or everywhere, is an error that shows a right form."""

from datetime import date

import pytest
from town import as_bytes, with_change

from dispatch.rules.proving.checks import check

TODAY = date(2026, 11, 23)
GROUPS = "word_groups: {人: [老人, 小孩]}\n"


def told(written):
    """Code, reason and hint of every error, by the path of the word."""
    files = with_change("district.yaml", "areas:", f"{GROUPS}{written}\nareas:")
    errors = [each for each in check(as_bytes(files), TODAY) if each.level == "error"]
    return {
        each.path: (each.code, each.params.get("reason", ""), each.params.get("hint", ""))
        for each in errors
    }


def of_words(words, more=""):
    return told(f"life_words: [{{words: [{words}]{more}}}]")


RIGHT = [
    *("起火了", '"<人>…被困|困住"', '"起火|着火…烧"', "smell of gas", '"没人受伤吗?"', '"起火…"'),
    *('"起火...烧"', "gas…leak"),
]


@pytest.mark.parametrize("word", RIGHT)
def test_a_word_that_is_heard_in_its_own_sentence_is_fine(word):
    assert of_words(word) == {}


FORMS = {
    "起火了|": ("word_empty", "起火了"),
    "|起火": ("word_empty", "起火"),
    "起火||着火": ("word_empty", "起火|着火"),
    "电线…掉|": ("word_empty", "电线…掉"),
    "|": ("word_empty", ""),
    "…": ("word_empty", ""),
    " ": ("word_empty", ""),
    "起火 ": ("word_blank", "起火"),
    "‹人被困": ("word_bracket", "人被困"),
    "＜人＞被困": ("word_bracket", "<人>被困"),
    "〈人〉被困": ("word_bracket", "<人>被困"),
    "人>被困": ("word_bracket", "人被困"),
    "电线*掉": ("word_gap", "电线…掉"),
    "电线..掉": ("word_gap", "电线…掉"),
    "起火/着火": ("word_choice", "起火|着火"),
    "起火、着火": ("word_choice", "起火|着火"),
    "起火，着火": ("word_choice", "起火|着火"),
    "起火！": ("word_end", "起火"),
    "起火。": ("word_end", "起火"),
}


@pytest.mark.parametrize(("word", "fault"), FORMS.items())
def test_a_form_that_nobody_writes_is_told_with_one_that_is_heard(word, fault):
    assert of_words(f'"{word}"') == {"life_words[0].words[0]": ("faulty_word", *fault)}


@pytest.mark.parametrize("key", ["unless", "calm"])
@pytest.mark.parametrize("word", ["…", "x|", "|"])
def test_what_takes_every_word_away_is_told(key, word):
    found = of_words("起火了", f', {key}: ["{word}"]')
    assert found[f"life_words[0].{key}[0]"][:2] == ("faulty_word", "word_empty")


@pytest.mark.parametrize("key", ["before", "after", "calm", "turns"])
@pytest.mark.parametrize("word", ["没有|", "…"])
def test_what_denies_every_word_is_told(key, word):
    found = told(f'denials: {{{key}: ["{word}"]}}\nlife_words: [{{words: [起火了]}}]')
    assert found[f"denials.{key}[0]"][:2] == ("faulty_word", "word_empty")


def test_a_word_of_a_group_is_looked_at_too():
    found = told(
        'life_words: [{words: [起火了]}]\naccusations: {words: ["收钱|"], number: "1", label: X}'
    )
    assert found["accusations.words[0]"] == ("faulty_word", "word_empty", "收钱")
    files = with_change("district.yaml", "areas:", 'word_groups: {人: ["老人|"]}\nareas:')
    assert "faulty_word" in {each.code for each in check(as_bytes(files), TODAY)}


@pytest.mark.parametrize("word", ["了", "a", "the", "有"])
def test_a_word_that_stands_in_plain_sentences_is_told(word):
    assert of_words(f"煤气味, {word}") == {"life_words[0].words[1]": ("heard_everywhere", "", "")}


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("起火了", ", unless: [起火了]"),
        ("起火了, 着火", ", unless: [起火]"),
        ("低血糖", ", unless: [血糖]"),
        ("烟味…浓|大", ", unless: [烟味]"),
        ("起火了", ", calm: [火]"),
    ],
)
def test_a_word_that_its_own_list_takes_away_is_told(words, more):
    assert of_words(words, more) == {"life_words[0].words[0]": ("never_heard", "", "")}


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("起火|着火", ", unless: [起火点]"),
        ("吊车…倒", ", unless: [车倒]"),
        ("起火", ", calm: [没起火]"),
    ],
)
def test_a_word_that_is_heard_in_some_sentence_is_fine(words, more):
    assert of_words(words, more) == {}


@pytest.mark.parametrize(
    ("key", "word", "count"),
    [("calm", "着火", "1"), ("after", "了", "2"), ("before", "里", "2"), ("after", "了|啦", "2")],
)
def test_a_denial_of_the_playbook_s_own_words_is_told_with_these(key, word, count):
    files = with_change(
        "district.yaml",
        "areas:",
        f"denials: {{{key}: [没有, {word}]}}\nlife_words: [{{words: [着火, 冒烟]}}]\nareas:",
    )
    errors = [each for each in check(as_bytes(files), TODAY) if each.level == "error"]
    assert [(each.path, each.code) for each in errors] == [(f"denials.{key}[1]", "denies_all")]
    assert errors[0].params["count"] == count
    assert "着火" in errors[0].params["words"]


def test_denials_of_more_words_are_fine():
    written = "denials: {before: [没有, 怕…], after: [已扑灭], calm: [没事了], turns: [但]}"
    assert told(f"{written}\nlife_words: [{{words: [着火, 起火]}}]") == {}
