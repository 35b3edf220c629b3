"""A corrected line is one that can be read, and says what its author meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.yaml_reader import read

# A faulty line, and what it holds once it is written as the advice says.
COLONS = [
    ("a: {zh: 路面: 塌陷}", {"a": {"zh": "路面: 塌陷"}}),
    ("a: {zh: 路面: 塌陷, en: Road}", {"a": {"zh": "路面: 塌陷", "en": "Road"}}),
    ("a: {zh: 路面，坑: 塌陷, en: Road}", {"a": {"zh": "路面，坑: 塌陷", "en": "Road"}}),
    ("a: {b: {zh: 路面: 塌: 陷}, c: d}", {"a": {"b": {"zh": "路面: 塌: 陷"}, "c": "d"}}),
    ("a: [b: c: d, e]", {"a": ["b: c: d", "e"]}),
    ("a: [e, 注意:]", {"a": ["e", "注意:"]}),
    ("a: {zh: 注意:, en: b}", {"a": {"zh": "注意:", "en": "b"}}),
    ("a: {zh: 注意: }", {"a": {"zh": "注意:"}}),
    ('a: {zh: 说: "走开"}', {"a": {"zh": '说: "走开"'}}),
    ("a: {zh: it's: \"x\"}", {"a": {"zh": "it's: \"x\""}}),
    ("a: {zh: C:\\new: x}", {"a": {"zh": "C:\\new: x"}}),
    ("a: 路面: 塌陷", {"a": "路面: 塌陷"}),
    ("a: 路面: 塌陷 # nachts", {"a": "路面: 塌陷"}),
    ("- a: b: c", [{"a": "b: c"}]),
]  # fmt: skip


def fault_in(text):
    faults = PlaybookFaults()
    assert read(text.encode(), "x.yaml", faults) is None
    [fault] = faults.found
    return fault


@pytest.mark.parametrize(("line", "meant"), COLONS)
def test_the_corrected_line_holds_what_was_meant(line, meant):
    fault = fault_in(line)
    assert fault.params["reason"] == "colon_in_text"
    assert read(fault.params["line"].encode(), "x.yaml", PlaybookFaults()).plain() == meant


def test_a_missing_comma_before_another_key_is_offered_beside_the_quotes():
    told = fault_in("a: {label: Roads phone: 12, c: d}").params
    assert told["reason"] == "colon_or_comma"
    assert told["line"] == 'a: {label: "Roads phone: 12", c: d}'
    assert told["other"] == "a: {label: Roads, phone: 12, c: d}"


# What else is wrong, with its place and reason.
OTHERS = [
    ("a: {b: c\nd: e", 2, 2, "brace_open"),
    ("a: [b: c\nd: e", 2, 2, "bracket_open"),
    ('a: {b: "c": d}', 1, 11, "colon_not_here"),
    ("a: {b: [c]: d}", 1, 11, "colon_not_here"),
    ("a: {b: c，d: e}", 1, 11, "full_width"),
    ('a: {b: "路，面" c}', 1, 14, "brace_open"),
    ('a: "路，面', 1, 4, "quote_open"),
    ('a: "路面”', 1, 4, "full_width"),
    ("a：b\nc: d", 2, 2, "full_width_above"),
    ("c: d\na：b\ne: f", 2, 1, "full_width"),
    ("a: b\n c: d", 2, 3, "colon_not_here"),
    ("a: b:", 1, 5, "colon_not_here"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "column", "reason"), OTHERS)
def test_what_else_is_wrong_is_told_at_its_place(text, line, column, reason):
    fault = fault_in(text)
    assert (fault.line, fault.column, fault.params["reason"]) == (line, column, reason)
    assert fault.sentence("zh_Hans_CN")


def test_a_long_line_is_cut_off():
    assert len(fault_in("a: {zh: 路面: " + "塌" * 5000 + "}").params["line"]) < 250


@given(st.text(alphabet="ab路，：“”\"'{}[]:,# \n-\\", max_size=40))
def test_advice_can_be_given_for_any_text(text):
    faults = PlaybookFaults()
    read(text.encode(), "x.yaml", faults)
    for fault in faults.found:
        assert fault.sentence("zh_Hans_CN").startswith("x.yaml:")
