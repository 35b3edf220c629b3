"""The command that works out due times, for one question and for a file of them."""

import csv
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import dispatch.rules
from dispatch.cli import main
from dispatch.cli.due_answers import DueAnswers, DueQuestion, NoAnswer
from dispatch.rules.book import loading

FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
EXAMPLES = Path(__file__).parents[1] / "data" / "futian_due.csv"
BOSTON = Path(__file__).parents[2] / "examples" / "boston311"
ROAD = "E0113"
MONDAY_ELEVEN = "2026-11-23T11:00:00+08:00"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture(scope="module")
def playbook():
    return loading.load_folder(FUTIAN)


def ask(*options: str):
    return CliRunner().invoke(main, ["due", "--playbook", str(FUTIAN), *options])


def ask_many(tmp_path, text):
    """The rows that come back, and the exit code."""
    file = tmp_path / "questions.csv"
    file.write_text(text, encoding="utf-8")
    ran = ask("--batch", str(file))
    return list(csv.reader(ran.stdout.splitlines())), ran.exit_code


def test_a_single_question_is_answered_with_the_offset_of_the_calendar():
    ran = ask("--start", "2026-09-30T17:00", "--limit", "8 work_hours")
    assert (ran.stdout, ran.exit_code) == ("2026-10-08T18:00:00+08:00\n", 0)


def test_a_start_with_an_offset_is_that_instant():
    ran = ask("--start", "2026-09-30T09:00Z", "--limit", "8 work_hours", "--calendar", "shenzhen")
    assert ran.stdout == "2026-10-08T18:00:00+08:00\n"


def test_pauses_may_be_repeated():
    day = "2026-11-23T"
    holds = [f"{day}09:00/{day}10:00", f"{day}10:30/{day}11:00"]
    ran = ask(
        "--start",
        f"{day}09:00",
        "--limit",
        "1 work_hours",
        *(x for h in holds for x in ("--pause", h)),
    )
    assert ran.stdout == f"{day}11:30:00+08:00\n"


def test_a_category_answers_with_its_dispose_promise(playbook):
    name = playbook.categories[ROAD].label["zh"]
    by_code, by_name = (ask("--start", "2026-11-20T16:00", "--category", c) for c in (ROAD, name))
    assert by_code.stdout == by_name.stdout
    assert by_code.stdout.startswith("2026-11-2")


def test_a_catalogue_number_of_a_variant_answers_with_its_own_limit():
    ran = ask("--start", "2026-11-20T16:00", "--category", "P0101.1")
    assert ran.stdout == "2026-11-20T18:00:00+08:00\n"


def test_runs_of_spaces_in_a_name_are_folded(playbook):
    road = replace(playbook.categories[ROAD], label={"zh": "路 面  破损", "en": "Pothole"})
    answering = DueAnswers(replace(playbook, categories={ROAD: road}))
    answers = {
        answering.due(DueQuestion("2026-11-20T16:00", category=c)) for c in (ROAD, " 路  面 破损")
    }
    assert len(answers) == 1


def test_an_ambiguous_name_is_an_error_that_names_the_codes(playbook):
    road = playbook.categories[ROAD]
    twins = {code: replace(road, code=code) for code in ("A1", "A2")}
    answering = DueAnswers(replace(playbook, categories=twins))
    with pytest.raises(NoAnswer) as none:
        answering.due(DueQuestion("2026-11-20T16:00", category=road.label["zh"]))
    assert "A1, A2" in none.value.sentence()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--start", "2026-11-20T16:00"], "either a limit or a category"),
        (
            ["--start", "2026-11-20T16:00", "--limit", "1 days", "--category", ROAD],
            "either a limit",
        ),
        (["--start", "2026-11-20T16:00", "--limit", "8 weeks"], "is no limit"),
        (["--start", "2026-11-20T16:00", "--limit", "99999 days"], None),
        (["--start", "9999-12-31T23:00", "--limit", "9 days"], "is no limit"),
        (["--start", "yesterday", "--limit", "1 days"], "is no time"),
        (["--start", "2026-11-20T16:00", "--limit", "1 days", "--pause", "x"], "is no pause"),
        (
            [
                "--start",
                "2026-11-20T16:00",
                "--limit",
                "1 days",
                "--pause",
                "2026-11-21/2026-11-20",
            ],
            "is no pause",
        ),
        (["--start", "2026-11-20T16:00", "--limit", "1 days", "--pause", "2026-11-21/"], "paused"),
        (["--start", "2026-11-20T16:00", "--limit", "1 days", "--calendar", "moon"], "shenzhen"),
        (["--start", "2026-11-20T16:00", "--category", "E9999"], "no category"),
        (["--start", "2026-12-31T17:00", "--limit", "2 work_hours"], "ends on 2026-12-31"),
    ],
)
def test_a_question_without_an_answer_says_why(options, said):
    ran = ask(*options)
    if said is None:
        assert ran.exit_code == 0
        return
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert said in ran.stderr


@pytest.mark.parametrize("options", [[], ["--start", "2026-11-20", "--batch", str(EXAMPLES)]])
def test_neither_one_nor_many_is_a_usage_error(options):
    assert ask(*options).exit_code == 2


def test_a_folder_that_is_no_playbook_is_refused_with_every_fault(tmp_path):
    ran = CliRunner().invoke(main, ["due", "--playbook", str(tmp_path), "--start", "2026-11-20"])
    assert ran.exit_code == 1
    assert "calendars.yaml" in ran.stderr


def test_a_file_of_questions_comes_back_with_its_answers_in_order():
    ran = ask("--batch", str(EXAMPLES))
    header, *rows = csv.reader(ran.stdout.splitlines())
    assert (header[-2:], ran.exit_code) == (["due", "error"], 0)
    assert [row[-2][:16] for row in rows] == [row[2] for row in rows]
    assert {row[-1] for row in rows} == {""}


def test_a_bad_row_says_what_is_wrong_and_the_good_ones_are_answered(tmp_path):
    rows, code = ask_many(
        tmp_path,
        "\ufeffid,start,limit,category,calendar,pauses\n"
        "1,2026-11-23T10:00,1 work_hours,,,\n"
        "2,2026-11-23T10:00,1 fortnights,,,\n"
        "\n"
        f"3,2026-11-20T16:00,,{ROAD},shenzhen,2026-11-21T00:00/2026-11-22T00:00 2026-11-22/\n"
        "4\n",
    )
    assert code == 1
    assert [row[0] for row in rows] == ["id", "1", "2", "3", "4"]
    assert rows[1][6:] == ["2026-11-23T11:00:00+08:00", ""]
    assert rows[2][6] == ""
    assert "fortnights" in rows[2][7]
    assert "paused" in rows[3][7]
    assert len(rows[4]) == 8


def test_a_calendar_for_the_whole_file_counts_where_a_row_has_none(tmp_path):
    file = tmp_path / "q.csv"
    file.write_text("start,limit,calendar\n2026-11-23T10:00,1 hours,\n", encoding="utf-8")
    ran = ask("--batch", str(file), "--calendar", "moon")
    assert "moon" in ran.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "needs the columns start"),
        (b"when,limit\n", "It has: when, limit"),
        (b"start,pauses\n", "limit or category"),
        (b"\xef\xbb\xbfstart;limit\r\n", "start;limit"),
        ("start,limit,备注\n2026-11-23T10:00,1 days,路面".encode("gbk"), "not UTF-8"),
        (b"start,limit\n\xff", "not UTF-8"),
        (b'start,limit\n2026-11-23T10:00,"1 days\n2026-11-24T10:00,1 days\n', "quotation mark"),
    ],
)
def test_a_file_without_questions_says_what_it_lacks(tmp_path, content, said):
    file = tmp_path / "q.csv"
    file.write_bytes(content)
    ran = ask("--batch", str(file))
    assert ran.exit_code == 1
    assert "q.csv" in ran.stderr
    assert said in ran.stderr


def test_a_header_alone_has_no_rows_and_no_fault(tmp_path):
    assert ask_many(tmp_path, "start,limit\n") == ([["start", "limit", "due", "error"]], 0)


def test_a_spreadsheets_own_habits_do_no_harm(tmp_path):
    """Byte order mark, CRLF, quotation marks, capitals and blanks in the header."""
    rows, code = ask_many(
        tmp_path,
        '\ufeff"Start", LIMIT ,note\r\n"2026-11-23 10:00"," 1 work_hours ","a, b ""c"""\r\n',
    )
    assert code == 0
    assert rows[1] == ["2026-11-23 10:00", " 1 work_hours ", 'a, b "c"', MONDAY_ELEVEN, ""]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-11-23T10:00,1 hours,2026-11-23T11:00/2026-11-23T10:00", "is no pause"),
        ("2026-11-23T10:00,1 hours,2026-11-23T10:30", "is no pause"),
        ("2026-11-23T10:00,1 hours,/2026-11-23T10:30", "is no pause"),
        ("2026-11-23T10:00,1 hours,2026-11-23T10:30/", "paused"),
        ("2026-11-23T10:00,1 hours,soon/later", "is no time"),
        ("2026-11-23T10:00,1 hours,,E0113", "more cells"),
        ("2026-11-23T10:00+99:00,1 hours", "is no time"),
        ("２０２６-11-23T10:00,1 hours", "is no time"),
        ("0001-01-01T00:00,1 hours", "is no time"),
        ("2026-02-30T10:00,1 hours", "is no time"),
        ("2026-11-23T10:00,１ hours", "is no limit"),
        ("2026-11-23T10:00,0 hours", "is no limit"),
        ("2026-11-23T10:00,-1 hours", "is no limit"),
        ("2026-11-23T10:00,1.5 hours", "is no limit"),
        ("2026-11-23T10:00,99999 work_days", "ends on"),
        (",1 hours", "is no time"),
        (",,", "either a limit or a category"),
        ("=HYPERLINK(1),1 hours", "is no time"),
    ],
)
def test_a_hostile_row_fills_its_error_and_harms_no_other(tmp_path, monkeypatch, row, said):
    good = "2026-11-23T10:00,1 work_hours\n"
    rows, code = ask_many(tmp_path, f"start,limit,pauses\n{good}{row}\n{good}")
    assert code == 1
    assert [each[-2:] for each in (rows[1], rows[3])] == [[MONDAY_ELEVEN, ""]] * 2
    assert rows[2][-2] == ""
    assert said in rows[2][-1]
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    chinese = ask_many(tmp_path, f"start,limit,pauses\n{row}\n")[0][1][-1]
    assert re.search("[一-鿿]", chinese)


@pytest.mark.parametrize(
    "of_one", [("--limit", "1 hours"), ("--category", ROAD), ("--pause", "x/y")]
)
def test_what_belongs_to_one_question_beside_a_file_is_a_usage_error(of_one):
    """It would be passed over, and somebody would believe the answers."""
    assert ask("--batch", str(EXAMPLES), *of_one).exit_code == 2


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2015-03-07T02:30", "1 days", "2015-03-08T03:30:00-04:00"),  # a skipped time moves on
        ("2015-03-08T02:30", "1 hours", "2015-03-08T04:30:00-04:00"),
        ("2015-11-01T01:30", "24 hours", "2015-11-02T00:30:00-05:00"),  # of two the first
        ("2015-11-01T01:30-05:00", "24 hours", "2015-11-02T01:30:00-05:00"),  # the second
        ("2015-10-31T01:30", "1 days", "2015-11-01T01:30:00-04:00"),
        ("2015-10-31T01:30", "24 hours", "2015-11-01T01:30:00-04:00"),
    ],
)
def test_a_clock_that_is_put_on_or_back_is_read_as_its_people_read_it(start, limit, due):
    ran = CliRunner().invoke(
        main, ["due", "--playbook", str(BOSTON), "--start", start, "--limit", limit]
    )
    assert ran.stdout.strip() == due


def test_a_hundred_thousand_rows_take_seconds(tmp_path):
    """Some forty times quicker than this on an idle machine: a bound against a slip, no figure."""
    row = "2026-11-20T16:00,7 work_hours,,2026-11-23T09:30/2026-11-23T10:00\n"
    begun = time.process_time()
    rows, code = ask_many(tmp_path, "start,limit,category,pauses\n" + row * 100_000)
    assert time.process_time() - begun < 20
    assert (len(rows), code, rows[-1][-1]) == (100_001, 0, "")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert ask("--batch", str(tmp_path / "none.csv")).exit_code == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "start,limit,limit\n2026-11-20T16:00,1 hours,2 hours\n",
            "columns of the same name: limit",
        ),
        ('start,limit\n2026-11-20T16:00,1 hours\n"2026-11-20,1 hours\n', "row 3 never closes"),
    ],
)
def test_a_file_that_says_two_things_or_never_ends_is_refused(tmp_path, monkeypatch, text, told):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    file = tmp_path / "many.csv"
    file.write_text(text, encoding="utf-8")
    ran = CliRunner().invoke(main, ["due", "--playbook", str(FUTIAN), "--batch", str(file)])
    assert ran.exit_code == 1
    assert told in ran.stderr
