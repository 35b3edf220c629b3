"""What the playbook commands share: where a playbook comes from, how faults are told."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from dispatch.cli import language
from dispatch.cli.installation import installation
from dispatch.rules.book.archives import read_source
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookFault, PlaybookRefused
from dispatch.store.playbooks import active_version, files_of
from dispatch.store.transaction import Store
from dispatch.translations import translate

SOURCE: Final = click.Path(exists=True, path_type=Path)
ACTIVE: Final = "active"

as_format = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", help="For machines."
)
in_language = click.option("--lang", default=None, help="zh or en; the terminal's by default.")


def tongue_of(lang: str | None) -> str:
    return {"zh": "zh_Hans_CN", "en": "en"}.get(lang or "", language())


def loaded(ctx: click.Context, source: str | Path, tongue: str) -> Playbook:
    """The playbook of a folder, an archive, or a version of the installation; else exit code 1."""
    try:
        return load(files_from(str(source)))
    except PlaybookRefused as refused:
        print_faults(refused.faults, tongue)
        ctx.exit(1)


def files_from(source: str) -> dict[str, bytes]:
    """Raises PlaybookRefused, Refused no_such_version."""
    if source == ACTIVE or source.isdecimal():
        with installation() as store:
            return files_of_version(store, source)
    path = Path(source)
    if not path.exists():
        raise click.BadParameter(source)
    return read_source(path)


def files_of_version(store: Store, version: str) -> dict[str, bytes]:
    with store.read() as session:
        number = active_version(session) if version == ACTIVE else int(version)
        return files_of(session, number or 0)


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
        }
        for fault in faults
    ]
