"""replay on the command line: what it prints, what it rejects, and that it may be killed."""

import csv
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from boston import EXAMPLE, SAMPLE, sample
from click.testing import CliRunner

from dispatch.cli import main


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The commands, in an installation of Boston's own."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISPATCH_PLAYBOOK", str(EXAMPLE))
    monkeypatch.setenv("DISPATCH_SYNCHRONOUS", "NORMAL")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(*args: str):
        return CliRunner().invoke(main, [str(each) for each in args])

    assert run("init").exit_code == 0
    return run


def write(path: Path, rows, header=None):
    with path.open("w", encoding="utf-8-sig", newline="") as text:
        sheet = csv.DictWriter(text, header or rows[0].keys())
        sheet.writeheader()
        sheet.writerows(rows)
    return path


MAPPING = ("--mapping", EXAMPLE / "mapping.yaml")


def test_it_prints_what_went_in_and_how_far_the_rules_agree(run, tmp_path):
    some = sample(30)
    ran = run("replay", write(tmp_path / "some.csv", some), *MAPPING)
    assert ran.exit_code == 0, ran.output
    closed = sum(row["CASE_STATUS"] == "Closed" for row in some)
    counts = f"30 rows: 30 taken in ({closed} closed, {30 - closed} open), 0 rejected."
    lines = ran.stdout.splitlines()
    assert lines[0] == counts
    assert "30 of 30 (100.00 %)" in lines[1]
    assert "By the category alone" in lines[2]


def test_what_was_refused_is_in_the_rejects_file_with_its_columns_and_the_reason(run, tmp_path):
    bad, far, *good = sample(4)
    rows = [bad | {"TYPE": "Dragons"}, far | {"LATITUDE": "22.5"}, *good]
    rejects = tmp_path / "rejects.csv"
    ran = run("replay", write(tmp_path / "some.csv", rows), *MAPPING, "--rejects", rejects)
    assert ran.exit_code == 1
    assert "4 rows: 2 taken in" in ran.stdout
    with rejects.open(encoding="utf-8", newline="") as text:
        told = list(csv.DictReader(text))
    assert [(row["row"], row["code"]) for row in told] == [
        ("2", "invalid"),
        ("3", "place_implausible"),
    ]
    assert told[0]["CASE_ENQUIRY_ID"] == bad["CASE_ENQUIRY_ID"]
    assert "TYPE" in told[0]["reason"]
    assert "place" in told[1]["reason"]


def test_without_a_file_for_them_rejects_are_told_one_by_one(run, tmp_path):
    bad = sample(1)[0] | {"TYPE": "Dragons"}
    ran = run("replay", write(tmp_path / "some.csv", [bad]), *MAPPING)
    assert ran.exit_code == 1
    assert "2: invalid:" in ran.stderr


def test_a_row_with_more_cells_than_columns_is_rejected(run, tmp_path):
    file = write(tmp_path / "some.csv", sample(1))
    file.write_text(file.read_text().rstrip() + ",one,more\n")
    ran = run("replay", file, *MAPPING)
    assert (ran.exit_code, "row:" in ran.stderr) == (1, True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"CASE_ENQUIRY_ID,OPEN_DT\n1,2\n", "lacks columns"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_as_a_whole(run, tmp_path, content, says):
    file = tmp_path / "some.csv"
    file.write_bytes(content)
    ran = run("replay", file, *MAPPING)
    assert (ran.exit_code, says in ran.stderr) == (1, True)


def test_a_mapping_with_mistakes_is_refused_with_line_and_column(run, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("source: x\n")
    ran = run("replay", SAMPLE, "--mapping", mapping)
    assert ran.exit_code == 1
    assert "mapping.yaml:1:1" in ran.stderr


def test_before_init_there_is_nothing_to_replay_into(monkeypatch, tmp_path):
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "empty"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    ran = CliRunner().invoke(main, ["replay", str(SAMPLE), *map(str, MAPPING)])
    assert ran.exit_code == 1


@pytest.mark.chaos
@pytest.mark.long
def test_killed_in_the_middle_it_completes_what_is_missing_when_run_again(run, tmp_path):
    command = [sys.executable, "-m", "dispatch", "replay", SAMPLE, *MAPPING]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    database = tmp_path / "data" / "dispatch.sqlite3"
    deadline = time.monotonic() + 60
    while _count(database) < 40 and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.kill()
    killed.wait()
    assert 40 <= _count(database) < 200
    ran = run("replay", SAMPLE, *MAPPING)
    assert ran.exit_code == 0, ran.output
    assert "200 rows: 200 taken in (157 closed, 43 open), 0 rejected." in ran.stdout
    assert run("replay", SAMPLE, *MAPPING).stdout == ran.stdout


def _count(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT count(*) FROM alert").fetchone()[0]


def test_double_columns_and_an_open_quote_are_told_as_that(run, tmp_path):
    some = write(tmp_path / "some.csv", sample(2)).read_text("utf-8-sig")
    head, *rows = some.splitlines()
    twice = tmp_path / "twice.csv"
    twice.write_text("\n".join([f"{head},CASE_TITLE", *rows]), encoding="utf-8")
    assert "columns of the same name: case_title" in run("replay", twice, *MAPPING).stderr
    open_quote = tmp_path / "open.csv"
    open_quote.write_text("\n".join([head, f'"{rows[0]}', rows[1]]), encoding="utf-8")
    assert "row 2 never closes" in run("replay", open_quote, *MAPPING).stderr
