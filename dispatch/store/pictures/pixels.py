"""Decodes a picture and encodes it anew: upright, small, with nothing but its pixels."""

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PIL import Image
from PIL.ExifTags import Base as Tag

from dispatch.errors import Refused

LONGEST_SIDE: Final = 1600
THUMB_SIDE: Final = 320
_KEPT_BYTES: Final = 800_000
_QUALITIES: Final = (82, 72, 60, 45)
_SMALLER: Final = 0.8  # of each side, for pictures that are too large at every quality
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


@dataclass(frozen=True)
class Redrawn:
    """A picture as it is kept: two JPEGs, and the size of the first in pixels."""

    body: bytes
    thumb: bytes
    width: int
    height: int


def redraw(sent: bytes, kind: str, *, most_megapixels: int) -> Redrawn:
    """An upright JPEG of at most 1600 px and 800 kB, with a thumbnail.

    `kind`: as Pillow names the format. Raises Refused photo_unreadable, photo_too_many_pixels,
    photo_too_complex.
    """
    try:
        return _redrawn(_decoded(sent, kind, most_megapixels))
    except Refused:
        raise
    except Image.DecompressionBombError as bomb:
        raise Refused("photo_too_many_pixels", max_megapixels=most_megapixels) from bomb
    except MemoryError as much:
        raise Refused("photo_too_complex") from much
    except Exception as broken:  # a decoder trips over foreign bytes in any way it likes
        raise Refused("photo_unreadable") from broken


def _redrawn(image: Image.Image) -> Redrawn:
    image, body = _encoded(image)
    thumb = image.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return Redrawn(body, _jpeg(thumb, 75), image.width, image.height)


def _decoded(sent: bytes, kind: str, most_megapixels: int) -> Image.Image:
    """The picture upright and scaled down, with nothing but its pixels."""
    with warnings.catch_warnings():
        # our own bound speaks first, and crooked EXIF is left behind anyway
        warnings.simplefilter("ignore")
        opened = Image.open(io.BytesIO(sent), formats=(kind,))
        _refuse_huge(opened, most_megapixels)
        turn = _turn(opened)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        small = _eight_bits(opened)
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _on_white(small if turn is None else small.transpose(turn))


def _refuse_huge(opened: Image.Image, most_megapixels: int) -> None:
    """Checked again before any pixel is decoded: the decoder may have found another size."""
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
