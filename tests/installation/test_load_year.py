"""A year's notice: read as it comes, told by its own lines, loaded again where it was wrong."""

import codecs

import pytest
from town import FILES, as_bytes

from dispatch.installation.initialise import initialise
from dispatch.installation.load_year import load_year
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.store.playbooks import active_version, files_of

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


CALENDARS = FILES["calendars.yaml"]
LOADED = """\
    "2028":
        source: first
        holidays: [2028-01-05]
        working_days: []
"""
WRITTEN = {
    "before the calendars": f"years:\n{LOADED}{CALENDARS}",
    "empty, in braces": f"{CALENDARS}years: {{}}\n",
    "empty, in braces, first": f"years: {{}}  # none yet\n{CALENDARS}",
    "empty": f"years:\n{CALENDARS}",
    "null": f"{CALENDARS}years: null\n",
    "in quotes": f'{CALENDARS}"years":\n{LOADED}',
    "indented by four": f"{CALENDARS}years:\n{LOADED}",
    "with a remark behind": f"years:\n{LOADED}\n# the town\n{CALENDARS}# the end\n",
    "a document that ends": f"---\n{CALENDARS}...\n",
    "a document that ends, with years": f"---\n{CALENDARS}years:\n{LOADED}...\n",
    "a year in braces": (
        f"{CALENDARS}years:\n  2028: {{source: x, holidays: [], working_days: []}}\n"
    ),
    "without a line's end": CALENDARS.rstrip(),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_year_goes_into_the_file_however_it_is_written(store, written):
    initialise(store, as_bytes(FILES | {"calendars.yaml": WRITTEN[written]}))
    load_year(store, 2028, NOTICE)
    assert {str(day) for day in plan(store).holidays} == {"2026-11-24", "2028-01-03"}
    with store.read() as session:
        kept = files_of(session, active_version(session))["calendars.yaml"].decode()
    for remark in ("# none yet", "# the town", "# the end"):
        assert (remark in kept) == (remark in WRITTEN[written])
    load_year(store, 2029, NOTICE.replace("2028", "2029").replace("01-01", "01-06"))
    assert plan(store).last.year == 2029
    assert "2028-01-03" in {str(day) for day in plan(store).holidays}


IN_BRACES = {
    "years": (
        f"{CALENDARS}years: {{'2028': {{source: x, holidays: [], working_days: []}}}}\n",
        (CALENDARS.count("\n") + 1, 8),
    ),
}


@pytest.mark.parametrize("written", IN_BRACES)
def test_years_in_braces_are_refused_with_the_line_of_the_playbook(store, written):
    calendars, place = IN_BRACES[written]
    initialise(store, as_bytes(FILES | {"calendars.yaml": calendars}))
    with pytest.raises(PlaybookRefused) as caught:
        load_year(store, 2029, NOTICE.replace("2028", "2029"), "2029.yaml")
    [fault] = caught.value.faults
    assert (fault.file, fault.line, fault.column, fault.code) == (
        *("calendars.yaml", *place),
        "year_in_braces",
    )


AROUND = ["---\n{}...\n", "%YAML 1.1\n---\n{}", "# 2028\n---\n{}", "{}...\n", "\n\n{}"]


@pytest.mark.parametrize("around", AROUND)
def test_a_notice_may_be_a_whole_document(city, around):
    load_year(city, 2028, around.format(NOTICE))
    assert "2028-01-03" in {str(day) for day in plan(city).holidays}


@pytest.mark.parametrize("around", AROUND)
def test_its_faults_name_its_own_lines_all_the_same(city, around):
    notice = around.format("source: x\nholidays: [2031-01-01]\nworking_days: []\n")
    line = notice[: notice.index("2031")].count("\n") + 1
    assert ("2028.yaml", line, 12, "not_of_year") in refused(city, notice)


@pytest.mark.parametrize("notice", ["{{source: x, holidays: [{}-01-03], working_days: []}}"])
def test_a_notice_may_stand_in_braces(city, notice):
    load_year(city, 2028, f"--- {notice.format(2028)}\n")
    assert "2028-01-03" in {str(day) for day in plan(city).holidays}


def test_a_fault_of_the_playbook_below_the_year_names_its_own_line(store):
    calendars = f"years:\n{LOADED}{CALENDARS}"
    initialise(store, as_bytes(FILES | {"calendars.yaml": calendars}))
    found = refused(store, "source: x\nholidays: [2028-01-08]\nworking_days: [2028-01-08]\n\n\n\n")
    assert found == [("2028.yaml", 2, 12, "impossible_calendar")]
