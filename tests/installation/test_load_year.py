"""A year's notice: read as it comes, told by its own lines, loaded again where it was wrong."""

import codecs

import pytest
from town import FILES, as_bytes

from dispatch.installation.initialise import initialise
from dispatch.installation.load_year import load_year
from dispatch.rules.language.faults import PlaybookRefused

NOTICE = "source: 国务院办公厅通知\nholidays: [2028-01-03]\nworking_days: [2028-01-01]\n"


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def city(store):
    initialise(store, as_bytes(FILES))
    return store


def plan(store):
    with store.read() as session:
        return store.playbook(session).calendars["town"].plan


def refused(store, notice):
    with pytest.raises(PlaybookRefused) as caught:
        load_year(store, 2028, notice, "2028.yaml")
    return [(f.file, f.line, f.column, f.code) for f in caught.value.faults]


def test_a_year_is_loaded_also_with_a_byte_order_mark(city):
    assert load_year(city, 2028, codecs.BOM_UTF8 + NOTICE.encode()) == 2
    assert plan(city).last.year == 2028


def test_a_year_can_be_loaded_again(city):
    load_year(city, 2028, NOTICE)
    assert load_year(city, 2028, NOTICE.replace("01-03", "01-04")) == 3
    assert {str(day) for day in plan(city).holidays} == {"2026-11-24", "2028-01-04"}


def test_gbk_is_told_as_gbk(city):
    assert refused(city, NOTICE.encode("gbk")) == [("2028.yaml", 1, 1, "is_gbk")]


@pytest.mark.parametrize(
    ("notice", "fault"),
    [
        ("source: x\nholidays: [2028-01-33]\nworking_days: []", (2, 12, "not_date")),
        ("source: x\nholiday: []\nworking_days: []", (2, 1, "unknown_key")),
        ("source: x\n\nholidays: [2031-01-01]\nworking_days: []", (3, 12, "not_of_year")),
        ("source: x\nholidays: []\n\nworking_days: [2028-01-04]", (4, 15, "makeup_on_working_day")),
        (
            "source: x\nholidays: [2028-01-08]\nworking_days: [2028-01-08]",
            (2, 12, "impossible_calendar"),
        ),
    ],
)
def test_a_fault_names_the_line_of_the_notice(city, notice, fault):
    assert ("2028.yaml", *fault) in refused(city, notice)
    assert plan(city).last.year == 2027


@pytest.mark.parametrize(
    ("notice", "fault"),
    [
        ('source: ""\nholidays: [2028-01-03]\nworking_days: []', (1, 9, "blank_text")),
        ("source: x\nholidays: []\nworking_days: []", (1, 1, "notice_without_days")),
    ],
)
def test_a_notice_that_says_nothing_is_refused(city, notice, fault):
    assert ("2028.yaml", *fault) in refused(city, notice)
    assert plan(city).last.year == 2027
