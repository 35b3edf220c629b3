"""What decoding a picture will cost, read from its header before anything is decoded."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dispatch.errors import Refused

MIB: Final = 2**20
# The most passes over a JPEG's pixels. A phone makes 1, a program for web pages 10 to 20.
_MOST_SCANS: Final = 100
# Scans × pixels: an empty scan still takes 1.6 ns for each pixel, so this is about 2 s.
_MOST_WORK: Final = 1_200_000_000
# A photo has some dozen segments, one with a long colour profile some hundred.
_MOST_SEGMENTS: Final = 5000
# Markers in a JPEG that a length follows. Inside a scan the byte FF is written FF 00, and FF D0 to
# FF D7 are restarts: the next match is the next segment.
_SEGMENT: Final = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
_SCAN, _END = 0xDA, 0xD9
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SIZE: Final = re.compile(rb"ispe....(........)", re.DOTALL)  # ISO 23008-12, 6.5.3
# What the small picture takes in all its copies, whatever it was made from.
_ALWAYS_MIB: Final = 24
_META: Final = MIB  # in a HEIC the sizes of its images stand before their pixels


@dataclass(frozen=True)
class Header:
    """A picture's format as Pillow names it, its pixels, and the bytes that each of them takes at
    most while it is decoded and scaled down (measured with Pillow 13).
    """

    kind: str
    pixels: int
    bytes_a_pixel: float
    scans: int = 1


def read_header(sent: bytes) -> Header:
    """Raises Refused photo_unreadable for what is no picture of a known kind, and
    photo_too_complex for a JPEG of too many parts.
    """
    for is_kind, read in _KINDS:
        if is_kind(sent):
            try:
                return read(sent)
            except (struct.error, IndexError, AttributeError) as torn:
                raise Refused("photo_unreadable") from torn
    raise Refused("photo_unreadable")


def refuse_costly(header: Header, *, most_megapixels: int, memory_mib: int) -> None:
    """Raises Refused photo_too_many_pixels or photo_too_complex, before a pixel is decoded."""
    fits = int((memory_mib - _ALWAYS_MIB) * MIB / header.bytes_a_pixel / 1_000_000)
    most = min(most_megapixels, fits)
    if header.pixels > most * 1_000_000:
        raise Refused("photo_too_many_pixels", max_megapixels=most)
    if header.scans > _MOST_SCANS or header.scans * header.pixels > _MOST_WORK:
        raise Refused("photo_too_complex")


def _jpeg(sent: bytes) -> Header:
    """Walks from segment to segment; stops at the scan that is one too many."""
    frame: _Frame | None = None
    place = scans = in_first_scan = 0
    for _ in range(_MOST_SEGMENTS):
        found = _SEGMENT.search(sent, place)
        marker = found[1][0] if found else _END
        if found is None or marker == _END or scans > _MOST_SCANS:
            break
        if marker == _SCAN:
            scans += 1
            in_first_scan = in_first_scan or sent[found.end() + 2]
        elif marker in _FRAMES and frame is None:
            frame = _frame(sent, found.end(), is_progressive=marker % 4 == 2)
        place = found.end() + struct.unpack_from(">H", sent, found.end())[0]
    else:
        raise Refused("photo_too_complex")
    if frame is None:
        raise Refused("photo_unreadable")
    return Header("JPEG", frame.pixels, frame.bytes_a_pixel(in_first_scan), max(scans, 1))


@dataclass(frozen=True)
class _Frame:
    """What a JPEG's frame says (ISO 10918-1, B.2.2); `samples` of all components for each pixel."""

    pixels: int
    components: int
    samples: float
    is_progressive: bool

    def bytes_a_pixel(self, in_first_scan: int) -> float:
        """Where several scans make the picture, all coefficients are kept, two bytes each; else it
        is scaled down while it is read.
        """
        is_kept = self.is_progressive or in_first_scan < self.components
        return 1.0 + 2 * self.samples if is_kept else 1.0


def _frame(sent: bytes, place: int, *, is_progressive: bool) -> _Frame:
    height, width, components = struct.unpack_from(">HHB", sent, place + 3)
    grids = [sent[place + 9 + 3 * each] for each in range(components)]
    samples = [(grid >> 4) * (grid & 15) for grid in grids]
    share = sum(samples) / max(*samples, 1, 1)
    return _Frame(width * height, components, share, is_progressive)


def _png(sent: bytes) -> Header:
    """By colour type: palettes and greys take a byte or two, transparency a second copy."""
    width, height = struct.unpack_from(">II", sent, 16)
    return Header("PNG", width * height, {0: 5.5, 2: 6.0, 3: 3.0}.get(sent[25], 10.5))


def _webp(sent: bytes) -> Header:
    """Decoded as a film: two canvases and two copies. Three ways to write the size (RFC 9649)."""
    kind = sent[12:16]
    if kind == b"VP8X":
        width, height = (size + 1 for size in _three_bytes(sent, 24, 27))
    elif kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", sent, 21)
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (size & 0x3FFF for size in struct.unpack_from("<HH", sent, 26))
    return Header("WEBP", width * height, 21.0)


def _three_bytes(sent: bytes, *places: int) -> list[int]:
    return [struct.unpack_from("<I", sent, place - 1)[0] >> 8 for place in places]


def _heic(sent: bytes) -> Header:
    """The largest image of the file: the others are its tiles and thumbnails."""
    sizes = [struct.unpack(">II", found[1]) for found in _SIZE.finditer(sent[:_META])]
    return Header("HEIF", max(width * height for width, height in sizes) if sizes else 0, 7.6)


_KINDS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Header]], ...]] = (
    (lambda sent: sent.startswith(b"\xff\xd8\xff"), _jpeg),
    (lambda sent: sent.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    (lambda sent: sent.startswith(b"RIFF") and sent[8:12] == b"WEBP", _webp),
    (lambda sent: sent[4:8] == b"ftyp" and sent[8:12] in _HEIC, _heic),
)
