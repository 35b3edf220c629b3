"""Pictures that cost more than they seem to, built in code; and how a process is looked at."""

import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pillow_heif
from hostile import encoded
from PIL import Image

pillow_heif.register_heif_opener()

MIB = 2**20
RED = (200, 30, 30)


def plain(side: int, mode: str = "RGB") -> Image.Image:
    """One colour: small as a file, whatever its side."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.new(mode, (side, side), (*RED, 128)[:bands] if bands > 1 else 90)


def scans(side: int, count: int) -> bytes:
    """A progressive JPEG whose last scan, which says nothing new, comes so many times more."""
    whole = encoded(plain(side), "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * (count + 1) + b"\xff\xd9"


def segments(count: int) -> bytes:
    """A JPEG with so many comments of no letters."""
    whole = encoded(plain(8), "JPEG")
    return whole[:2] + b"\xff\xfe\x00\x02" * count + whole[2:]


def one_by_one(side: int) -> bytes:
    """A baseline JPEG whose first scan holds one of its three components: all of it must be kept
    until the others come.
    """
    whole = encoded(plain(side), "JPEG", subsampling=0)
    scan = whole.index(b"\xff\xda")
    length = struct.unpack_from(">H", whole, scan + 2)[0]
    first = b"\xff\xda\x00\x08\x01" + whole[scan + 5 : scan + 7] + b"\x00\x3f\x00"
    return whole[:scan] + first + whole[scan + 2 + length :]


def says_it_is(side: int, kind: bytes) -> bytes:
    """A WebP of one pixel whose header says another size, in the way of `kind`."""
    whole = bytearray(encoded(plain(1), "WEBP", lossless=kind == b"VP8L"))
    assert whole[12:16] == kind
    if kind == b"VP8L":
        whole[21:25] = struct.pack("<I", (side - 1) | (side - 1) << 14)
    else:
        whole[26:30] = struct.pack("<HH", side, side)
    return bytes(whole)


def heic(image: Image.Image, **options: Any) -> bytes:
    return encoded(image, "HEIF", enc_params={"preset": "ultrafast"}, **options)


def heic_that_says(side: int) -> bytes:
    """A small HEIC whose header says another size."""
    size = struct.pack(">II", 64, 64)
    whole = heic(plain(64))
    assert size in whole
    return whole.replace(size, struct.pack(">II", side, side))


def talkative(chunks: int) -> bytes:
    """A PNG with so many words in it, each of them small when packed."""
    whole = encoded(plain(8))
    body = b"k\0\0" + zlib.compress(b"\0" * 60_000, 9)
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body
    chunk += struct.pack(">I", zlib.crc32(chunk[4:]))
    return whole[:33] + chunk * chunks + whole[33:]


def memory_mib(pid: int) -> float:
    """What a process holds that no other does, and its share of the rest; 0 where it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:") / 1024


def below(pid: int) -> list[int]:
    """All processes that a process started, and theirs."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(each) for written in lists for each in written.read_text().split()]
    return own + [each for child in own for each in below(child)]


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def ends_within(seconds: float, pid: int) -> bool:
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_running(pid)
