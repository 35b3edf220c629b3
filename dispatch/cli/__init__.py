"""The commands: python -m dispatch …, one file per group, read only when it is called."""

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import Any, Final, NamedTuple

import click

from dispatch.errors import Refused
from dispatch.settings import PREFIX, unknown_variables
from dispatch.translations import FOR_OTHERS, best_language, knows_a_city, own_language, translate

ASKED: Final = "dispatch.lang"
ACTING: Final = "dispatch.as"
# Where the language of the command line is named, besides --lang; the first that we speak counts.
_NAMED: Final = (f"{PREFIX}LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class Entry(NamedTuple):
    """Where a command is written; the summary stands here so that --help reads no file."""

    module: str
    summary: str


COMMANDS: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "init": Entry("server", "Make keys, tables and version 1 of the playbook. Safe to repeat."),
        "serve": Entry("server", "Run the server."),
        "person": Entry("people", "Add or disable people, give them roles."),
        "token": Entry("people", "Print a bearer token for a person."),
        "playbook": Entry("playbook", "Check, test, explain, publish a playbook."),
        "due": Entry("due", "Work out due times by a playbook's calendars."),
        "promises": Entry("promises", "Show and apply what a new calendar would move."),
        "replay": Entry("replay", "Send another system's requests through the real intake."),
        "report": Entry("reports", "Print a supervisors' report."),
        "check": Entry("check", "Say whether the installation is well, as /readyz does."),
        "verify": Entry("upkeep", "Recompute promises, hash chain and counters."),
        "backup": Entry("backups", "Copy the database and the photos."),
        "restore": Entry("backups", "Put a backup into an empty data folder."),
        "notices": Entry("notices", "Show, send or drop what is held since a restore."),
    },
)


class Commands(click.Group):
    """Finds a command in its file, and says a refusal in words with exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return [name for name, entry in COMMANDS.items() if find_spec(_path(entry))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found = _named(import_module(_path(COMMANDS[cmd_name])), cmd_name)
        return _asks_for_language(found) if found else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name].summary) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Refused as refused:
            for line in refusal_lines(refused, language()):
                click.echo(line, err=True)
            ctx.exit(1)


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's signature
    if asked:
        from dispatch.cli.version import version  # noqa: PLC0415 - --help reads no file

        click.echo(version())
        context.exit()


def keep_language(context: click.Context, _option: click.Parameter, tag: str | None) -> str | None:
    """Whatever the command says from now on is said in this language, if it is spoken."""
    if tag:
        context.meta[ASKED] = tag
    return tag


_LANG: Final[dict[str, Any]] = {
    "default": None,
    "is_eager": True,
    "callback": keep_language,
    "help": "A language of the package or of the playbook, as zh or en; the terminal's by default.",
}
in_language = click.option("--lang", **_LANG)


def _asks_for_language(command: click.Command) -> click.Command:
    """Every command takes --lang, its own commands too; one that reads it itself has it already."""
    if not any("--lang" in option.opts for option in command.params):
        command.params.append(click.Option(["--lang"], expose_value=False, **_LANG))
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _asks_for_language(each)
    return command


@click.group(cls=Commands)
@click.option("--lang", expose_value=False, **_LANG)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help="Say which version this is.",
)
@click.option("--as", "acting", metavar="PERSON", help="Who runs this; told in the audit trail.")
@click.pass_context
def main(context: click.Context, acting: str | None) -> None:
    """哨到 Shaodao: alerts about problems at places, dispatched to those who can solve them.

    Settings come from DISPATCH_… variables: see docs/operating.md.
    """
    context.meta[ACTING] = acting
    for name in unknown_variables(os.environ):
        click.echo(translate(language(), "commands.unknown_setting", name=name), err=True)


def language() -> str:
    """The language of --lang, else of the terminal, else the city's own; English where no city is
    at hand that speaks another.
    """
    context = click.get_current_context(silent=True)
    asked = context.meta.get(ASKED, "") if context else ""
    named = (os.environ.get(name, "") for name in _NAMED)
    return best_language((asked, *named), own_language() if knows_a_city() else FOR_OTHERS)


def refusal_lines(refused: Refused, language: str) -> Iterator[str]:
    """A refusal in lines: the sentence, then each fault with its field."""
    yield translate(language, f"problems.{refused.code}", **refused.params)
    for fault in refused.faults:
        sentence = translate(language, f"problems.fault.{fault.code}", **fault.params)
        yield f"  {fault.field}: {sentence}"


def _path(entry: Entry) -> str:
    return f"{__name__}.{entry.module}"


def _named(module: ModuleType, name: str) -> click.Command | None:
    commands = (thing for thing in vars(module).values() if isinstance(thing, click.Command))
    return next((command for command in commands if command.name == name), None)
