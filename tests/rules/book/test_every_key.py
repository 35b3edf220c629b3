"""A town that writes every key of the language, and what is made of it, written out as JSON.

Whoever changes the language on purpose writes `tests/data/whole_town.json` again:
`PYTHONPATH=tests:. python tests/rules/book/test_every_key.py`. Then read what differs.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from town import town

from dispatch.rules.book.loading import load_folder, read_folder
from dispatch.rules.deciding.engine import decide
from dispatch.rules.deciding.matter import matter_of
from dispatch.rules.proving.checks import check
from dispatch.rules.proving.differences import differences
from dispatch.rules.proving.plain_values import plain, plain_playbook
from dispatch.rules.proving.run_cases import run_cases
from dispatch.rules.telling.city_words import words_for_faces
from dispatch.rules.telling.danger import numbers_to_call, spoken_numbers
from dispatch.rules.telling.explain import decision_as_json, sentences
from dispatch.rules.telling.faces import forms, labels, places
from dispatch.rules.telling.schema import playbook_schema

TODAY = date(2026, 11, 23)
DATA = Path(__file__).parents[2] / "data"
TOWN, TOLD = DATA / "whole_town", DATA / "whole_town.json"


def told():
    """All that the town says, what it decides about its cases, in whose words, and where things
    stand in its files.
    """
    book = load_folder(TOWN)
    decisions = {case.label: decide(book, case.facts) for case in book.cases}
    return {
        "playbook": plain_playbook(book),
        "remarks": [fault.sentence("en") for fault in book.remarks],
        "written": {
            name: f"{each.file}:{each.line}:{each.column}" for name, each in book.written.items()
        },
        "decisions": {name: decision_as_json(each) for name, each in decisions.items()},
        "sentences": {
            f"{name} {language}": [*sentences(each, book, language)]
            for name, each in decisions.items()
            for language in ("zh_Hans_CN", "en")
        },
        "cases": plain(book.cases),
        "failing": [
            [each.case.label, each.what, plain(each.wanted), plain(each.seen)]
            for each in run_cases(book)
        ],
        "seen": {case.label: _seen(book, case.facts) for case in book.cases},
        "found": [
            f"{each.level}: {each.sentence('en')}" for each in check(read_folder(TOWN), TODAY)
        ],
        "differences": [each.as_json() for each in differences(town(), book)],
        "faces": {
            "forms": forms(book) | {"sounds": len(forms(book)["sounds"])},
            "places": places(book),
            "labels": labels(book),
            "words": {tongue: words_for_faces(book, tongue) for tongue in ("zh", "en", "nl")},
            "call": {
                case.label: [
                    spoken_numbers(
                        numbers_to_call(
                            book.district, book.categories[case.facts.category], case.facts.text
                        ),
                        tongue,
                    )
                    for tongue in ("zh", "en")
                ]
                for case in book.cases
            },
        },
        "schema": playbook_schema(),
    }


def _seen(book, facts):
    """What each comparison of each rule saw, wanted and said."""
    about = matter_of(book, facts).about
    leaves = [leaf for rule in (*book.rules.rules, *book.rules.also) for leaf in rule.when.leaves()]
    return [
        [leaf.fact, plain(leaf.wanted), plain(leaf.see(about)), leaf.holds(about)]
        for leaf in leaves
    ]


def as_written(value):
    return json.loads(json.dumps(value, ensure_ascii=False))


@pytest.fixture(scope="module")
def both():
    return as_written(told()), json.loads(TOLD.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "part",
    [
        *("playbook", "remarks", "written", "decisions", "sentences", "cases", "failing", "seen"),
        *("found", "differences", "faces", "schema"),
    ],
)
def test_what_a_town_writes_is_what_it_says(both, part):
    now, written = both
    assert now[part] == written[part]


def test_the_order_in_which_a_town_says_things_is_kept(both):
    now, written = both
    assert json.dumps(now["playbook"]) == json.dumps(written["playbook"])


if __name__ == "__main__":
    TOLD.write_text(json.dumps(told(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
