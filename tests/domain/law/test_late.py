"""What is late: the cases that the faces are held to as well (tests/web/shared/late.test.ts)."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from dispatch.domain.law.late import is_after_due, is_due, late

KEPT = json.loads(Path("tests/data/late_cases.json").read_text(encoding="utf-8"))
NOW = datetime.fromisoformat(KEPT["now"])


@pytest.mark.parametrize("case", KEPT["cases"], ids=lambda case: "-".join(map(str, case.values())))
def test_a_promise_is_late_from_its_due_time_on_where_somebody_owes_it(case):
    known = {**case, "due_at": case["due_at"] and datetime.fromisoformat(case["due_at"])}
    assert late(now=NOW, **{name: known[name] for name in known.keys() - {"late"}}) == case["late"]


def test_what_is_done_at_the_due_time_is_done_in_time():
    assert is_due(NOW, NOW)
    assert not is_after_due(NOW, NOW)
    assert not is_due(None, NOW)
    assert not is_after_due(None, NOW)
