"""What a typed word scores against the names of kinds, written out: the phone counts the same."""

import pytest

from dispatch.rules.finding.find_category import first_found, index_of, scored, written_plainly
from dispatch.rules.finding.sounds import sounds, sounds_for


def kind(code, zh, en, words=(), *, common=False, say=None):
    return {
        "code": code,
        "label": {"zh": zh, "en": en},
        "say": say,
        "words": list(words),
        "common": common,
    }


SOUNDS = {
    "lu": "路鹿",
    "deng": "灯登",
    "bu": "不",
    "liang": "亮",
    "mian": "面",
    "keng": "坑吭",
    "wa": "洼",
    "la": "垃",
    "ji": "圾",
    "man": "满",
    "yi": "溢",
    "xiang": "箱",
    "zi": "子",
    "hei": "黑",
    "hong": "红",
    "lv": "绿",
    "gu": "故",
    "zhang": "障",
    "ting": "听",
    "shuo": "说",
    "ne": "呢",
    "ma": "吗",
}
KINDS = [
    kind("P0137", "路灯不亮", "Street lamp out", ["黑灯", "路灯"]),
    kind("E0113", "路面坑洼", "Pothole", ["坑"], common=True),
    kind("E0192", "垃圾满溢／箱子满", "Overflowing bin", ["垃圾桶满了"]),
    kind("N0702", "红绿灯故障", "Traffic light broken", say={"zh": "灯", "en": "Light"}),
    kind("unsure", "说不清", "Not sure"),
]
INDEX = index_of({"categories": KINDS, "sounds": SOUNDS})

# What is typed: the kinds that fit, the best first, each with its score.
SCORES = {
    "路灯不亮": [("P0137", 1170), ("N0702", 204)],
    "路灯": [("P0137", 1058), ("N0702", 204)],
    "灯": [("N0702", 1004), ("P0137", 684)],
    "不亮": [("P0137", 702)],
    "听说路灯不亮呢": [("P0137", 770), ("N0702", 204)],
    "路灯坏了": [("P0137", 558), ("N0702", 204)],
    "lamp": [("P0137", 510)],
    "out street": [("P0137", 560)],
    "street lamp out now": [("P0137", 1010)],
    "street lamp": [("P0137", 680)],
    "in the street lamp": [("P0137", 60)],
    "ludengbuliang": [("P0137", 900)],
    "ldbl": [("P0137", 800)],
    "ludeng": [("P0137", 900)],
    "ld": [("P0137", 800)],
    "ldb": [("P0137", 500)],
    "lude": [("P0137", 600)],
    "lud": [],
    "l": [("N0702", 620), ("E0113", 580), ("P0137", 420), ("E0192", 420)],
    "lud eng": [("P0137", 900)],
    "鹿登不亮": [("P0137", 862)],
    "鹿登": [("P0137", 820)],
    "吭": [],
    "听说鹿登不亮呢": [("P0137", 502)],
    "听鹿登呢": [],
    "路丁不亮": [("P0137", 496)],
    "路灯亮": [("P0137", 564), ("N0702", 204)],
    "路灯不大亮": [("P0137", 600), ("N0702", 204)],
    "路灯不大大亮": [("P0137", 600), ("N0702", 204)],
    "路等": [],
    "坑": [("E0113", 1006)],
    "路面坑": [("E0113", 756)],
    "potholes": [("E0113", 450)],
    "pothole": [("E0113", 1100)],
    "pothol": [("E0113", 680)],
    "pohtole": [],
    "pithole": [("E0113", 450)],
    "pxxhole": [],
    "bim": [],
    "binn": [],
    "pot": [("E0113", 620)],
    "bin": [("E0192", 490)],
    "Traffic lights broken": [("N0702", 510)],
    "light": [("N0702", 1080)],
    "lights": [("N0702", 450)],
    "lihgt": [],
    "箱子满": [("E0192", 1108)],
    "E0113": [("E0113", 1080)],
    "e0113": [("E0113", 1080)],
    "P013": [("P0137", 680)],
    "N07": [("N0702", 660)],
    "红绿灯": [("N0702", 736)],
    "红綠灯故障": [("N0702", 532)],
    "HLDGZ": [("N0702", 800)],
    "红 绿 灯": [("N0702", 736)],
    "unsure": [],
    "说不清": [],
    "路": [("P0137", 684), ("E0113", 644)],
    "亮亮亮": [],
    "ＰＯＴＨＯＬＥ": [("E0113", 1100)],
    "垃圾桶满": [("E0192", 794)],
    "垃圾": [("E0192", 702)],
    "面": [("E0113", 646)],
    "满": [("E0192", 666)],
    "了": [("E0192", 626)],
    "路灯不亮垃圾满溢黑灯路面坑洼红绿灯故障箱子满垃圾桶满了": [
        ("E0192", 1058),
        ("N0702", 848),
        ("P0137", 826),
        ("E0113", 752),
    ],
    "overflowing": [("E0192", 650)],
    "broken overflowing": [],
    "？！": [],
}


@pytest.mark.parametrize("typed", SCORES)
def test_a_word_scores_what_was_agreed(typed):
    assert scored(INDEX, typed) == SCORES[typed]


@pytest.mark.parametrize(
    ("names", "first"),
    [((False, True), "B"), ((True, False), "A"), ((False, False), "A"), ((True, True), "A")],
)
def test_of_equals_the_common_kind_comes_first_and_then_the_order_of_the_form(names, first):
    kinds = [
        kind(code, "坑", "Hole", common=common) for code, common in zip("AB", names, strict=True)
    ]
    found = scored(index_of({"categories": kinds, "sounds": {}}), "hole")
    assert found[0][0] == first
    assert [score for _, score in found] == [1050, 1050]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Street-lamp  OUT!", "street lamp out"),
        ("路灯 lamp 坏了", "路灯lamp坏了"),
        ("路灯、坑", "路灯坑"),
        ("ＡＢ１２", "ab12"),
        ("Straßenlampe defekt", "straßenlampe defekt"),
        ("？！", ""),
    ],
)
def test_words_are_compared_without_signs_and_blanks_between_characters(written, plain):
    assert written_plainly(written) == plain


def test_each_word_is_offered_three_kinds_at_most():
    assert list(first_found(INDEX, ["l", "灯"])) == [
        ("l", ["N0702", "E0113", "P0137"]),
        ("灯", ["N0702", "P0137"]),
    ]


def test_everyday_characters_are_known_by_their_sound():
    table = sounds()
    assert (
        sum(map(len, table.values())) == 3755 + 12
    )  # of the others those that are not among the everyday ones
    assert list(table) == sorted(table)
    assert (table["jing"][:4], table["a"]) == ("荆兢茎睛", "啊阿")
    assert [sound for sound, written in table.items() if "坑" in written] == ["keng"]


def test_names_without_characters_need_no_sounds():
    assert sounds_for(["Pothole", "Straße"]) == {}
    assert sounds_for(["Pothole", "坑"]) == sounds()
