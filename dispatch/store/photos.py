"""Photos on disk: decoded, scaled down, upright, without EXIF, named by their digest."""

import hashlib
import io
import os
import threading
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image
from PIL.ExifTags import Base as Tag

from dispatch.errors import Refused

LONGEST_SIDE: Final = 1600
THUMB_SIDE: Final = 320
_JUST_NOW_S: Final = 3600
_KEPT_BYTES: Final = 800_000
_QUALITIES: Final = (82, 72, 60, 45)
_SMALLER: Final = 0.8  # of each side, for pictures that are too large at every quality
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_UPRIGHT: Final[Mapping[int, Image.Transpose]] = MappingProxyType(
    {  # EXIF 2.32, tag 0112: how the camera was held
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    },
)
# One picture at a time: 50 megapixels take 200 MB while they are decoded, and Python's warning
# filter is shared by all threads.
_DECODING: Final = threading.Lock()


@dataclass(frozen=True)
class StoredPhoto:
    """A photo as it was stored: digests of the file and of its thumbnail; size in pixels."""

    stored: str
    thumb: str
    bytes: int
    width: int
    height: int


def store_photo(data_dir: Path, sent: bytes, *, most_megapixels: int) -> StoredPhoto:
    """Stores the bytes as an upright JPEG of at most 1600 px and 800 kB, with a thumbnail.

    Raises Refused: photo_empty, photo_unreadable, photo_too_many_pixels.
    """
    if not sent:
        raise Refused("photo_empty")
    with _DECODING:
        image = _decoded(sent, most_megapixels)
    image, body = _encoded(image)
    thumb = image.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return StoredPhoto(
        stored=_write(data_dir, body),
        thumb=_write(data_dir, _jpeg(thumb, 75)),
        bytes=len(body),
        width=image.width,
        height=image.height,
    )


def _decoded(sent: bytes, most_megapixels: int) -> Image.Image:
    """The picture upright and scaled down, with nothing but its pixels."""
    try:
        with warnings.catch_warnings():
            # our own bound speaks first, and crooked EXIF is left behind anyway
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(sent), formats=_FORMATS)
            _refuse_huge(opened, most_megapixels)
            turn = _turn(opened)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            small = _eight_bits(opened)
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(small if turn is None else small.transpose(turn))
    except Refused:
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused("photo_too_many_pixels", max_megapixels=most_megapixels) from bomb
    except Exception as broken:  # a decoder trips over foreign bytes in any way it likes
        raise Refused("photo_unreadable") from broken


def _refuse_huge(opened: Image.Image, most_megapixels: int) -> None:
    """Checked before any pixel is decoded."""
    if opened.width * opened.height > most_megapixels * 1_000_000:
        raise Refused("photo_too_many_pixels", max_megapixels=most_megapixels)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """The rotation that EXIF asks for; a picture whose EXIF is broken is stored as it is."""
    try:
        return _UPRIGHT.get(image.getexif().get(Tag.Orientation, 1))
    except Exception:  # noqa: BLE001 - as above; the pixels may still be fine
        return None


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scales sixteen bits of grey down: Pillow's own conversion turns all but the darkest white."""
    if image.mode.startswith("I;16"):
        return image.point(lambda grey: grey / 256).convert("L")
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """RGB with transparency on white; a new image carries no metadata over."""
    rgba = image.convert("RGBA")
    plain = Image.new("RGB", rgba.size, "white")
    plain.paste(rgba, mask=rgba.getchannel("A"))
    return plain


def _encoded(image: Image.Image) -> tuple[Image.Image, bytes]:
    """The best quality that is small enough; where none is, the picture is scaled down."""
    for quality in _QUALITIES:
        body = _jpeg(image, quality)
        if len(body) <= _KEPT_BYTES:
            return image, body
    shrunk = (round(image.width * _SMALLER), round(image.height * _SMALLER))
    return _encoded(image.resize(shrunk))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


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
    _sync_folder(path.parent)
    return digest


def delete_unused_file(data_dir: Path, digest: str, now: datetime) -> None:
    """Deletes a file that no row names, unless the same picture was sent within the last hour, for
    then its row may still come. `now` is wall time.
    """
    path = photo_path(data_dir, digest)
    with suppress(FileNotFoundError):
        if now.timestamp() - path.stat().st_mtime > _JUST_NOW_S:
            path.unlink()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def photo_path(data_dir: Path, digest: str) -> Path:
    """The path of a stored file. The digest comes from our own rows, never from a request."""
    return data_dir / "photos" / digest[:2] / digest
