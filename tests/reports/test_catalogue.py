"""A report is complete: in the catalogue, with words in every language, on the page of the API."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from dispatch import reports
from dispatch.reports.catalogue import REPORTS
from dispatch.reports.criteria import GROUPINGS, PARTS
from dispatch.reports.report import Report
from dispatch.translations import LANGUAGES, catalogue

ROOM = Path(reports.__file__).parent
HOUSE = ROOM.parents[1]


def reports_in(module):
    found = vars(import_module(f"dispatch.reports.{module}"))
    return [name for name, value in found.items() if isinstance(value, Report)]


def test_every_file_with_a_report_is_in_the_catalogue():
    modules = [file.stem for file in ROOM.glob("*.py") if file.stem != "__init__"]
    written = {module: reports_in(module) for module in modules}
    kept = {module: names for module, names in written.items() if names and module != "catalogue"}
    assert {*map(tuple, kept.values())} <= {("REPORT",)}, f"call the value REPORT: {kept}"
    listed = {id(report) for report in REPORTS.values()}
    lost = [
        module
        for module in kept
        if id(import_module(f"dispatch.reports.{module}").REPORT) not in listed
    ]
    assert not lost, f"put these into dispatch/reports/catalogue.py: {lost}"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_its_words_in_every_language(name):
    report = REPORTS[name]
    headings = {*report.columns, *report.grouped} - {"label"}
    headings |= {f"by_{by}" for by in report.by}
    wanted = {report.title, *(f"reports.column.{heading}" for heading in headings)}
    wanted |= {f"reports.no_{by}" for by in report.by if by in PARTS}
    missing = {
        f"dispatch/translations/{language}/reports.json": sorted(wanted - set(catalogue(language)))
        for language in LANGUAGES
    }
    assert not any(missing.values()), f"write these words: {missing}"


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_grouped_by_parts_of_the_city_alone(name):
    report = REPORTS[name]
    assert set(report.by) <= set(GROUPINGS), (
        "put the grouping into dispatch/reports/criteria.py: PARTS"
    )
    assert report.by or not report.grouped
    assert not report.by or "label" in report.columns_by(report.by[0])


def test_the_page_of_the_api_names_every_report():
    page = (HOUSE / "docs" / "api.md").read_text(encoding="utf-8")
    [line] = [line for line in page.splitlines() if "`GET reports/{name}`" in line]
    names = line.split("names: ")[1].split(" | ")[0]
    assert re.findall(r"`([\w-]+)`", names) == list(REPORTS), "docs/api.md: GET reports/{name}"


@pytest.mark.parametrize("name", REPORTS)
def test_a_row_has_the_columns_that_its_report_names(city, name):
    report = REPORTS[name]
    city.volunteer().reports()
    city.clock.advance(days=30)
    for by in (None, *report.by):
        rows = city.supervisor().asks("GET", f"reports/{name}" + (f"?by={by}" if by else ""))
        wanted = set(report.columns_by(by))
        lacking = [wanted - row.keys() for row in rows["rows"] if wanted - row.keys()]
        assert not lacking, f"{name} by {by}: its rows have no {lacking[0]}"
