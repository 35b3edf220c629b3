"""Why an alert went where it went, as the drawer says it: in the words of the city."""

import pytest
from city import City

from dispatch.app import create_app
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version

RULE = """\
  - id: elsewhere
    label: {zh: 别处的坑, en: Holes elsewhere}
    when: {category: E0113, answer: {urgency: disrupts}, not: {street: street-futian}}
    lead: CGJ
    basis: assumed
  - id: dangerous
    label: {zh: 危险的坑, en: Dangerous holes}
    when: {category: E0113, answer: {urgency: danger}}
    lead: CGJ
    basis: assumed
"""

ALSO = """\
  - id: near-schools
    label: {zh: 学校门口, en: At a school}
    when: {category: E0113}
    supports: [{unit: CGJ, mode: required}, JYJ, the_street]
    whistle: priority
    severity: 1
    promises: {arrive: 20 minutes}
    merge: propose
    ladder: life-safety
    tags: [school]
    notice: {zh: 请绕行, en: Please go round}
    basis: assumed
"""


@pytest.fixture
def city(store, settings):
    files = read_folder(settings.playbook)
    text = files["rules.yaml"].decode().replace("rules:\n", "rules:\n" + RULE, 1)
    text = text.replace("also:\n", "also:\n" + ALSO, 1)
    with store.write() as deed:
        publish_version(deed.session, files | {"rules.yaml": text.encode()}, "first", deed.now)
    return City(create_app(settings, store), store)


def why(person, alert, **asked):
    seen = person.asks("GET", f"alerts/{alert.id}", **asked)
    return [each["sentence"] for each in seen["decision"]["considered"][:2]]


def test_what_a_rule_wanted_not_to_see_is_told_as_that(city):
    hole = city.volunteer().reports()
    assert why(city.street(), hole) == [
        "“别处的坑”不符：街道为“福田街道”，要求“不是 福田街道”",
        "“危险的坑”不符：有多要紧？为“影响使用”，要求“有危险”",
    ]
    english = why(city.street(), hole, headers={"Accept-Language": "en"})
    assert "not Futian Subdistrict" in english[0]


def test_what_a_rule_added_is_said_without_its_ids_and_its_tags_stand_with_the_decision(city):
    decision = city.street().sees(city.volunteer().reports())["decision"]
    [added] = [each for each in decision["considered"] if each["rule"] == "near-schools"]
    assert added["sentence"] == (
        "“学校门口”也符合：协办：区城市管理和综合执法局（必须到）；协办：区教育局（知会）；"
        "协办：事发地街道（知会）；吹哨：重点工作哨；严重程度：1 级（最重）；到场：20 分钟；"
        "若附近已有同类，建议并入；告诉上报人：请绕行"
    )
    assert decision["tags"] == ["school"]


def near(city, alert):
    considered = city.street().sees(alert)["decision"]["considered"]
    return [each["sentence"] for each in considered if each["rule"] == "same-problem-nearby"]


def test_the_rule_of_the_same_problem_is_shown_only_where_there_is_one(city):
    first = city.volunteer().reports("E0114", answers={})
    assert near(city, first) == []
    second = city.person("neighbour").reports("E0114", answers={})
    assert near(city, second) == ["“附近已有同类在办”也符合：若附近已有同类，建议并入"]
