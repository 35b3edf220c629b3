"""The catalogues: complete in both languages, and a sentence for all that can be refused."""

import re
from pathlib import Path

import pytest
from wording import words_to_write

from dispatch.domain.law.clock_names import CLOCKS
from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import ROLES, UNIT_KINDS
from dispatch.errors import PROBLEMS, Fault, Refused
from dispatch.refusals.faults import FAULTS
from dispatch.translations import DEFAULT, LANGUAGES, WordsMissingWarning, best_language, catalogue
from dispatch.translations import translate as say

HOUSE = Path(__file__).parent.parent.parent
PLACEHOLDER = re.compile(r"{(\w+)}")
STATUS_KINDS = ("status", "status_short", "status_reporter")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    wanted, here = set(catalogue(DEFAULT)), set(catalogue(language))
    lacking = words_to_write(sorted(wanted))
    assert not lacking, f"write these words: {'; '.join(lacking)}"
    assert not here - wanted, f"{language} has words that no other language has: {here - wanted}"


@pytest.mark.parametrize("key", sorted(catalogue(DEFAULT)))
def test_a_sentence_says_the_same_in_both_languages(key):
    chinese, english = catalogue("zh_Hans_CN")[key], catalogue("en")[key]
    assert chinese.strip()
    assert english.strip()
    assert set(PLACEHOLDER.findall(chinese)) == set(PLACEHOLDER.findall(english))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_refused_has_a_sentence(language):
    words = catalogue(language)
    wanted = {f"problems.{code}" for code in PROBLEMS}
    wanted |= {f"problems.fault.{code}" for code in FAULTS}
    wanted |= {f"problems.status.{problem.status}" for problem in PROBLEMS.values()}
    here = {key for key in words if key.startswith("problems.")}
    lacking = words_to_write(sorted(wanted))
    assert not lacking, f"write these sentences: {'; '.join(lacking)}"
    assert not here - wanted, f"nobody refuses with these, take them out: {sorted(here - wanted)}"


def test_chinese_is_chinese_and_english_is_english():
    for key, words in catalogue("zh_Hans_CN").items():
        if key.startswith("problems."):
            assert HAN.search(words), key
    assert not [key for key, words in catalogue("en").items() if HAN.search(words)]


def test_too_far_away_says_within_which_distance_one_has_to_be():
    detail = say("zh_Hans_CN", "problems.too_far_away", distance_m=918, allowed_m=215)
    assert detail.startswith("您离现场约 918 米，须在 215 米以内。")


def test_words_take_their_parameters():
    assert "30" in say("en", "problems.slow_down", seconds=30)
    assert say("fr", "problems.not_signed_in") == say("zh_Hans_CN", "problems.not_signed_in")


def test_a_missing_key_or_parameter_shouts_in_tests():
    with pytest.raises(WordsMissingWarning):
        say("en", "problems.no_such_thing")
    with pytest.raises(WordsMissingWarning):
        say("en", "problems.slow_down")


@pytest.mark.filterwarnings("ignore::dispatch.translations.WordsMissingWarning")
def test_people_see_the_sentence_even_where_a_parameter_is_missing():
    assert say("en", "problems.slow_down") == catalogue("en")["problems.slow_down"]


def test_the_asked_language_is_the_first_that_we_speak():
    assert best_language(["fr-FR", "en-GB", "zh-CN"]) == "en"
    assert best_language(["zh-TW"]) == "zh_Hans_CN"
    assert best_language([]) == "zh_Hans_CN"


def test_only_what_stands_in_the_tables_can_be_refused():
    assert Refused("alert_exists").status == 409
    with pytest.raises(KeyError):
        Refused("because")
    with pytest.raises(LookupError):
        Fault("text", "because")


def test_every_status_step_clock_and_field_of_the_law_has_words():
    wanted = {f"words.{kind}.{name}" for kind in STATUS_KINDS for name in STATUSES}
    wanted |= {f"words.step.{name}" for name in STEPS}
    wanted |= {f"words.clock.{name}" for name in CLOCKS}
    wanted |= {f"words.turn.{who}" for step in STEPS.values() for who in step.who}
    for step in STEPS.values():
        wanted |= {f"words.field.{step.name}.{field.name}" for field in step.fields}
        wanted |= {f"words.choice.{choice}" for field in step.fields for choice in field.choices}
    lacking = words_to_write(sorted(wanted))
    assert not lacking, f"write these words: {'; '.join(lacking)}"


def test_every_step_that_can_be_taken_has_a_sentence_in_the_timeline():
    taken = sorted(f"log.{name}" for name, step in STEPS.items() if not step.later)
    assert not words_to_write(taken), f"write these: {'; '.join(words_to_write(taken))}"


def test_every_role_and_kind_of_unit_has_words():
    wanted = [f"words.role.{name}" for name in ROLES] + [
        f"words.unit.{kind}" for kind in UNIT_KINDS
    ]
    assert not words_to_write(wanted), f"write these: {'; '.join(words_to_write(wanted))}"


def test_help_stands_only_beside_fields_that_are_asked():
    asked = {
        f"words.help.{step.name}.{field.name}" for step in STEPS.values() for field in step.fields
    }
    assert not {key for key in catalogue(DEFAULT) if key.startswith("words.help.")} - asked


def test_every_group_of_words_is_spoken_somewhere():
    """A group whose name stands in no code and no page is spoken by nobody."""
    spoken = "\n".join(file.read_text(encoding="utf-8") for file in _speakers())
    groups = {key.split(".")[1] for key in catalogue(DEFAULT) if key.startswith("words.")}
    silent = {
        group
        for group in groups
        if not re.search(rf"words\.{group}\b|cityWord\([\"`]{group}\b", spoken)
    }
    assert silent <= {"unit"}, f"take these out of words.json, or speak them: {silent}"


def _speakers():
    for room in ("dispatch", "static/src", "mobile_pwa/src", "templates"):
        for suffix in ("py", "ts", "tsx", "html"):
            yield from (HOUSE / room).rglob(f"*.{suffix}")
