"""Words that people misread stay away, and what was found better stands where it is read."""

import json
from pathlib import Path

import pytest

import dispatch.rules
from dispatch.rules.book.loading import load_folder
from dispatch.rules.finding.find_category import UNSURE
from dispatch.translations import catalogue

HOUSE = Path(__file__).parent.parent.parent
PHONE = HOUSE / "mobile_pwa" / "src" / "i18n" / "zh.json"
CONSOLE = HOUSE / "static" / "src" / "i18n" / "zh.json"
FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
CHINESE, ENGLISH = catalogue("zh_Hans_CN"), catalogue("en")

# What each was misread as: 区分/拨员, "off the list", an order to hand over one's own work, …
BETTER = {
    "words.role.district_dispatcher": "区级分拨员",
    "words.step.resume": "解除挂账，恢复办理",
    "words.step.verify_ok": "办好了，核实通过",
    "words.step.verify_fail": "没办好，退回返工",
    "words.step.refuse_void": "保留，继续办理",
    "words.step.escalate": "立即上报催办",
    "words.choice.required": "到场协办（计时限）",
    "words.choice.informed": "仅知会（不计时限）",
    "words.choice.not_a_problem_of_place": "没有具体地点，不属现场问题",
    "words.help.snooze.unit": "不选即牵头单位的时限；您属协办单位的，即本单位的时限。",
    "words.help.escalate.unit": "不选即牵头单位的时限；您属协办单位的，即本单位的时限。",
    "words.promise.pending": "待区级审批",
    "words.status_reporter.returned": "{unit}反映不属其职责，区里正在确定由谁办理",
    "words.time.just_now": "刚刚",
    "words.time.moment": "不到 1 分钟",
    "words.time.minutes": "{m} 分钟",
    "log.propose": "规则建议派给{lead}，待街道研判派单",
    "log.notify": "“{clock}”快到时限，已催办{to}",
    "log.notify.late": "“{clock}”已超时，已催办{to}",
    "log.supervise": "“{clock}”超时，已立督办件 {number}",
    "log.considered.matched": "“{rule}”符合，按此派单",
    "log.considered.lost": "“{rule}”也符合，前面的规则优先",
    "notices.support_informed": "知会件，请知悉",
    "notices.undecided": "申请逾期未批",
    "pages.nav.console": "调度台",
    "pages.login.what": "基层吹哨 · 部门执行",
    "pages.overdue.who": "在办单位与超时情况",
    "pages.overdue.ranking": "本月到期 · 按期率（95% 置信下限）排名，不足 20 件不排",
    "demo.report.2": "{what}，对附近的人影响不小，请尽快处理",
}
MISREAD = (
    *("超期", "工作时、", "工作时，", "用户名", "报事人", "督查员", "区分拨员", "销账"),
    *("KiB", "看板", "派遣", "刚刚过 0", "精度约 0 米", "等区里定"),
    *("「", "」", "晚了才", "给它", "由它", "归它"),
)


@pytest.mark.parametrize(("key", "words"), BETTER.items())
def test_what_was_misread_has_better_words(key, words):
    assert CHINESE[key] == words


@pytest.mark.parametrize("misread", MISREAD)
def test_no_sentence_that_people_read_has_a_misread_word(misread):
    found = [key for key, words in CHINESE.items() if misread in words]
    for face in (PHONE, CONSOLE):
        found += [line.strip() for line in face.read_text("utf-8").splitlines() if misread in line]
    assert not found


def test_in_english_an_office_is_a_subdistrict_and_a_handler_a_field_crew():
    assert ENGLISH["words.unit.street"] == "Subdistrict"
    assert ENGLISH["words.role.handler"] == "Field crew"
    assert not [key for key, words in ENGLISH.items() if "Rung" in words or "Due time to" in words]
    console = json.loads((CONSOLE.parent / "en.json").read_text("utf-8"))
    assert console["clocks"]["no_due"] == "No due time yet"


def test_the_phone_says_what_to_do_in_danger_and_counts_what_waits():
    phone = json.loads(PHONE.read_text("utf-8"))
    assert phone["emergency"]["go_on"] == "已打电话 / 没有人受伤，继续上报"
    assert phone["place"]["exact"].startswith("定位准确")
    assert phone["home"]["quiet"] == "眼下没有等您看的事。"


SPOKEN = {
    "P0101": "自来水井盖",
    "P0221": "路边石墩、路桩",
    "P0286": "马路牙子",
    "E0180": "电线光缆垂下来",
    "E0110": "路边有垃圾没人清",
    "N0402": "吵、广场舞、邻居吵",
    "N0112": "小档口小作坊里住人",
}


def test_the_phone_calls_kinds_as_the_street_does_and_eight_lids_are_one_question():
    futian = load_folder(FUTIAN)
    told = {code: futian.categories[code].say for code in SPOKEN}
    assert {code: say["zh"] for code, say in told.items() if say} == SPOKEN
    assert futian.groups["manhole-covers"].asks["zh"] == "井盖上写着什么字？"
    assert {n.number: n.sentence["zh"] for n in futian.district.emergency if n.sentence} == {
        "119": "着火、漏气、有人被困",
        "120": "有人受伤、昏迷",
        "110": "其他危险、违法犯罪",
    }


def test_rules_are_named_by_duty_and_not_by_the_office_that_they_choose():
    futian = load_folder(FUTIAN)
    named = {rule.id: rule.label["zh"] for rule in futian.rules.rules if rule.label}
    assert named["lead-jtj"] == "道路、桥梁、人行道由交通部门负责"
    assert not [label for label in named.values() if label.endswith("牵头")]
    assert all(UNSURE in rule or "由" in label for rule, label in named.items())
