"""The group of commands: quick help, and refusals in words."""

import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dispatch.cli import COMMANDS, Commands, main, refusal_lines
from dispatch.errors import Fault, Refused
from dispatch.settings import load_settings

HOUSE = Path(__file__).parents[2]
HEAVY = {"flask", "sqlalchemy", "shapely", "folium", "pydantic", "apscheduler"}


def test_help_reads_no_command_file():
    code = "import sys, dispatch.cli as c; c.main(['--help'], standalone_mode=False);"
    code += "print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage" in ran.stdout
    assert not HEAVY & set(ran.stderr.split())


def test_it_says_which_version_it_is_as_the_project_names_it():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ran = CliRunner().invoke(main, ["--version"])
    assert (ran.exit_code, ran.output) == (0, f"{project['version']}\n")


def test_every_command_of_the_table_is_found_and_every_found_one_is_in_the_table():
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None, f"{name} is not in dispatch/cli/{COMMANDS[name].module}.py"
        assert command.help, f"{name} has no help"


def test_an_unknown_command_is_a_usage_error():
    ran = CliRunner().invoke(main, ["whistle-louder"])
    assert ran.exit_code == 2


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en_GB.UTF-8", "settings"),
        ("zh_CN.UTF-8", "设置"),
        ("C.UTF-8", "settings"),
        ("nl_NL.UTF-8", "settings"),
    ],
)
def test_a_refusal_is_told_in_words_with_exit_code_1(monkeypatch, tag, words):
    monkeypatch.setenv("LC_ALL", tag)
    monkeypatch.delenv("LANG", raising=False)

    @click.group(cls=Commands, invoke_without_command=True)
    def group() -> None:
        load_settings({"DISPATCH_PORT": "http"})

    ran = CliRunner().invoke(group, [])
    assert ran.exit_code == 1
    assert words in ran.stderr
    assert "DISPATCH_PORT" in ran.stderr


def test_every_fault_gets_its_line():
    refused = Refused("invalid", count=2, faults=(Fault("text", "missing"), Fault("x", "repeated")))
    assert [line.split(":")[0].strip() for line in refusal_lines(refused, "en")][1:] == [
        "text",
        "x",
    ]


def test_a_slip_in_a_setting_is_mentioned(monkeypatch):
    monkeypatch.setenv("DISPATCH_PROT", "8000")
    monkeypatch.setattr(main, "get_command", lambda *_: click.Command("init", callback=int))
    assert "DISPATCH_PROT" in CliRunner().invoke(main, ["init"]).stderr
