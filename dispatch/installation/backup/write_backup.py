"""Writes a backup of a running installation, and checks it before it counts."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.errors import Refused
from dispatch.installation.backup.backup_folders import (
    complete_backups,
    folder_name,
    only_writer,
    unfinished,
)
from dispatch.installation.backup.copied_photos import copy_photos, named_photos, photo_files
from dispatch.installation.backup.faults import faults_named
from dispatch.installation.backup.keys import copy_keys, key_digests
from dispatch.installation.backup.manifest import (
    CopiedFile,
    Manifest,
    copied_file,
    damaged,
    read_manifest,
)
from dispatch.installation.backup.snapshots import KINDS, count_rows, database_kind
from dispatch.store.backup_age import note_backed_up
from dispatch.store.installation_facts import epoch
from dispatch.store.log import GENESIS
from dispatch.store.tables import Base, LogEntry
from dispatch.store.transaction import Store

TABLES: Final = sorted(Base.metadata.tables)


@dataclass(frozen=True)
class WrittenBackup:
    """A backup that was written and checked."""

    folder: Path
    manifest: Manifest


def write_backup(store: Store, folder: Path, version: str, *, with_keys: bool) -> WrittenBackup:
    """Writes a backup into a folder of its own in `folder`; raises Refused backup_running,
    disk_full, not_written, tool_missing, tool_failed, backup_damaged, and then leaves nothing.
    """
    with faults_named(folder), only_writer(folder):
        before = next(reversed(complete_backups(folder)), None)
        taken_at = clock.wall()
        final = folder / folder_name(taken_at)
        with unfinished(final) as path:
            manifest = _copied(store, path, before, version, with_keys=with_keys)
            manifest = replace(manifest, taken_at=taken_at, files=_digests(path))
            manifest.write(path)
            check_backup(path)
    with store.write() as tx:
        note_backed_up(tx.session, taken_at)
    return WrittenBackup(final, manifest)


def check_backup(folder: Path) -> Manifest:
    """Reads every byte again and counts the rows of the copy; raises Refused backup_damaged."""
    manifest = read_manifest(folder)
    for name in damaged(folder, manifest):
        raise Refused("backup_damaged", path=folder / name)
    kind = next(each for each in KINDS if each.name == manifest.database)
    try:
        counts = kind.rows(folder / kind.file, list(manifest.counts))
    except sqlite3.Error:
        raise Refused("backup_damaged", path=folder / kind.file) from None
    if counts != manifest.counts:
        raise Refused("backup_damaged", path=folder / kind.file)
    return manifest


def _copied(
    store: Store, path: Path, before: Path | None, version: str, *, with_keys: bool
) -> Manifest:
    kind = database_kind(store.settings.database_url)
    with store.read() as session:
        city_time = store.now(session)
    with kind.copied(store, path / kind.file) as session:
        about = {**_of_the_log(session), "counts": count_rows(session, TABLES)}
        photos = named_photos(session)
    lost = copy_photos(store.data_dir, path, photos, before)
    if with_keys:
        copy_keys(store.settings, path)
    return Manifest(
        version=version,
        database=kind.name,
        taken_at=clock.wall(),
        city_time=city_time,
        keys=key_digests(store.seal),
        has_keys=with_keys,
        lost_photos=tuple(sorted(each for each in lost if photos[each])),
        files={},
        **about,
    )


def _of_the_log(session: Session) -> dict[str, Any]:
    """Epoch and head of the log, and the revision of the tables, as they were copied."""
    head = session.execute(
        select(LogEntry.seq, LogEntry.hash).order_by(LogEntry.seq.desc()).limit(1)
    ).first()
    return {
        "revision": session.scalar(text("SELECT version_num FROM alembic_version")) or "",
        "epoch": epoch(session),
        "head_seq": head.seq if head else 0,
        "head_hash": head.hash if head else GENESIS,
    }


def _digests(path: Path) -> dict[str, CopiedFile]:
    kept = [each for each in path.iterdir() if each.is_file()]
    return {str(each.relative_to(path)): copied_file(each) for each in (*kept, *photo_files(path))}
