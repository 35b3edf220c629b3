"""python -m dispatch playbook: exit codes for machines, sentences for people."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from guide import GUIDE
from town import FILES, with_change

import dispatch.rules
from dispatch.cli.playbook import playbook
from dispatch.cli.playbook_explain import explain_command

FUTIAN = str(Path(dispatch.rules.__file__).parent / "playbooks" / "futian")


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path)

    return write


def run(*words: str):
    return CliRunner().invoke(playbook, [*words, "--lang", "en"])


def test_the_default_playbook_is_sound_and_tested():
    assert run("check", FUTIAN).exit_code == 0
    tested = run("test", FUTIAN)
    assert (tested.exit_code, "cases pass" in tested.output) == (0, True)


def test_warnings_pass_and_strict_makes_them_errors(folder):
    path = folder(FILES)
    assert run("check", path).exit_code == 0
    strict = run("check", path, "--strict")
    assert strict.exit_code == 1
    assert "no rule reaches noise" in strict.stderr


def test_an_error_is_exit_code_one_with_its_place_on_stderr(folder):
    path = folder(with_change("rules.yaml", "lead: ROADS", "lead: ROAD"))
    checked = run("check", path)
    assert checked.exit_code == 1
    assert "rules.yaml:8:11: rules[1].lead: there is no unit ROAD" in checked.stderr
    assert checked.stdout == "errors: 1, warnings: 0\n"
    assert run("test", path).exit_code == 1
    assert run("explain", path, "--category", "hole").exit_code == 1


def test_machines_get_the_same_as_json(folder):
    path = folder(with_change("rules.yaml", "lead: ROADS", "lead: ROAD"))
    [fault] = json.loads(run("check", path, "--format", "json").stdout)
    assert (fault["file"], fault["line"], fault["column"]) == ("rules.yaml", 8, 11)
    assert (fault["code"], fault["level"]) == ("unknown_unit", "error")


def test_a_failing_case_is_told_with_what_came_out(folder):
    path = folder(with_change("cases.yaml", "{lead: ROADS}", "{lead: WATER}"))
    tested = run("test", path)
    assert tested.exit_code == 1
    assert "lead should be WATER, it is ROADS" in tested.stderr
    assert "1 of 1 cases fail" in tested.stdout


def test_explain_names_the_lead_and_the_line_of_the_rule(folder):
    explained = run("explain", folder(FILES), "--category", "hole", "--answer", "depth=3")
    assert explained.exit_code == 0
    assert explained.stdout.startswith("WATER  (Water)\n")
    assert "rule deep (rules.yaml:2) matched: it decides" in explained.stdout


def test_explain_resolves_a_position_by_the_polygons():
    at = ("--position", "114.0579", "22.5431", "--at", "2026-11-23T10:00")
    explained = run("explain", FUTIAN, "--category", "E0406", *at)
    assert explained.stdout.startswith("street-futian  (Futian Subdistrict)")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ("--street", "nroth"),
            "没有 nroth 这个街道（是不是想写 north？）",
        ),
        (("--street", "north-1"), "没有 north-1 这个街道"),
        (("--position", "nan", "22.5"), "nan, 22.5 不是经纬度"),
        (("--position", "114.05", "1e400"), "114.05, inf 不是经纬度"),
        (("--about-unit", "NOBODY"), "没有 NOBODY 这个单位"),
        (("--answer", "hurry=danger"), "没有 hurry 这个问题"),
        (("--answer", "urgency=dangr"), "没有 dangr 这个选项（是不是想写 danger？）"),
        (("--role", "grid_wroker"), "没有 grid_wroker 这个角色（是不是想写 grid_worker？）"),
        (("--whistle", "loud"), "没有 loud 这个哨"),
        (("--at", "soon"), "soon 不是时间：请写成 2026-11-23T10:00"),
    ],
)
def test_explain_answers_no_question_about_what_is_not_there(folder, asked, told):
    said = CliRunner().invoke(
        playbook, ["explain", folder(FILES), "--category", "hole", *asked, "--lang", "zh"]
    )
    assert said.exit_code == 2
    assert told in said.stderr


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("photos: {at_least: 2}", ("--photos", "2")),
        ("reporter_role: grid_worker", ("--role", "grid_worker")),
        ("source: hotline", ("--source", "hotline")),
        ("open_nearby: {at_least: 3}", ("--nearby", "3")),
        ("whistle: enforcement", ("--whistle", "enforcement")),
    ],
)
def test_explain_is_told_what_rules_ask_for(folder, when, told):
    rule = f"rules:\n  - {{id: asked, when: {{category: hole, {when}}}, lead: WATER}}\n"
    path = folder(with_change("rules.yaml", "rules:\n", rule))
    assert (
        "rule asked (rules.yaml:2) matched" in run("explain", path, "--category=hole", *told).stdout
    )
    assert "rule asked (rules.yaml:2) matched" not in run("explain", path, "--category=hole").stdout


def test_the_guide_names_every_option_of_explain():
    options = {each for one in explain_command.params for each in one.opts if each[:2] == "--"}
    missing = {each for each in options if f"{each}" not in GUIDE}
    assert missing <= {"--format", "--lang"}


def test_explain_says_all_that_comes_with_the_decision(folder):
    effects = (
        "whistle: emergency\n    severity: 2\n    merge: propose\n    tags: [deep]\n"
        "    notice: {zh: 绕行, en: Keep away}\n    supports:"
    )
    files = with_change("rules.yaml", "supports:", effects)
    always = files["rules.yaml"].replace(", photos: {at_least: 1}", "")
    path = folder(files | {"rules.yaml": always})
    told = run("explain", path, "--category", "hole", "--answer", "depth=1").stdout
    wanted = (
        "order: Emergency order",
        "severity: 2",
        "if the same is known nearby, a merge is proposed",
    )
    for line in (
        *wanted,
        "tags: deep",
        "told to the reporter: Keep away",
        "supports: Water (has to come)",
    ):
        assert f"  {line}" in told, told


def test_a_case_may_ask_in_which_way_a_unit_helps(folder):
    def tested(water):
        given = "{category: hole, street: north, photos: 1}"
        files = with_change("cases.yaml", "{lead: ROADS}", f"{{supports: [north, {water}]}}")
        cases = files["cases.yaml"].replace("{category: hole}", given)
        return run("test", folder(files | {"cases.yaml": cases}))

    assert tested("WATER").exit_code == 0
    assert tested("{unit: WATER, mode: required}").exit_code == 0
    told = tested("{unit: WATER, mode: informed}")
    assert told.exit_code == 1
    seen = "supports should be [WATER: informed, north], it is [WATER: required, north]"
    assert seen in told.stderr
    assert "there is no unit WATR" in tested("WATR").stderr


def test_a_case_answers_what_can_be_chosen(folder):
    text = (Path(FUTIAN) / "cases.yaml").read_text("utf-8")
    files = {file.name: file.read_text("utf-8") for file in Path(FUTIAN).iterdir()}
    wrong = text.replace("answers: {urgency: danger}", "answers: {urgency: dangr}", 1)
    told = run("check", folder(files | {"cases.yaml": wrong}))
    assert told.exit_code == 1
    assert "answers.urgency" in told.stderr
    assert "danger" in told.stderr


def test_wrong_use_is_exit_code_two(folder):
    path = folder(FILES)
    assert run("explain", path, "--category", "meteor").exit_code == 2
    assert run("explain", path, "--category", "hole", "--at", "soon").exit_code == 2
    assert run("check", path + "/nowhere").exit_code == 2
