"""playbook diff | export | import | versions: the versions of an installation."""

import json
from datetime import datetime
from pathlib import Path

import click

from dispatch.cli import in_language
from dispatch.cli.hands import person_named
from dispatch.cli.installation import installation
from dispatch.cli.playbook_differences import differences_in_words
from dispatch.cli.playbook_output import (
    as_format,
    output_language,
    print_faults,
    print_json,
)
from dispatch.cli.playbook_sources import SOURCE, files_of_version, loaded
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publications import publications
from dispatch.rules.book.archives import read_source, write_source
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.proving.differences import differences
from dispatch.rules.telling.schema import playbook_schema
from dispatch.store.playbooks import active_version, versions
from dispatch.translations import translate
from dispatch.translations.spoken_instant import spoken_instant


@click.command("diff")
@click.argument("before", metavar="PATH|VERSION")
@click.argument("after", metavar="PATH|VERSION")
@as_format
@in_language
@click.pass_context
def diff_command(ctx: click.Context, before: str, after: str, shape: str, lang: str | None) -> None:
    """Everything that differs between two playbooks, field by field, what is dangerous first."""
    old, new = loaded(ctx, before, lang), loaded(ctx, after, lang)
    tongue = output_language(lang)
    if shape == "json":
        print_json([each.as_json() for each in differences(old, new)])
        return
    for line in differences_in_words(differences(old, new), new, tongue):
        click.echo(line)


@click.command("import")
@click.argument("path", type=SOURCE)
@click.option("--note", default="")
@click.option("--by", "drafter", default=None, metavar="PERSON")
@in_language
@click.pass_context
def import_command(
    ctx: click.Context, path: Path, note: str, drafter: str | None, lang: str | None
) -> None:
    """Keep a draft as a version that decides nothing yet: others can replay and publish it."""
    with installation() as store:
        tongue = output_language(lang)
        try:
            version = keep_playbook(store, read_source(path), note, person_named(store, drafter))
        except PlaybookRefused as refused:
            print_faults(refused.faults, tongue)
            ctx.exit(1)
        with store.read() as session:
            decides = version == active_version(session)
    click.echo(translate(tongue, f"playbook.{'decides' if decides else 'kept'}", version=version))


@click.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--version", default="active", help="A number, or active.")
@click.option("--schema", is_flag=True, help="Only the JSON Schema, for editors, into PATH.")
@in_language
def export_command(path: Path, version: str, lang: str | None, *, schema: bool) -> None:
    """Write a version as a folder, or as one file where PATH ends in .zip."""
    if schema:
        path.write_text(json.dumps(playbook_schema(), ensure_ascii=False, indent=1), "utf-8")
        click.echo(translate(output_language(lang), "playbook.exported", path=path))
        return
    if version != "active" and not version.isdecimal():
        raise click.BadParameter(version, param_hint="--version")
    with installation() as store:
        write_source(files_of_version(store, version), path)
    click.echo(translate(output_language(lang), "playbook.exported", path=path))


@click.command("versions")
@as_format
@in_language
def versions_command(shape: str, lang: str | None) -> None:
    """Every version that was ever kept, and which one decides."""
    with installation() as store, store.read() as session:
        active, rows = active_version(session), versions(session)
        zone = "UTC" if active is None else store.playbook(session).district.timezone
        published = publications(session, store.seal)
        told = [
            {
                "version": row.version,
                "active": row.version == active,
                "kept_at": row.published_at.isoformat(),
                "hash": row.hash,
                "note": row.note,
                "publications": published.get(row.version, []),
            }
            for row in rows
        ]
    if shape == "json":
        print_json(told)
        return
    tongue = output_language(lang)
    for each in told:
        mark = "decides" if each["active"] else "rests"
        said = each | {"kept_at": _local(str(each["kept_at"]), zone, tongue)}
        click.echo(translate(tongue, f"playbook.version.{mark}", **said))
        for act in published.get(int(str(each["version"])), []):
            words = {name: value or "–" for name, value in act.items()}
            words["at"] = _local(words["at"], zone, tongue)
            click.echo("  " + translate(tongue, "playbook.version.published", **words))


def _local(instant: str, zone: str, tongue: str) -> str:
    return spoken_instant(datetime.fromisoformat(instant), zone, tongue)
