"""A mapping says what another system's columns mean; its author is told each mistake's place."""

# ruff: noqa: E501 - a table is read by its columns

import pytest
from boston import EXAMPLE, TODAY, mapping_of, sample

from dispatch.errors import Refused
from dispatch.rules.book.loading import load_folder
from dispatch.rules.intake.outside_requests import read_request
from dispatch.rules.intake.source_mapping import read_mapping
from dispatch.rules.language.faults import PlaybookRefused

# what is changed, into what, then the path and code of the fault
MISTAKES = [
    ("timezone: America/New_York", "timezone: Boston", "timezone", "unknown_timezone"),
    ("source: boston311", f"source: {'b' * 33}", "source", "name_too_long"),
    ("source: boston311", "sauce: boston311", "sauce", "unknown_key"),
    ("id: {column", "id: {colum", "id.colum", "unknown_key"),
    ("%I:%M:%S %p", "%I:%M", "opened.format", "not_time_format"),
    ("%I:%M:%S %p", "%I:%Q", "opened.format", "not_time_format"),
    ("crs: wgs84", "crs: wsg84", "position.crs", "unknown_crs"),
    ("  queue:", "  cue:", "answers.cue", "unknown_field"),
    (": abandoned-bicycle", ": abandoned-bike", "category.values.Abandoned Bicycle", "unknown_category"),
    ("is: Closed", "is: 1", "closed_when.is", "not_text"),
    ("compare: {lead", "compare: {leed", "compare.leed", "unknown_key"),
]  # fmt: skip

# cells that are changed, then the columns and codes of all faults
BAD_CELLS = [
    ({"CASE_ENQUIRY_ID": " "}, {("CASE_ENQUIRY_ID", "missing")}),
    ({"CASE_ENQUIRY_ID": "1\x002"}, {("CASE_ENQUIRY_ID", "control_characters")}),
    ({"OPEN_DT": ""}, {("OPEN_DT", "missing")}),
    ({"OPEN_DT": "yesterday"}, {("OPEN_DT", "not_a_time")}),
    ({"OPEN_DT": "02/02/2027 01:00:00 AM"}, {("OPEN_DT", "in_the_future"), ("CLOSED_DT", "out_of_range")}),
    ({"CLOSED_DT": ""}, {("CLOSED_DT", "missing")}),
    ({"CLOSED_DT": "01/01/2015 01:00:00 AM"}, {("CLOSED_DT", "out_of_range")}),
    ({"TYPE": "Dragons", "OPEN_DT": "?"}, {("TYPE", "unknown_value"), ("OPEN_DT", "not_a_time")}),
    ({"LATITUDE": "north"}, {("LATITUDE", "wrong_type")}),
    ({"LATITUDE": "nan"}, {("position.lat", "out_of_range")}),
    ({"LATITUDE": "", "LONGITUDE": ""}, {("position", "position_or_grid")}),
    ({"QUEUE": "q" * 501}, {("answers.queue", "too_long")}),
    ({"CASE_TITLE": "t" * 2001, "LATITUDE": "95"}, {("text", "too_long"), ("position.lat", "out_of_range")}),
]  # fmt: skip


@pytest.fixture(scope="module")
def playbook():
    return load_folder(EXAMPLE)


@pytest.fixture(scope="module")
def closed_row():
    return next(row for row in sample() if row["CASE_STATUS"] == "Closed")


@pytest.mark.parametrize(("old", "new", "path", "code"), MISTAKES)
def test_a_mistake_in_the_mapping_is_told_with_its_place(playbook, old, new, path, code):
    with pytest.raises(PlaybookRefused) as refused:
        mapping_of(playbook, old, new)
    found = {(fault.path, fault.code) for fault in refused.value.faults}
    assert (path, code) in found
    for language in ("zh_Hans_CN", "en"):
        assert "mapping.yaml:" in refused.value.faults[0].sentence(language)


@pytest.mark.parametrize("content", [b"", b"[1, 2]", b"{", b"\xff"])
def test_a_file_that_is_no_mapping_is_refused_and_no_crash(playbook, content):
    with pytest.raises(PlaybookRefused):
        read_mapping(content, "mapping.yaml", playbook)


@pytest.mark.parametrize(("cells", "told"), BAD_CELLS)
def test_every_fault_of_a_row_is_told_at_once_by_its_column(playbook, closed_row, cells, told):
    with pytest.raises(Refused) as refused:
        read_request(mapping_of(playbook), playbook, closed_row | cells, TODAY)
    assert {(fault.field, fault.code) for fault in refused.value.faults} == told


def test_the_department_of_the_other_system_is_compared_and_never_read(playbook, closed_row):
    mapping = mapping_of(playbook)
    one = read_request(mapping, playbook, closed_row, TODAY)
    other = read_request(mapping, playbook, closed_row | {"Department": "BPS_"}, TODAY)
    assert one.report == other.report
    assert (one.alert_id, other.lead_there) == (other.alert_id, "BPS_")


def test_times_are_those_of_the_zone_and_a_repeated_hour_is_its_first(playbook, closed_row):
    mapping = mapping_of(playbook)
    opened = {"OPEN_DT": "11/01/2015 01:30:00 AM", "CLOSED_DT": "12/01/2015 01:30:00 AM"}
    request = read_request(mapping, playbook, closed_row | opened, TODAY)
    assert request.opened_at.isoformat() == "2015-11-01T05:30:00+00:00"
    assert request.closed_at.isoformat() == "2015-12-01T06:30:00+00:00"


def test_the_status_decides_whether_a_row_is_closed(playbook, closed_row):
    open_row = closed_row | {"CASE_STATUS": "Open"}
    assert read_request(mapping_of(playbook), playbook, open_row, TODAY).closed_at is None
    by_time = mapping_of(playbook, "closed_when: {column: CASE_STATUS, is: Closed}", "")
    assert read_request(by_time, playbook, open_row, TODAY).closed_at is not None


def test_without_a_format_times_are_read_as_iso_8601(playbook, closed_row):
    iso = mapping_of(playbook, ', format: "%m/%d/%Y %I:%M:%S %p"', "")
    opened = {"OPEN_DT": "2015-02-02T01:00:00+01:00"}
    request = read_request(iso, playbook, closed_row | opened, TODAY)
    assert request.opened_at.isoformat() == "2015-02-02T00:00:00+00:00"
