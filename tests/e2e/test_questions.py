"""Every kind of question that a playbook can ask, on a phone; and what its rules answer."""

import shutil
from pathlib import Path

import pytest
import server as servers

import dispatch.rules

FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
CATEGORY = """
  X0001:
    label: {zh: 充电桩隐患, en: Charging post}
    group: safety-hazards
    icon: charging
    common: true
    form:
      urgency: {required: true}
      posts: {kind: number, label: {zh: 有几个桩？, en: How many posts?}}
      signs:
        kind: choices
        label: {zh: 看到了什么？, en: What did you see?}
        choices:
          smoke: {zh: 冒烟, en: Smoke}
          heat: {zh: 发烫, en: Heat}
          smell: {zh: 焦味, en: Smell}
        shown_when: {answer: {urgency: danger}}
      since: {kind: date_time, label: {zh: 什么时候开始的？, en: Since when?}}
      people: {kind: yes_no, label: {zh: 旁边有人住吗？, en: Does anybody live there?}}
      floor:
        kind: text
        required: true
        label: {zh: 住在几楼？, en: On which floor?}
        shown_when: {any: [{answer: {people: true}}, {answer: {posts: {at_least: 10}}}]}
      whose: {kind: unit, label: {zh: 归哪家管？, en: Whose is it?}}
    limits:
      - severity: 3
        promises: {sign: 2 work_hours, dispose: 2 work_days}
        basis: assumed
"""
RULE = """
  - id: lead-charging-posts
    when: {category: X0001, answer: {signs: smoke, since: {asked: true}}}
    lead: XFDD
    basis: assumed
    notice: {zh: 请离开充电桩十米以外, en: Stay ten metres away}
"""


def write(file, heading, text):
    written = file.read_text("utf-8")
    file.write_text(written.replace(heading, heading + text.rstrip(), 1), "utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The demo district with one more category, and a rule of its own."""
    folder = tmp_path_factory.mktemp("questions")
    playbook = Path(shutil.copytree(FUTIAN, folder / "playbook"))
    write(playbook / "categories.yaml", "\ncategories:", CATEGORY)
    write(playbook / "rules.yaml", "rules:", RULE)
    settings = {"intake_per_minute": "0", "demo_weeks": "0", "playbook": str(playbook)}
    running = servers.start(folder / "data", "--demo", **settings)
    yield running
    running.stop()


def question(page, words):
    return page.locator("fieldset, .area").filter(has_text=words)


def answer(page, words, choice):
    question(page, words).get_by_text(choice, exact=True).click()


def test_every_kind_of_question_is_asked_answered_and_met_by_a_rule(opens, axe):
    page = opens("volunteer", "/m/", "phone")
    page.locator(".whistle").click()
    page.get_by_text("先拍一张").wait_for()
    page.locator(".foot .btn.main").click()
    page.get_by_role("button", name="充电桩隐患", exact=True).first.click()
    page.locator(".foot .btn.main").click()
    page.locator(".pin").wait_for()
    page.locator(".foot .btn.main").click()
    page.locator("textarea").fill("小区门口的充电桩烫手")

    page.locator("fieldset").first.locator("label").first.click()
    question(page, "有几个桩").locator("input").fill("2")
    answer(page, "看到了什么", "冒烟")
    answer(page, "看到了什么", "焦味")
    question(page, "什么时候开始的").locator("input").fill("2026-01-05T08:30")
    assert question(page, "住在几楼").count() == 0
    answer(page, "旁边有人住吗", "是")
    page.locator(".foot .btn.main").click()
    question(page, "住在几楼").get_by_role("alert").wait_for()
    question(page, "住在几楼").locator("input").fill("三楼")
    question(page, "归哪家管").locator("select").select_option(label="福田街道")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator(".foot .btn.main").click()
    page.get_by_text("请离开充电桩十米以外").wait_for()
    assert axe(page) == []
    page.get_by_role("link", name="看进度").click()
    facts = page.locator(".facts")
    facts.wait_for()
    for told in ("冒烟、焦味", "2026-01-05 08:30", "是", "三楼", "福田街道", "2"):
        assert facts.get_by_text(told, exact=True).count() == 1, facts.inner_text()
    page.get_by_text("请离开充电桩十米以外").wait_for()
