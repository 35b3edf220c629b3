"""Who leads, who helps, and why: the first match decides, the others stay visible."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from town import FILES, as_bytes, town, with_change

from dispatch.rules.book.loading import load
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide, decide_for
from dispatch.rules.telling.explain import sentences

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def hole(**facts):
    return Facts("hole", MONDAY, **({"street": "north"} | facts))


def outcomes(decision):
    return [(told.rule.id, told.outcome) for told in decision.trace.considered()]


def test_the_first_rule_that_matches_leads_and_the_loser_stays_visible():
    decision = decide(town(), hole(answers={"depth": 2}))
    assert (decision.lead, decision.rule, decision.needs_person) == ("WATER", "deep", False)
    assert outcomes(decision) == [
        ("deep", "matched"),
        ("holes", "lost"),
        ("otherwise", "lost"),
        ("tell", "missed"),
    ]


def test_the_order_of_the_file_is_the_order_of_the_rules():
    swapped = town("rules.yaml", "id: deep\n    when: {category: hole, ", "id: deep\n    when: {")
    decision = decide(swapped, hole(answers={"depth": 9}))
    assert [told.rule.id for told in decision.trace.considered()][:2] == ["deep", "holes"]


def test_a_question_nobody_asked_makes_its_comparison_false_and_nothing_else():
    decision = decide(town(), hole())
    [missed, *_] = decision.trace.as_json()["considered"]
    assert decision.lead == "ROADS"
    assert missed == {
        "rule": "deep",
        "label": {"zh": "deep", "en": "deep"},
        "path": "rules[0]",
        "file": "rules.yaml",
        "line": 2,
        "outcome": "missed",
        "lead": "WATER",
        "fact": "answer.depth",
        "seen": None,
        "asked": False,
        "wanted": {"at_least": 2},
        "at": {"file": "rules.yaml", "line": 3, "path": "rules[0].when.answer.depth.at_least"},
    }


def test_the_border_value_matches():
    assert decide(town(), hole(answers={"depth": 2})).lead == "WATER"
    assert decide(town(), hole(answers={"depth": 1.99})).lead == "ROADS"


def test_a_complaint_about_the_unit_that_the_catch_all_names_goes_to_the_district():
    book = town("rules.yaml", "otherwise:\n  lead: the_street", "otherwise:\n  lead: ROADS")
    quiet = Facts("noise", MONDAY, street="north")
    assert decide(book, quiet).lead == "ROADS"
    assert decide(book, replace(quiet, about_unit="ROADS")).lead == "town"
    assert decide(book, replace(quiet, about_unit="WATER")).lead == "ROADS"


@pytest.mark.parametrize(
    ("limit", "basis"), [("2 work_days", "other"), ("3 work_days", "rule"), ("4 work_days", "rule")]
)
def test_a_shorter_promise_brings_its_basis_and_an_equal_one_leaves_the_category_its_own(
    limit, basis
):
    files = FILES | {
        "promises.yaml": FILES["promises.yaml"].replace(
            "bases:\n", "bases:\n  other: {drafter: Li, review: 2099-12-31, zh: 另, en: Other}\n"
        ),
        "rules.yaml": FILES["rules.yaml"].replace(
            "also:\n",
            "also:\n  - id: hurry\n    when: {category: holes}\n    basis: other\n"
            f"    promises: {{dispose: {{limit: {limit}, basis: other}}}}\n",
        ),
    }
    [terms] = [decide(load(as_bytes(files)), hole()).promises["dispose"]]
    assert terms.basis == basis


def test_what_no_rule_matches_goes_to_the_desk_of_its_street():
    decision = decide(town(), Facts("noise", MONDAY, street="south"))
    assert (decision.lead, decision.rule) == ("south", "otherwise")
    assert decision.needs_person
    assert decision.desk == "south"
    assert str(decision.promises["accept"].limit) == "30 minutes"


def test_where_no_street_is_known_the_district_stands_for_it():
    decision = decide(town(), Facts("noise", MONDAY))
    assert (decision.lead, decision.desk) == ("town", "town")


def test_rules_of_other_categories_are_only_counted():
    trace = decide(town(), Facts("noise", MONDAY)).trace
    assert [told.rule.id for told in trace.considered()] == ["otherwise", "tell"]
    assert trace.others == 3


def test_also_rules_add_helpers_but_never_the_lead_itself():
    decision = decide(town(), hole(photos=1))
    assert [(each.unit, each.mode) for each in decision.supports] == [
        ("north", "informed"),
        ("WATER", "required"),
    ]
    led_by_water = decide(town(), Facts("leak", MONDAY, street="north", photos=1))
    assert [each.unit for each in led_by_water.supports] == ["north"]


def test_answers_choose_the_limits_the_severity_and_the_ladder():
    danger = decide(town(), hole(answers={"urgency": "danger"}))
    ordinary = decide(town(), hole(answers={"urgency": "ordinary"}))
    assert (str(danger.promises["dispose"].limit), danger.severity) == ("2 hours", 1)
    assert (str(ordinary.promises["dispose"].limit), ordinary.severity) == ("3 work_days", 3)
    assert (danger.life_safety, danger.ladder) == (True, "urgent")
    assert (ordinary.life_safety, ordinary.ladder) == (False, "usual")


def test_every_promise_names_its_calendar_and_its_basis():
    terms = decide(town(), hole()).promises["sign"]
    assert (str(terms.limit), terms.calendar, terms.basis) == ("2 work_hours", "town", "rule")


@pytest.mark.parametrize(
    ("change", "dispose"),
    [
        ("promises: quick", "4 hours"),
        ("promises: {dispose: 1 hours}", "1 hours"),
        ("promises: {dispose: 9 work_days}", "3 work_days"),
    ],
)
def test_also_rules_shorten_promises_and_never_lengthen_them(change, dispose):
    book = town("rules.yaml", "supports: [the_street", f"{change}\n    supports: [the_street")
    assert str(decide(book, hole(photos=1)).promises["dispose"].limit) == dispose


def test_the_deciding_rule_sets_its_own_promises_longer_or_not():
    book = town("rules.yaml", "lead: ROADS", "lead: ROADS\n    promises: {dispose: 9 work_days}")
    assert str(decide(book, hole()).promises["dispose"].limit) == "9 work_days"


def test_also_rules_raise_the_severity_and_never_lower_it():
    raised = town("rules.yaml", "supports: [the_street", "severity: 2\n    supports: [the_street")
    assert decide(raised, hole(photos=1)).severity == 2
    assert decide(raised, hole(photos=1, answers={"urgency": "danger"})).severity == 1


@pytest.mark.parametrize("unit", ["ROADS", "ROADS-TEAM"])
def test_a_complaint_never_goes_to_the_unit_it_is_about_nor_to_its_parent(unit):
    decision = decide(town(), hole(about_unit=unit))
    assert (decision.rule, decision.needs_person) == ("otherwise", True)
    assert ("holes", "barred") in outcomes(decision)


def test_a_complaint_about_a_department_never_goes_to_its_team():
    book = town("rules.yaml", "lead: ROADS", "lead: ROADS-TEAM")
    assert decide(book, hole()).lead == "ROADS-TEAM"
    assert decide(book, hole(about_unit="ROADS")).rule == "otherwise"


def test_a_helper_who_must_come_is_not_merely_informed_by_a_later_rule():
    later = "  - id: more\n    when: {category: hole}\n    supports: [WATER]\notherwise:"
    decision = decide(town("rules.yaml", "otherwise:", later), hole(photos=1))
    assert ("WATER", "required") in [(each.unit, each.mode) for each in decision.supports]


def test_cards_wait_for_hours_in_seconds():
    cards = decide(town(), hole()).cards
    assert (cards.orange.seconds, cards.orange.percent) == (24 * 3600, 100)
    assert (cards.red.seconds, cards.red.percent) == (72 * 3600, None)


def test_a_complaint_never_goes_to_the_street_that_would_verify_it():
    decision = decide(town(), hole(about_unit="ROADS", photos=1))
    assert (decision.lead, decision.desk) == ("town", "town")
    assert [each.unit for each in decision.supports] == ["WATER"]


def test_a_complaint_about_a_helper_keeps_the_helper_out():
    decision = decide(town(), hole(about_unit="WATER", photos=1))
    assert decision.lead == "ROADS"
    assert decision.supports == ()


def test_the_same_facts_give_the_same_decision_and_name_their_playbook():
    book = town()
    first, second = decide(book, hole()), decide(town(), hole())
    assert first.trace.as_json() == second.trace.as_json()
    assert first.trace.as_json()["playbook"] == book.hash == second.trace.as_json()["playbook"]


def test_the_reason_is_a_sentence_with_its_line():
    book = town()
    told = list(sentences(decide(book, hole()), book, "en"))
    assert "rule holes (rules.yaml:6) matched: it decides" in told
    assert (
        "rule deep (rules.yaml:2) did not match: Depth is “not asked”, wanted “at least 2”" in told
    )


def test_a_category_that_the_playbook_does_not_have_is_nobodys():
    with pytest.raises(KeyError):
        decide(town(), Facts("meteor", MONDAY))


WHISTLES = "whistles: {enforcement: {promises: {arrive: 2 hours}, basis: rule}}\ncards:"


def whistling(own=""):
    """A town where a hole is whistled for, with a promise to arrive of its own or not."""
    files = with_change("promises.yaml", "cards:", WHISTLES)
    promises = files["promises.yaml"].replace("sign: 2", "arrive: 1 work_days, sign: 2")
    rules = files["rules.yaml"].replace("supports:", "whistle: enforcement\n    supports:")
    kinds = files["categories.yaml"].replace("{dispose: 3", f"{{{own}dispose: 3")
    changed = {"promises.yaml": promises, "rules.yaml": rules, "categories.yaml": kinds}
    return load(as_bytes(files | changed))


def arrival(book, **facts):
    return str(decide(book, hole(**facts)).promises["arrive"].limit)


def test_a_whistle_sets_the_arrival_where_the_category_has_none_of_its_own():
    assert arrival(whistling()) == "1 work_days"
    assert arrival(whistling(), photos=1) == "2 hours"
    assert arrival(whistling("arrive: 4 hours, "), photos=1) == "4 hours"


def test_the_streets_own_whistle_comes_before_the_rules():
    assert decide(town(), hole(whistle="priority")).whistle == "priority"
    assert arrival(whistling(), whistle="enforcement") == "2 hours"


def test_nobody_has_to_arrive_where_no_visit_is_needed():
    noise = Facts("noise", MONDAY, street="north", whistle="enforcement")
    assert "arrive" not in decide(whistling(), noise).promises


def test_rules_may_leave_a_word_for_the_reporter():
    note = "notice: {zh: 请勿靠近, en: Keep away}\n    supports: [the_street"
    book = town("rules.yaml", "supports: [the_street", note)
    assert decide(book, hole(photos=1)).notices == ({"zh": "请勿靠近", "en": "Keep away"},)
    assert decide(book, hole()).notices == ()


def test_where_a_person_chooses_the_lead_the_rules_of_that_unit_promise():
    wet = "lead: WATER\n    promises: {sign: 5 minutes}\n    basis: rule\n  - id: holes"
    book = town("rules.yaml", "lead: WATER\n    basis: rule\n  - id: holes", wet)
    chosen = decide_for(book, hole(answers={"depth": 3}), "WATER")
    assert (chosen.lead, chosen.rule, str(chosen.promises["sign"].limit)) == (
        *("WATER", "deep", "5 minutes"),
    )
    shallow = decide_for(book, hole(answers={"depth": 1}), "WATER")
    assert (shallow.lead, shallow.rule, str(shallow.promises["sign"].limit)) == (
        *("WATER", "", "2 work_hours"),
    )
    assert decide_for(book, hole(), "ROADS").rule == "holes"


def test_rules_that_a_person_set_aside_are_told_from_those_that_may_not_act():
    book = town()
    chosen = decide_for(book, hole(answers={"depth": 1}), "WATER")
    assert ("holes", "set_aside") in outcomes(chosen)
    complained = decide_for(book, hole(answers={"depth": 1}, about_unit="ROADS"), "WATER")
    assert ("holes", "barred") in outcomes(complained)
