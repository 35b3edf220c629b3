"""What the guide teaches works: its examples are put into Futian's playbook and checked."""

import shutil
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from guide import GUIDE, RULES, blocks, taught

from dispatch.cli.playbook import playbook
from dispatch.errors import Refused
from dispatch.rules.book.loading import FILES, load_folder
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.intake.report_form import read_report
from dispatch.rules.proving.checks import check
from dispatch.rules.questions.kinds import COMPARISONS, KINDS
from dispatch.rules.telling import faces

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_every_example_of_the_guide_works_in_futian():
    faults = check(taught(), date(2026, 11, 23))
    assert [fault.sentence("en") for fault in faults if fault.level == "error"] == []


def test_the_case_of_the_guide_guards_its_rule():
    files = taught()
    files["rules.yaml"] = files["rules.yaml"].replace(b"lead: XFDD", b"lead: CGJ", 1)
    codes = {fault.code for fault in check(files, date(2026, 11, 23))}
    assert "case_failed" in codes


@pytest.mark.parametrize("word", [*OPERATORS, *COMPARISONS, *KINDS, *FILES])
def test_every_word_of_the_language_is_in_the_guide(word):
    assert f"`{word}`" in GUIDE, f"write what `{word}` means into dispatch/rules/README.md"


STEPS = ("categories", "rules", "cases")  # of the ten minutes, in the order of the guide


@pytest.fixture
def folder(tmp_path):
    """A copy of Futian's playbook, as a clerk has it before them."""
    return Path(shutil.copytree(RULES / "playbooks/futian", tmp_path / "mine"))


def written_by_hand(folder, kind):
    """One step of the guide's ten minutes, typed into its file under the right heading."""
    heading = "\ncategories:\n" if kind == "categories" else f"{kind}:\n"
    text = textwrap.indent(next(each for each in blocks(kind) if "X0001" in each), "  ")
    file = folder / f"{kind}.yaml"
    file.write_text(file.read_text("utf-8").replace(heading, heading + text, 1), "utf-8")


def said(*words: str):
    return CliRunner().invoke(playbook, [*words, "--lang", "zh"])


def test_ten_minutes_add_a_category_with_a_form_a_rule_a_limit_and_a_case(folder):
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    for step in STEPS:
        written_by_hand(folder, step)
    assert said("check", str(folder)).exit_code == 0
    assert "113 个案例" in said("test", str(folder)).output
    answers = ("--answer", "urgency=danger", "--answer", "smoke=true")
    told = said("explain", str(folder), "--category", "X0001", *answers).output
    assert "XFDD" in told
    assert "dispose: 2 hours" in told
    changed = {file.name for file in folder.iterdir() if before[file.name] != file.read_bytes()}
    assert changed == {f"{step}.yaml" for step in STEPS}


def test_the_new_form_reaches_the_phone_and_the_new_rule_the_intake(folder):
    for step in STEPS:
        written_by_hand(folder, step)
    book = load_folder(folder)
    [form] = [each for each in faces.forms(book)["categories"] if each["code"] == "X0001"]
    assert [field["name"] for field in form["fields"]] == ["urgency", "posts", "smoke"]
    body = {"category": "X0001", "text": "充电桩很烫", "grid": "grid-futian-1-1"}
    answers = {"urgency": "danger", "posts": 2, "smoke": True}
    report = read_report(book, body | {"answers": answers}, MONDAY)
    assert report.answers == answers
    with pytest.raises(Refused, match=r"answers\.posts"):
        read_report(book, body | {"answers": answers | {"posts": "two"}}, MONDAY)


def test_a_step_that_was_forgotten_is_told(folder):
    written_by_hand(folder, "categories")
    assert "没有规则管 X0001" in said("check", str(folder)).stderr
    written_by_hand(folder, "rules")
    file = folder / "rules.yaml"
    file.write_text(file.read_text("utf-8").replace("lead: XFDD", "lead: XFD", 1), "utf-8")
    checked = said("check", str(folder))
    assert checked.exit_code == 1
    assert "rules.yaml:" in checked.stderr
    assert "没有 XFD 这个单位（是不是想写 XFDD？）" in checked.stderr
