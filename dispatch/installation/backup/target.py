"""Where a backup is restored to: empty, of the same kind, with its keys, never half restored."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dispatch.errors import Refused
from dispatch.installation.backup.keys import SEAL_KEY, key_digests, seal_at_hand
from dispatch.installation.backup.manifest import Manifest
from dispatch.installation.backup.postgresql_tools import spoken_address
from dispatch.installation.backup.snapshots import database_kind
from dispatch.settings import Settings
from dispatch.store.migrations import knows_revision
from dispatch.store.unfinished import UNFINISHED

# Keys are kept apart from backups; a disk of its own has a folder for what is lost and found.
_MAY_BE_THERE: Final = frozenset({SEAL_KEY, "lost+found"})


def check_target(settings: Settings, backup: Path, manifest: Manifest) -> None:
    """Raises Refused backup_newer, other_database, target_not_empty, keys_missing, keys_wrong."""
    kind = database_kind(settings.database_url)
    if not knows_revision(manifest.revision):
        raise Refused("backup_newer", version=manifest.version)
    if kind.name != manifest.database:
        raise Refused("other_database", kind=manifest.database, here=kind.name)
    _refuse_filled(settings)
    _refuse_keys(settings, backup, manifest)


def _refuse_filled(settings: Settings) -> None:
    folder = settings.data_dir
    if folder.exists() and any(each.name not in _MAY_BE_THERE for each in folder.iterdir()):
        raise Refused("target_not_empty", path=folder)
    if not database_kind(settings.database_url).is_empty(settings.database_url):
        raise Refused("target_not_empty", path=spoken_address(settings.database_url))


def _refuse_keys(settings: Settings, backup: Path, manifest: Manifest) -> None:
    seal = seal_at_hand(settings, backup)
    names = ", ".join(manifest.keys)
    if seal is None:
        raise Refused("keys_missing", names=names, path=settings.data_dir)
    if key_digests(seal) != manifest.keys:
        raise Refused("keys_wrong", names=names, path=settings.data_dir)


@contextmanager
def being_filled(settings: Settings) -> Iterator[None]:
    """Until the block ends well no command works on this folder."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = settings.data_dir / UNFINISHED
    mark.touch(mode=0o600)
    yield
    mark.unlink()
