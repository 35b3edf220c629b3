"""How the playbook commands print: text or JSON, in a language, faults line by line."""

import json
from collections.abc import Iterable, Sequence

import click

from dispatch.cli import language
from dispatch.rules.language.faults import PlaybookFault
from dispatch.translations import language_of, spoken_languages, translate

as_format = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", help="For machines."
)


def output_language(lang: str | None) -> str:
    """The language of `--lang`, the terminal's where nothing or nothing known is asked for."""
    known = language_of(lang or "")
    return known if known in spoken_languages() else language()


def print_faults(faults: Sequence[PlaybookFault], tongue: str) -> None:
    """One line each on stderr, the counts on stdout."""
    for fault in faults:
        prefix = translate(tongue, "playbook.warning") if fault.level == "warning" else ""
        click.echo(prefix + fault.sentence(tongue), err=True)
    errors = sum(fault.level == "error" for fault in faults)
    counts = {"errors": errors, "warnings": len(faults) - errors}
    click.echo(translate(tongue, "playbook.summary", **counts))


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def faults_as_json(faults: Iterable[PlaybookFault], tongue: str) -> list[dict[str, object]]:
    return [
        {
            "file": fault.file,
            "line": fault.line,
            "column": fault.column,
            "path": fault.path,
            "code": fault.code,
            "level": fault.level,
            "sentence": fault.sentence(tongue),
            **_lacking(fault),
        }
        for fault in faults
    ]


def _lacking(fault: PlaybookFault) -> dict[str, object]:
    """Every word that a language lacks; its sentence names only the first."""
    return {"lacking": fault.params["lacking"].split()} if "lacking" in fault.params else {}
