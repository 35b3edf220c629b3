"""What raises an alert to a danger to life, and what follows from that."""

from datetime import UTC, datetime

from town import FILES, as_bytes

from dispatch.domain.supports import FIRST
from dispatch.rules.book.loading import load
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.proving.promise_checks import (
    answers_that_change_nothing,
    arrivals_after_the_end,
)

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
WORDS = """\
denials: {before: [没有], after: [修好了], calm: [虚惊一场], turns: [但, 又]}
life_words:
  - {words: [漏气, 电线…掉|断], shows: ["119"], unless: [轮胎漏气, 电线…图纸], calm: [没砸到人]}
areas:
"""
RULES = """\
also:
  - id: raise
    when: {category: leak, photos: {at_least: 2}}
    life_safety: true
  - id: first
    when: {life_safety: true}
    supports: [{unit: the_street, mode: first, promises: {arrive: 15 minutes}}]
"""


def book(**changes):
    files = dict(FILES)
    for name, (old, new) in changes.items():
        file = f"{name}.yaml"
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    return load(as_bytes(files))


def heard(text, category="hole", **facts):
    playbook = book(district=("areas:\n", WORDS), rules=("also:\n", RULES))
    return decide(playbook, Facts(category, MONDAY, text=text, street="north", **facts))


def test_a_life_word_chooses_the_limits_of_danger_and_says_which_word_it_was():
    decision = heard("楼下漏气", answers={"urgency": "ordinary"})
    assert (decision.life_safety, decision.severity) == (True, 1)
    assert str(decision.promises["dispose"].limit) == "2 hours"
    assert decision.life_word == "漏气"
    assert decision.trace.as_json()["life_word"]["path"] == "life_words[0]"


def test_what_is_denied_over_or_harmless_raises_nothing():
    for text in ("没有漏气", "漏气已经修好了", "轮胎漏气", "电线杆很旧", "电线没有掉"):
        assert not heard(text).life_safety, text
    for text in ("电线掉在地上", "电线被刮断", "轮胎漏气，楼下也漏气"):
        assert heard(text).life_safety, text


def test_a_life_word_is_heard_however_it_is_typed():
    for text in ("漏 气 了", "楼下漏 气", "漏\u200b气", "漏\u2066气", "漏\U000e0020气", "漏氣"):
        assert heard(text).life_word == "漏气", text
    for text in ("没 有 漏 气", "沒有漏氣", "沒有 漏 氣"):
        assert not heard(text).life_safety, text


def test_what_a_text_says_of_itself_calms_it_as_far_as_the_next_turn():
    for text in (
        "虚惊一场，不知谁说漏气",
        "电线断了，没砸到人，挡着路",
        "图纸不要了。漏气？虚惊一场",
    ):
        assert not heard(text).life_safety, text
    for text in ("虚惊一场，但漏气是真的", "电线断了，没砸到人，又有电线断了", "漏气但虚惊一场"):
        assert heard(text).life_safety, text


def test_a_harmless_phrase_stands_in_one_clause_and_takes_no_danger_beside_it_away():
    assert not heard("电线断线的图纸").life_safety
    assert heard("电线断了，图纸也掉了").life_safety


def test_a_rule_raises_and_rules_that_ask_for_danger_hold_from_then_on():
    raised = heard("滴水", "leak", photos=2)
    assert raised.life_safety
    assert [(each.unit, each.mode) for each in raised.supports] == [("north", FIRST)]
    assert str(raised.supports[0].promises["arrive"].limit) == "15 minutes"
    assert not heard("滴水", "leak", photos=1).life_safety


def test_an_answer_that_changes_nothing_is_told():
    danger = "severity: 1\n        life_safety: true\n        promises: {dispose: 2 hours}"
    calm = "severity: 3\n        promises: {dispose: 3 work_days}"
    playbook = book(categories=(danger, calm))
    [fault] = answers_that_change_nothing(playbook)
    assert (fault.code, fault.level) == ("same_answers", "warning")
    assert fault.params["one"] == "danger"
    assert [*answers_that_change_nothing(book())] == []


def test_an_arrival_after_the_end_is_told_also_where_one_of_them_is_the_district_s():
    late = book(promises=("sign: 2 work_hours,", "sign: 2 work_hours, arrive: 2 work_days,"))
    assert {fault.code for fault in arrivals_after_the_end(late)} == {"late_arrival"}
    assert [*arrivals_after_the_end(book())] == []
