"""The keys of an installation: what each is known by, and whether a restore finds them."""

import os
from pathlib import Path
from typing import Final

from dispatch.settings import Settings
from dispatch.store.sealing import Seal

SEAL_KEY: Final = "seal.key"


def key_digests(seal: Seal) -> dict[str, str]:
    """By the key's name what tells it from another, and says nothing about it."""
    return {SEAL_KEY: seal.ref("backup", "which key")}


def copy_keys(settings: Settings, to: Path) -> None:
    """Writes the keys as files of the backup, also where a setting holds one."""
    written = settings.seal_key or (settings.data_dir / SEAL_KEY).read_text(encoding="utf-8")
    write_key(to / SEAL_KEY, written)


def write_key(path: Path, key: str) -> None:
    """For its owner alone."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def seal_at_hand(settings: Settings, backup: Path) -> Seal | None:
    """By the setting, the data folder or the backup, in this order; None where none has a key."""
    if settings.seal_key:
        return Seal(settings.seal_key.encode())
    for folder in (settings.data_dir, backup):
        if (folder / SEAL_KEY).is_file():
            return Seal((folder / SEAL_KEY).read_bytes().strip())
    return None
