"""The photos of a backup: those that its copy of the database names."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.installation.backup.manifest import copied_file
from dispatch.store.photos import photo_path
from dispatch.store.tables import Photo

FOLDER: Final = "photos"


def named_photos(session: Session) -> dict[str, bool]:
    """The digests of the files that the rows name, and whether a step declared the photo: one that
    none declared is deleted after a day, perhaps while the backup is written.
    """
    named: dict[str, bool] = {}
    for stored, thumb, declared_at in session.execute(
        select(Photo.stored, Photo.thumb, Photo.declared_at)
    ):
        for digest in filter(None, (stored, thumb)):
            named[digest] = named.get(digest, False) or declared_at is not None
    return named


def copy_photos(data_dir: Path, to: Path, digests: Iterable[str], before: Path | None) -> list[str]:
    """Copies the files and returns those that are not there. A photo never changes: one that the
    backup `before` has whole is linked, and takes no room twice.
    """
    lost = []
    for digest in digests:
        path = photo_path(to, digest)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if before is not None and _linked(photo_path(before, digest), path, digest):
            continue
        try:
            shutil.copyfile(photo_path(data_dir, digest), path)
        except FileNotFoundError:
            lost.append(digest)
    return lost


def photo_files(folder: Path) -> Iterator[Path]:
    """Every file of a folder of photos, in order."""
    yield from sorted(path for path in (folder / FOLDER).glob("*/*") if path.is_file())


def _linked(kept: Path, path: Path, digest: str) -> bool:
    with suppress(OSError):  # not there, or a disk that knows no links
        if copied_file(kept).sha256 == digest:
            os.link(kept, path)
            return True
    return False
