"""When a promise is due: golden examples worked out by hand."""

import csv
from pathlib import Path

import pytest
from calendars import FUTIAN, at, local

from dispatch.domain.promises import Limit, due

TABLE = Path(__file__).parents[1] / "data" / "futian_due.csv"
EXAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["note"])
def test_futians_own_examples(row):
    assert local(due(at(row["start"]), Limit.parse(row["limit"]), FUTIAN)) == row["due"]
