"""Photos on disk: redrawn by the decoder, written durably, named by their digest."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from dispatch.errors import Refused
from dispatch.store.pictures.decoder import Decoder

_JUST_NOW_S: Final = 3600


@dataclass(frozen=True)
class StoredPhoto:
    """A photo as it was stored: digests of the file and of its thumbnail; size in pixels."""

    stored: str
    thumb: str
    bytes: int
    width: int
    height: int


def store_photo(data_dir: Path, sent: bytes, decoder: Decoder, sender: str) -> StoredPhoto:
    """Stores the bytes as an upright JPEG of at most 1600 px and 800 kB, with a thumbnail.

    Raises Refused: photo_empty, and what Decoder.decode refuses.
    """
    if not sent:
        raise Refused("photo_empty")
    redrawn = decoder.decode(sent, sender)
    return StoredPhoto(
        stored=_write(data_dir, redrawn.body),
        thumb=_write(data_dir, redrawn.thumb),
        bytes=len(redrawn.body),
        width=redrawn.width,
        height=redrawn.height,
    )


def _write(data_dir: Path, body: bytes) -> str:
    """Writes the file durably and returns its digest: file and folder are synced, and the name
    appears only when it is complete.
    """
    digest = hashlib.sha256(body).hexdigest()
    path = photo_path(data_dir, digest)
    if path.exists():
        os.utime(path)  # used again from now on: see delete_unused_file
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_suffix(f".{os.getpid()}.{os.urandom(4).hex()}")
    with waiting.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)
    sync(path.parent)
    return digest


def delete_unused_file(data_dir: Path, digest: str, now: datetime) -> None:
    """Deletes a file that no row names, unless the same picture was sent within the last hour, for
    then its row may still come. `now` is wall time.
    """
    path = photo_path(data_dir, digest)
    with suppress(FileNotFoundError):
        if now.timestamp() - path.stat().st_mtime > _JUST_NOW_S:
            path.unlink()


def sync(path: Path) -> None:
    """To the disk, file or folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def photo_path(data_dir: Path, digest: str) -> Path:
    """The path of a stored file. The digest comes from our own rows, never from a request."""
    return data_dir / "photos" / digest[:2] / digest
