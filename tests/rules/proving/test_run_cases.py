"""What a case may expect is compared with what a decision gives."""

from town import town

from dispatch.rules.book.files.expectations import EXPECTATIONS
from dispatch.rules.proving.run_cases import SEEN, run_cases


def test_every_expectation_is_compared():
    lacking = EXPECTATIONS.keys() - SEEN.keys()
    assert not lacking, f"write what a decision gives for {lacking} into SEEN of run_cases.py"
    assert SEEN.keys() <= EXPECTATIONS.keys()


def test_every_expectation_that_fails_is_told_with_what_came_out():
    wrong = "expect: {lead: WATER, rule: holes, severity: 4, tags: [x]}"
    failures = run_cases(town("cases.yaml", "expect: {lead: ROADS}", wrong))
    assert [(each.what, each.wanted, each.seen) for each in failures] == [
        ("lead", "WATER", "ROADS"),
        ("severity", 4, 3),
        ("tags", frozenset({"x"}), frozenset()),
    ]
