"""However large a number is, `check` says what is wrong with it, and never breaks."""

import re
from datetime import date
from pathlib import Path

import pytest
from town import as_bytes, with_change

from dispatch.rules.proving.checks import check

TODAY = date(2026, 11, 23)
# A playbook with every key, see test_every_key.py.
WHOLE = Path(__file__).parents[2] / "data" / "whole_town"
FILES = {file.name: file.read_bytes().decode() for file in WHOLE.iterdir() if file.is_file()}
_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|(?<![\w.-])-?\d+(?:\.\d+)?(?![\w:-])", re.ASCII)
_OF_A_MAP = 6  # all others are coordinates


def changed():
    """The playbook with each number of it replaced by a huge one, and each day by the ends of
    time.
    """
    for name, text in FILES.items():
        found = list(_NUMBER.finditer(text))
        for number in found[:_OF_A_MAP] if name.endswith(".geojson") else found:
            days = ("0001-01-01", "9999-12-31") if len(number[0].split("-")) == 3 else ()
            for huge in days or ("9999999999", "-9999999999"):
                yield name, text[: number.start()] + huge + text[number.end() :]


def test_no_number_of_a_playbook_breaks_the_check():
    for name, text in changed():
        check(as_bytes(FILES | {name: text}), TODAY)


HUGE = [
    ("rules.yaml", "photos: {at_least: 1}", "repeat: {within_days: 9999999999}", "days_range"),
    ("rules.yaml", "photos: {at_least: 1}", "repeat: {within_days: -9999999999}", "days_range"),
    ("ladders.yaml", "at: due", "at: 99999 days after", "limit_too_long"),
    ("ladders.yaml", "at: due", "at: 99999 work_days before", "limit_too_long"),
    ("ladders.yaml", "at: due", "at: due, repeat: 1, every: 99999 days", "limit_too_long"),
    ("promises.yaml", "dispose: 2 days", "dispose: 9999999999 days", "not_limit"),
    ("categories.yaml", "visit: none", "nearby_m: 9999999999", "out_of_range"),
    ("categories.yaml", "visit: none", "nearby_m: -1", "out_of_range"),
    ("cases.yaml", "category: hole}", "category: hole, at: 0001-01-01T00:00}", "out_of_range"),
    ("cases.yaml", "category: hole}", "category: hole, at: 9999-12-31T23:59}", "out_of_range"),
    (
        *("cases.yaml", "category: hole}", "category: hole, earlier: [0001-01-01T00:00]}"),
        "out_of_range",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), HUGE, ids=lambda each: str(each)[:40])
def test_a_number_without_measure_is_refused(file, old, new, code):
    found = check(as_bytes(with_change(file, old, new)), TODAY)
    assert code in {fault.code for fault in found if fault.level == "error"}
