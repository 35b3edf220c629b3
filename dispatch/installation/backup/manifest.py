"""The manifest of a backup: what it is a copy of, and the digest of each of its files."""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from dispatch.errors import Refused

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True)
class CopiedFile:
    """A file of a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`version`: of the product; `revision`: of its tables; `database`: sqlite or postgresql.

    `taken_at`: by the machine's clock, `city_time`: by the city's own, before the database was
    copied. `epoch`, `head_seq` and `head_hash`: the log as it is in the copy. `counts`: rows by
    table. `keys`: of each key the digest by which it is known; `has_keys`: they are in the backup.
    `lost_photos`: those that the tables name and the installation had no file of.
    """

    version: str
    revision: str
    database: str
    taken_at: datetime
    city_time: datetime
    epoch: str
    head_seq: int
    head_hash: str
    counts: Mapping[str, int]
    keys: Mapping[str, str]
    has_keys: bool
    lost_photos: tuple[str, ...]
    files: Mapping[str, CopiedFile]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        written = json.dumps(dataclasses.asdict(self), default=datetime.isoformat, indent=1)
        (folder / MANIFEST).write_text(written + "\n", encoding="utf-8")

    @property
    def photos(self) -> list[str]:
        return [name for name in self.files if name.startswith("photos/")]


def read_manifest(folder: Path) -> Manifest:
    """Raises Refused no_backup where there is none or it cannot be read, backup_newer for one of a
    later version of the product.
    """
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if int(told["format"]) > FORMAT:
            raise Refused("backup_newer", version=told.get("version", "?"))
        return Manifest(**_parsed(told))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise Refused("no_backup", path=folder) from None


def _parsed(told: Mapping[str, Any]) -> dict[str, Any]:
    files = {name: CopiedFile(**each) for name, each in told["files"].items()}
    times = {name: datetime.fromisoformat(told[name]) for name in ("taken_at", "city_time")}
    if any(name.startswith("/") or ".." in Path(name).parts for name in files):
        raise ValueError("a file outside of the backup")
    return {**told, **times, "files": files, "lost_photos": tuple(told["lost_photos"])}


def copied_file(path: Path) -> CopiedFile:
    """Size and digest of a file as it is on the disk."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(_AT_ONCE):
            digest.update(part)
            size += len(part)
    return CopiedFile(size, digest.hexdigest())


def damaged(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The names of the files that are missing or are not as the manifest says."""
    for name, wanted in manifest.files.items():
        path = folder / name
        if not path.is_file() or copied_file(path) != wanted:
            yield name
