"""Restores a backup into an empty installation, which then goes on from there."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dispatch.installation.backup.backup_folders import find_backup
from dispatch.installation.backup.begin_again import BegunAgain, begin_again
from dispatch.installation.backup.copied_photos import photo_files
from dispatch.installation.backup.faults import faults_named
from dispatch.installation.backup.keys import SEAL_KEY, write_key
from dispatch.installation.backup.manifest import Manifest
from dispatch.installation.backup.serials import note_serials, noted_serials
from dispatch.installation.backup.snapshots import database_kind
from dispatch.installation.backup.target import being_filled, check_target
from dispatch.installation.backup.write_backup import check_backup
from dispatch.settings import Settings
from dispatch.store.photos import sync
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class Restored:
    """`is_noted`: the next restore of the day will know above which serial this one went on."""

    folder: Path
    manifest: Manifest
    begun: BegunAgain
    is_noted: bool


def restore_backup(settings: Settings, folder: Path, opened: Callable[[Store], None]) -> Restored:
    """Restores the backup in `folder`, or the newest one in it, into the installation of the
    settings. `opened` is called with the store before anything is done in it.

    Raises Refused and has written nothing: no_backup, backup_damaged, backup_newer, other_database,
    target_not_empty, keys_missing, keys_wrong, tool_missing. Raises Refused disk_full, not_written,
    tool_failed where the target has to be emptied again.
    """
    backup = find_backup(folder)
    manifest = check_backup(backup)
    check_target(settings, backup, manifest)
    with faults_named(settings.data_dir), being_filled(settings):
        _copy(settings, backup, manifest)
        store = Store(settings)
        try:
            store.migrate()
            opened(store)
            begun = begin_again(store, manifest, noted_serials(backup))
        finally:
            store.close()
    return Restored(backup, manifest, begun, note_serials(backup, begun.serials))


def _copy(settings: Settings, backup: Path, manifest: Manifest) -> None:
    """Photos and keys first: an alert whose photo is missing would be seen by people."""
    for photo in photo_files(backup):
        target = settings.data_dir / photo.relative_to(backup)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(photo, target)
        sync(target)
    here = settings.data_dir / SEAL_KEY
    if manifest.has_keys and not settings.seal_key and not here.exists():
        write_key(here, (backup / SEAL_KEY).read_text(encoding="utf-8"))
    kind = database_kind(settings.database_url)
    kind.restore(backup / kind.file, settings.database_url)
