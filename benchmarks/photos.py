"""Photos that hostile hands send at once: memory, answers, and what an honest photo waits."""

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks.table import show

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import hostile_pictures as hostile
import photo_flood
from hostile import encoded, noise

_AT_ONCE = 48
_PAUSE_S = 3  # between one honest photo and the next
_FILM = {"lossless": True, "method": 0}
HEADS = (
    "48 at once",
    "kB each",
    "answers",
    "s",
    "MB more",
    "MB kept",
    "honest photo, ms",
    "refused",
)


def run() -> None:
    with tempfile.TemporaryDirectory() as folder, photo_flood.city(Path(folder) / "data") as city:
        rows = [_row(city, name, photo) for name, photo in _photos()]
    show(
        "Photos at once",
        HEADS,
        rows,
        "over loopback, from seven people; all processes of the server, most and afterwards, "
        "against before. Meanwhile an eighth sends a photo of 700 × 700 pixels as soon as it can, "
        "after a pause of 3 s: the longest that it waited, and how often it was asked to come "
        "again. Megabytes are those of the kernel's proportional set.",
    )


def _photos() -> list[tuple[str, bytes]]:
    film = {"lossless": True, "method": 0}
    return [
        ("WebP, 49 megapixels", encoded(hostile.plain(7000), "WEBP", **film)),
        ("WebP, 9 megapixels: as many as are let in", encoded(hostile.plain(2990), "WEBP", **film)),
        ("JPEG, 240,504 scans", hostile.scans(16, 240_504)),
        (
            "JPEG, 49 megapixels, progressive",
            encoded(hostile.plain(7000), "JPEG", progressive=True),
        ),
    ]


def _row(city: photo_flood.City, name: str, photo: bytes) -> tuple[str, ...]:
    done, waits, refused = threading.Event(), [], []
    honest = threading.Thread(target=_send_honest, args=(city, done, waits, refused))
    photos = photo_flood.copies(photo, _AT_ONCE)
    city.report()
    with city.measured() as memory:
        honest.start()
        began = time.perf_counter()
        answers = city.send_at_once(photos, phones=range(7))
        seconds = time.perf_counter() - began
        done.set()
        honest.join()
    told = Counter(answer.code or "kept" for answer in answers)
    return (
        name,
        f"{len(photo) / 1000:.1f}",
        ", ".join(f"{count} {code}" for code, count in told.most_common()),
        f"{seconds:.1f}",
        f"{(memory.most - memory.before) * 1.048576:.0f}",
        f"{(memory.after - memory.before) * 1.048576:.0f}",
        f"{max(waits) * 1000:.0f}",
        f"{len(refused)} of {len(waits)}",
    )


def _send_honest(
    city: photo_flood.City, done: threading.Event, waits: list[float], refused: list[str]
) -> None:
    picture = noise(700)
    while not waits or not done.wait(_PAUSE_S):
        picture.putpixel((len(waits) % 700, 0), (len(waits) // 700, 0, 0))
        answer = city.sends(7, encoded(picture, "JPEG") + time.time_ns().to_bytes(8, "big"))
        waits.append(answer.seconds)
        refused += [answer.code] if answer.code else []
