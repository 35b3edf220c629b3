"""Why a rule did not apply: what it saw and what it wanted, in the words of the city."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest
from guide import RULES

from dispatch.rules.book.loading import load, read_folder
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import decide
from dispatch.rules.telling.explain import sentences

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
FUTIAN = read_folder(RULES / "playbooks/futian")
LATIN = re.compile(r"[a-z]{2,}")


@pytest.fixture(scope="module")
def missed():
    """Asks what explain says, in Chinese, of a rule with a condition that does not apply."""
    rules = "".join(
        f"  - {{id: asked-{n}, label: 问一问{n}号, when: {when}, lead: CGJ}}\n"
        for n, when in enumerate(ASKED)
    )
    text = FUTIAN["rules.yaml"].decode().replace("rules:\n", f"rules:\n{rules}", 1)
    return partial(_missed, load(FUTIAN | {"rules.yaml": text.encode()}))


def _missed(book, when, **facts):
    known = {
        "street": "street-futian",
        "community": "community-futian-1",
        "lon": 114.0,
        "lat": 22.5,
    }
    decision = decide(book, Facts("E0113", MONDAY, **known | facts))
    asked = f"问一问{ASKED.index(when)}号"
    [told] = [each for each in sentences(decision, book, "zh_Hans_CN") if asked in each]
    assert "不成立" in told
    return told.split("：", 1)[1]


TOLD = {
    "{text: {contains_any: [公园, 绿道]}}": "描述中的词为“无”，要求“含有其中任一个：公园、绿道”",
    "{text: {contains_all: [树, 倒]}}": "描述中的词为“无”，要求“同时含有：树、倒”",
    "{not: {street: street-futian}}": "街道为“福田街道”，要求“不是 福田街道”",
    "{day: [holiday, make_up]}": "日子为“工作日”，要求“节假日、调休上班”",
    "{weekday: [sat, sun]}": "星期为“星期一”，要求“星期六、星期日”",
    "{answer: {urgency: danger}}": "有多要紧？为“一般”，要求“有危险”",
    "{reporter_role: grid_worker}": "上报人角色为“平安志愿者”，要求“网格员”",
    "{whistle: enforcement}": "吹哨类别为“不知道”，要求“综合执法哨”",
    "{repeat: {within_days: 30, at_least: 2}}": "附近同类重复件为“0”，要求“30 天内 至少 2”",
    "{open_nearby: {at_least: 2}}": "附近同类未结数为“0”，要求“至少 2”",
    "{office_hours: false}": "办公时间为“是”，要求“否”",
}


POINT = "{near: {lon: 114.0579, lat: 22.5431, within_m: 300}}"
WEEK = "{dates: {from: 2026-10-01, to: 2026-10-07}}"
LATER = "{dates: {from: 2027-01-01}}"
ASKED = [*TOLD, POINT, WEEK, LATER]


@pytest.mark.parametrize("when", TOLD)
def test_a_miss_is_told_in_words(missed, when):
    told = missed(when, answers={"urgency": "ordinary"}, reporter_role="volunteer")
    assert told == TOLD[when]


def test_a_point_and_a_date_are_told_in_words(missed):
    assert missed(POINT).endswith("要求“300 米以内 （经度 114.0579 纬度 22.5431）”")
    assert missed(WEEK).endswith("2026-10-01 到 2026-10-07”")
    assert missed(LATER).endswith("要求“从 2027-01-01 起”")
