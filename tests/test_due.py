"""The command that works out due times, for one question and for a file of them."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dispatch.cli import main
from dispatch.cli.due import Desk, NoAnswer, Question
from dispatch.rules import loading

FUTIAN = Path(loading.__file__).parent / "playbooks" / "futian"
EXAMPLES = Path(__file__).parent / "data" / "futian_due.csv"
ROAD = "E0113"


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
    desk = Desk(replace(playbook, categories={ROAD: road}))
    answers = {desk.due(Question("2026-11-20T16:00", category=c)) for c in (ROAD, " 路  面 破损")}
    assert len(answers) == 1


def test_an_ambiguous_name_is_an_error_that_names_the_codes(playbook):
    road = playbook.categories[ROAD]
    twins = {code: replace(road, code=code) for code in ("A1", "A2")}
    desk = Desk(replace(playbook, categories=twins))
    with pytest.raises(NoAnswer) as none:
        desk.due(Question("2026-11-20T16:00", category=road.label["zh"]))
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


@pytest.mark.parametrize("content", [b"", b"when,limit\n", b"start,pauses\n", b"start,limit\n\xff"])
def test_a_file_without_questions_is_refused(tmp_path, content):
    file = tmp_path / "q.csv"
    file.write_bytes(content)
    ran = ask("--batch", str(file))
    assert ran.exit_code == 1
    assert "q.csv" in ran.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert ask("--batch", str(tmp_path / "none.csv")).exit_code == 1
