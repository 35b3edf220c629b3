"""A file for a spreadsheet holds words and figures, and nothing that a spreadsheet would run."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from dispatch.reports.formats import FORMATS
from dispatch.reports.make_report import ReportTable

ATTACKS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠A1"]


def written(form, value):
    rows = [{"unit": value}]
    zone = ZoneInfo("Asia/Shanghai")
    table = ReportTable("volumes", "报表", (("unit", "单位"),), rows, "zh_Hans_CN", zone)
    return FORMATS[form].write(table)


@pytest.mark.parametrize("value", ATTACKS)
def test_what_a_spreadsheet_would_run_is_a_text_in_both_kinds_of_files(value):
    [_, [told]] = csv.reader(io.StringIO(written("csv", value).decode("utf-8-sig")))
    sheet = load_workbook(io.BytesIO(written("xlsx", value))).worksheets[0]
    [*_, [cell]] = sheet.iter_rows()
    assert (told[0], cell.value[0], cell.data_type) == ("'", "'", "s")


def test_figures_stay_figures_below_zero_too():
    [_, [told]] = csv.reader(io.StringIO(written("csv", -3).decode("utf-8-sig")))
    assert told == "-3"
