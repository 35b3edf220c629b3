"""Packs the files of a playbook into one zip, and reads such a zip within bounds."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dispatch.rules.book.loading import is_playbook_file, read_folder
from dispatch.rules.language.bounds import GEOJSON_BOUNDS
from dispatch.rules.language.faults import PlaybookFaults, PlaybookRefused

# How Python's reader says that a zip is broken, encrypted, or packed in a way unknown to it.
UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(RuntimeError, NotImplementedError, ValueError, OSError),
)


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The playbook's files by name; other members are left out. A member that is too big is cut
    off, and the reader refuses it later: a zip bomb costs no more than the largest playbook. Of
    members with one name the last one counts.

    Raises one of UNREADABLE.
    """
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = dict.fromkeys(filter(is_playbook_file, archive.namelist()))
        return {name: _bounded(archive, name) for name in names}


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(GEOJSON_BOUNDS.size + 1)


def read_source(path: Path) -> dict[str, bytes]:
    """The files of a folder or of an exported zip; raises PlaybookRefused for another file."""
    if path.is_dir():
        return read_folder(path)
    packed = path.read_bytes()
    try:
        return unpack(packed)
    except UNREADABLE:
        faults = PlaybookFaults()
        faults.at_file(path.name, "not_archive")
        raise PlaybookRefused(faults.found) from None


def write_source(files: Mapping[str, bytes], path: Path) -> None:
    """Writes a zip where the path ends in `.zip`, a folder otherwise."""
    if path.suffix == ".zip":
        path.write_bytes(pack(files))
        return
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
