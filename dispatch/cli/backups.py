"""backup and restore: a copy of the running installation, and an installation from a copy."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from dispatch import clock
from dispatch.cli import language, refusal_lines
from dispatch.cli.checked import print_checks
from dispatch.cli.installation import installation, speak_as_its_city
from dispatch.cli.version import version
from dispatch.errors import Refused
from dispatch.installation.backup.faults import MACHINE_FAULTS
from dispatch.installation.backup.manifest import Manifest
from dispatch.installation.backup.restore_backup import Restored, restore_backup
from dispatch.installation.backup.write_backup import WrittenBackup, write_backup
from dispatch.settings import load_settings
from dispatch.store.transaction import Store
from dispatch.translations import translate
from dispatch.translations.spoken_instant import spoken_instant

FOLDER: Final = click.Path(file_okay=False, path_type=Path)
_SHOWN: Final = 20


@click.command("backup")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--with-keys", is_flag=True, help="Put the keys into it as well: guard it as them.")
@click.pass_context
def backup(ctx: click.Context, folder: Path, *, with_keys: bool) -> None:
    """Copy the database and the photos into a folder of their own in DIR, and check the copy.

    The server may run meanwhile. Exit code 1: refused, or photos were missing; 2: no room, or
    PostgreSQL's tools are not there. Either way no half of a backup is left.
    """
    with _exit_by_fault(ctx), installation() as store:
        written = write_backup(store, folder, version(), with_keys=with_keys)
    _tell_written(written)
    ctx.exit(1 if written.manifest.lost_photos else 0)


@click.command("restore")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.pass_context
def restore(ctx: click.Context, folder: Path) -> None:
    """Put a backup into an empty data folder and database; of several in DIR the newest.

    What fell due since is done once. Ends with what `verify` says; exit code 1: refused, or
    something differs; 2: no room, or PostgreSQL's tools are not there.
    """
    settings = load_settings(os.environ)
    with _exit_by_fault(ctx):
        restored = restore_backup(settings, folder.absolute(), _open)
    with installation() as store:
        _tell_restored(store, restored)
        is_well = print_checks(store)
    ctx.exit(0 if is_well else 1)


def _open(store: Store) -> None:
    if store.settings.is_test:
        clock.use_offset(store.city_offset)
    speak_as_its_city(store)


@contextmanager
def _exit_by_fault(ctx: click.Context) -> Iterator[None]:
    """What the machine lacks ends with 2, as a wrong word on the command line does."""
    try:
        yield
    except Refused as refused:
        if refused.code not in MACHINE_FAULTS:
            raise
        for line in refusal_lines(refused, language()):
            click.echo(line, err=True)
        ctx.exit(2)


def _tell_written(written: WrittenBackup) -> None:
    manifest = written.manifest
    size = sum(each.bytes for each in manifest.files.values())
    _say("written", path=written.folder, mb=f"{size / 1_000_000:.1f}")
    _tell_counts(manifest)
    keys = ", ".join(manifest.keys)
    _say("with_keys" if manifest.has_keys else "without_keys", names=keys)
    for digest in manifest.lost_photos[:_SHOWN]:
        _say("lost_photo", digest=digest, err=True)
    if manifest.lost_photos:
        _say("lost_photos", count=len(manifest.lost_photos), err=True)


def _tell_restored(store: Store, restored: Restored) -> None:
    manifest, begun = restored.manifest, restored.begun
    with store.read() as session:
        zone = store.playbook(session).district.timezone
    at = spoken_instant(manifest.taken_at.astimezone(ZoneInfo(zone)), zone, language())
    _say("restored", path=restored.folder, at=at, folder=store.data_dir)
    _tell_counts(manifest)
    _say("epoch")
    _tell_serials(begun.serials)
    if not restored.is_noted:
        _say("not_noted", path=restored.folder.parent, err=True)
    _say("fired", count=begun.fired)
    if begun.held:
        _say("held", count=begun.held)
    _say("lost_hours", at=at)


def _tell_serials(serials: Mapping[str, int]) -> None:
    for day, above in serials.items():
        _say("serials", day=day, above=above, first=above + 1)


def _tell_counts(manifest: Manifest) -> None:
    alerts, photos = manifest.counts["alert"], len(manifest.photos)
    _say("counts", alerts=alerts, log=manifest.head_seq, photos=photos)


def _say(key: str, *, err: bool = False, **params: object) -> None:
    click.echo(translate(language(), f"commands.backup.{key}", **params), err=err)
