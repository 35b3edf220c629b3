"""What the guide teaches works: its examples are put into Futian's playbook and checked."""

import re
import shutil
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from guide import BLOCK, COMMAND, GUIDES, RULES, SPAN, blocks, named_in, taught, whole_city

from dispatch.cli import main
from dispatch.cli.playbook import playbook
from dispatch.errors import Refused
from dispatch.rules.book.loading import FILES, load_folder
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.intake.report_form import read_report
from dispatch.rules.proving.checks import check
from dispatch.rules.questions.kinds import COMPARISONS, KINDS
from dispatch.rules.telling import faces
from dispatch.rules.telling.schema import playbook_schema

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_every_example_of_the_guide_works_in_futian():
    faults = check(taught(), date(2026, 11, 23))
    assert [fault.sentence("en") for fault in faults if fault.level == "error"] == []


def test_the_case_of_the_guide_guards_its_rule():
    files = taught()
    files["rules.yaml"] = files["rules.yaml"].replace(b"lead: XFDD", b"lead: CGJ", 1)
    codes = {fault.code for fault in check(files, date(2026, 11, 23))}
    assert "case_failed" in codes


in_both = pytest.mark.parametrize("guide", GUIDES)


@in_both
def test_every_word_of_the_language_is_in_the_guide(guide):
    words = [*OPERATORS, *COMPARISONS, *KINDS, *FILES]
    lacking = [word for word in words if f"`{word}`" not in GUIDES[guide]]
    assert not lacking, f"write what {', '.join(lacking)} means into dispatch/rules/{guide}"


def keys_and_words(shape, kinds):
    """Every key that a schema knows and every fixed word, conditions aside: they have a table."""
    if isinstance(shape, list):
        return {word for each in shape for word in keys_and_words(each, kinds)}
    if not isinstance(shape, dict):
        return set()
    named = str(shape.get("$ref", "")).rpartition("/")[2]
    if named:
        rest = {name: kind for name, kind in kinds.items() if name != named}
        return keys_and_words(kinds.get(named), rest)
    words = {word for word in shape.get("enum", ()) if isinstance(word, str)}
    inner = {word for each in shape.values() for word in keys_and_words(each, kinds)}
    return {*shape.get("properties", ())} | words | inner


@in_both
@pytest.mark.parametrize("file", FILES)
def test_every_key_of_every_file_is_in_the_guide(guide, file):
    kinds = playbook_schema()["$defs"]
    kinds.pop("condition")
    lacking = keys_and_words(kinds[file], kinds) - named_in(GUIDES[guide])
    assert not lacking, f"write what {', '.join(sorted(lacking))} means into dispatch/rules/{guide}"


@in_both
def test_the_city_of_the_guide_is_a_playbook_that_passes_its_check(guide):
    faults = check(whole_city(GUIDES[guide]), date(2026, 11, 23))
    assert {(fault.code, fault.level) for fault in faults} == {("words_lack", "warning")}


def test_both_guides_show_the_same_examples():
    chinese, english = (BLOCK.findall(GUIDES[name]) for name in ("README.md", "README.en.md"))
    lacking = [text for _, text in chinese if text not in [each for _, each in english]]
    assert not lacking, "write these into dispatch/rules/README.en.md as well"
    assert len(english) == len(chinese)
    assert whole_city(GUIDES["README.md"]) == whole_city(GUIDES["README.en.md"])


@in_both
def test_the_commands_of_the_guide_are_there_with_their_options(guide):
    written = COMMAND.findall(GUIDES[guide]) + [
        f"playbook explain {span}" for span in SPAN.findall(GUIDES[guide]) if span.startswith("--")
    ]
    assert len(written) > 15
    for line in written:
        words = line.split()
        command, context = main, click.Context(main)
        while isinstance(command, click.Group):
            command = command.get_command(context, words.pop(0))
            assert command, line
        known = {option for each in command.params for option in each.opts}
        asked = {word.partition("=")[0] for word in re.findall(r"(?<![\w-])--[a-z-]+", line)}
        everywhere = {"--hand-over", "--by", "--drafter", "--reviewer", "--override", "--lang"}
        assert asked <= known | everywhere, line


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
