"""How well everyday words find their kind and danger is heard, by the default playbook."""

import csv
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from benchmarks.table import show
from dispatch.rules.book.loading import load_folder
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.facts import folded
from dispatch.rules.finding.find_category import OFFERED, find, index_of
from dispatch.rules.telling.faces import forms
from dispatch.settings import load_settings

DATA: Final = Path(__file__).parents[1] / "tests" / "data"

WORD_LISTS: Final = (
    *("words_known", "words_unseen", "words_unseen_2", "words_unseen_3", "words_unseen_4"),
    *("words_unseen_5", "unsure_sentences"),
)
LIFE_LISTS: Final = (
    *("life_sentences", "life_sentences_tuned", "life_sentences_2", "life_sentences_3"),
    *("life_sentences_rare", "life_sentences_4", "life_sentences_5"),
)
# Questions, which are no denials (不知道有没有人受伤), beside denials with a question in them.
QUESTIONS: Final = "life_questions"
# Written before the words were looked at, and not looked at since: what is not known is measured.
UNSEEN: Final = frozenset(
    {"words_unseen_4", "words_unseen_5", "life_sentences_4", "life_sentences_5"}
)
# What the lists said when the author of the words saw them first.
FIRST_FOUND: Final = (
    "the same data and the same steps as on the phone. First sight: words_unseen_2 76.1 % (written "
    "by somebody else), words_unseen_3 93.5 %, words_unseen_4 89.5 % before the words were mended "
    "by words_unseen_3, words_unseen_5 97.3 % (written by somebody else; 96.2 % of the 78 that are "
    "on no other list), unsure_sentences (what one writes at 拿不准) 97.0 %."
)
FIRST_HEARD: Final = (
    "recall: of the dangerous ones; false alarms: of the others. First sight: life_sentences_2 "
    "82.4 % and 16.0 % (written by somebody else), life_sentences_3 93.0 % and 11.0 %, "
    "life_sentences_4 87.0 % and 8.0 %, and 96.0 % and 5.0 % once the words were mended by "
    "life_sentences_3 (both written by who mended them, before the first look at the words), "
    "life_sentences_5 100.0 % and 4.0 % (written by somebody else). "
    "life_sentences_rare has what is seldom said, written in four parts: 85.5 % and 5.0 %, "
    "78.8 % and 12.8 %, 86.9 % and 4.0 %, 70.2 % and 5.3 %, each before it was mended by."
)
FIRST_STOPPED: Final = "measured first: 0.0 % of the ordinary ones, 20.0 % of the accusations."


def run() -> None:
    playbook = load_folder(load_settings({}).playbook)
    _show_found(playbook)
    _show_heard(playbook)
    stopped, accused = accusations(playbook)
    show(
        "Reports with 举报 or 投诉 that meet the page for accusations",
        ("ordinary ones stopped", "accusations that meet it"),
        [(share(stopped), share(accused))],
        FIRST_STOPPED,
    )


def _show_found(playbook: Playbook) -> None:
    started = time.perf_counter()
    words = [(name, found(playbook, f"{name}.csv")) for name in WORD_LISTS]
    each = (time.perf_counter() - started) * 1000 / sum(all_of for _, (_, all_of) in words)
    show(
        "Everyday words that find their kind among the first three",
        ("list", "seen", "words", "found", "a word, ms"),
        [(name, seen(name), f"{n}", f"{hits / n:.1%}", f"{each:.1f}") for name, (hits, n) in words],
        FIRST_FOUND,
    )


def _show_heard(playbook: Playbook) -> None:
    playbook.district.life_words.compile()
    started = time.perf_counter()
    lists = [(name, heard(playbook, f"{name}.csv")) for name in (*LIFE_LISTS, QUESTIONS)]
    count = sum(part[1] for _, both in lists for part in both)
    each = f"{(time.perf_counter() - started) * 1000 / count:.2f}"
    show(
        "Sentences in which danger to life is heard",
        ("list", "seen", "sentences", "recall", "false alarms", "a sentence, ms"),
        [
            (name, seen(name), f"{danger[1] + calm[1]}", share(danger), share(calm), each)
            for name, (danger, calm) in lists
        ],
        FIRST_HEARD,
    )


def seen(name: str) -> str:
    """Whether the author of the words looked at a list to mend them."""
    return "no" if name in UNSEEN else "yes"


def share(part: tuple[int, int]) -> str:
    return f"{part[0] / part[1]:.1%}"


def found(playbook: Playbook, name: str) -> tuple[int, int]:
    """How many words of a list find their kind, of how many that have one."""
    index = index_of(forms(playbook))
    rows = [row for row in rows_of(name) if row["category"]]
    return sum(is_found(find(index, row["word"])[:OFFERED], row["category"]) for row in rows), len(
        rows
    )


def is_found(codes: list[str], wanted: str) -> bool:
    """`wanted`: codes or their beginnings, any of which is right."""
    return any(code.startswith(tuple(wanted.split())) for code in codes)


def heard(playbook: Playbook, name: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of the dangerous sentences and of the others: in how many something is heard, of how many."""
    words = playbook.district.life_words
    counted = {"yes": [0, 0], "no": [0, 0]}
    for row in rows_of(name):
        tally = counted[row["dangerous"]]
        tally[0] += words.first_in(row["sentence"]) is not None
        tally[1] += 1
    danger, calm = counted["yes"], counted["no"]
    return (danger[0], danger[1]), (calm[0], calm[1])


def accusations(playbook: Playbook) -> tuple[tuple[int, int], tuple[int, int]]:
    """Of ordinary reports and of accusations: how many meet the page, of how many."""
    page = playbook.district.accusations
    counted = {"no": [0, 0], "yes": [0, 0]}
    for row in rows_of("ordinary_reports.csv"):
        tally = counted[row["accusation"]]
        tally[0] += page is not None and page.heard.first_in(folded(row["sentence"])) is not None
        tally[1] += 1
    ordinary, accused = counted["no"], counted["yes"]
    return (ordinary[0], ordinary[1]), (accused[0], accused[1])


def rows_of(name: str) -> Iterator[Mapping[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
