"""Photos on disk: decoded, bounded, upright, without EXIF, kept under their own digest."""

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from dispatch.errors import Refused

LONGEST_SIDE: Final = 1600
THUMB_SIDE: Final = 320
_KEPT_BYTES: Final = 800 * 1024
_QUALITIES: Final = (82, 72, 60, 45)
_FORMATS: Final = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True)
class Kept:
    """A photo as it was stored: digests of the stored file and its thumbnail; size in pixels."""

    stored: str
    thumb: str
    bytes: int
    width: int
    height: int


def keep_photo(data_dir: Path, sent: bytes, *, most_megapixels: int) -> Kept:
    """Store what was sent as an upright JPEG of at most 1600 px and 800 kB, and a thumbnail.

    Raises Refused: photo_empty, photo_unreadable, photo_too_many_pixels.
    """
    if not sent:
        raise Refused("photo_empty")
    image = _decoded(sent, most_megapixels)
    body = _encoded(image)
    thumb = image.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Kept(
        stored=_write(data_dir, body),
        thumb=_write(data_dir, _jpeg(thumb, 75)),
        bytes=len(body),
        width=image.width,
        height=image.height,
    )


def _decoded(sent: bytes, most_megapixels: int) -> Image.Image:
    """The picture, upright and small, without anything but its pixels."""
    try:
        with warnings.catch_warnings():
            # our own bound speaks first; Pillow's warning is for those who have none
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(sent), formats=_FORMATS)
            if opened.width * opened.height > most_megapixels * 1_000_000:
                raise Refused("photo_too_many_pixels", max_megapixels=most_megapixels)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _on_white(upright)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Refused("photo_unreadable") from broken
    except Image.DecompressionBombError as bomb:
        raise Refused("photo_too_many_pixels", max_megapixels=most_megapixels) from bomb


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, transparency on white; a new image carries no metadata over."""
    rgba = image.convert("RGBA")
    plain = Image.new("RGB", rgba.size, "white")
    plain.paste(rgba, mask=rgba.getchannel("A"))
    return plain


def _encoded(image: Image.Image) -> bytes:
    body = b""
    for quality in _QUALITIES:
        body = _jpeg(image, quality)
        if len(body) <= _KEPT_BYTES:
            break
    return body


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _write(data_dir: Path, body: bytes) -> str:
    """On disk before anybody is told: file and folder are synced, the name appears whole."""
    digest = hashlib.sha256(body).hexdigest()
    path = photo_path(data_dir, digest)
    if path.exists():
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


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def photo_path(data_dir: Path, digest: str) -> Path:
    """Where a stored file lies; the digest comes from our own rows, never from a request."""
    return data_dir / "photos" / digest[:2] / digest
