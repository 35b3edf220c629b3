"""Each kind of mistake, made on purpose: the sentence that its author reads, in both languages."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from town import as_bytes, with_change

import dispatch.rules
from dispatch.rules.proving.checks import check

TODAY = date(2026, 11, 23)
MISTAKES = json.loads(
    (Path(__file__).parent.parent / "data" / "playbook_mistakes.json").read_text(encoding="utf-8")
)
# Too big to be written down: test_reader.py and test_maps.py make these. The rest: other files,
# other languages (test_third_language.py).
ELSEWHERE = {
    *("too_big", "too_many_nodes", "line_too_long", "not_utf8", "missing_file", "not_archive"),
    *(
        "is_gbk",
        "is_utf16",
        "is_gbk_or_big5",
        "directives",
        "makeup_on_working_day",
    ),  # test_reader.py, test_load_year.py
    *("no_geometry", "map_empty", "area_without_outline"),  # test_checks.py
    *("words_lack", "unknown_word", "word_parameters", "labels_lack"),
    *("not_next_year", "not_of_year", "calendar_ended", "too_many_points", "tangled_polygon"),
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: f"{each['code']}-{each['new'][:20]}")
def test_a_mistake_is_told_word_for_word(mistake):
    files = as_bytes(with_change(mistake["file"], mistake["old"], mistake["new"]))
    found = [fault for fault in check(files, TODAY) if fault.code == mistake["code"]]
    for language, words in (("zh_Hans_CN", mistake["zh"]), ("en", mistake["en"])):
        assert words in [fault.sentence(language) for fault in found]


LIMITS = ("minutes before", "true or")
LATIN = re.compile(r"[A-Za-z][A-Za-z']* [a-z][a-z']*")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: f"{each['code']}-{each['new'][:20]}")
def test_a_chinese_sentence_has_no_english_in_it(mistake):
    """Keys, ids and file names are single words; two in a row come from somewhere else."""
    said = mistake["zh"].split(": ", 1)[1]
    told = (*LIMITS, mistake["new"], "Holes go to the road people")
    assert [words for words in LATIN.findall(said) if not any(words in each for each in told)] == []


def test_no_kind_of_mistake_was_forgotten():
    rules = Path(dispatch.rules.__file__).parent
    rooms = ("language", "conditions", "book", "proving")
    sources = [each for room in rooms for each in (rules / room).rglob("*.py")]
    sources += [rules / "questions" / name for name in ("kind.py", "comparisons.py")]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    said_by = r"(?:faults\.add|remark|at_file|_stop|_fault)"
    written = said_by + r'\(\s*(?:[\w.\[\]]+(?: or \w+)?,\s*)?"([a-z_]+)"'
    codes = set(re.findall(written, text))
    assert len(codes) > 40
    assert codes - {each["code"] for each in MISTAKES} - ELSEWHERE == set()
