"""Files that ask for much time and memory: each read alone, by a child of its own, and measured.

`measured` says what each took: its faults, CPU seconds, and peak MiB.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import maps
from town import FILES, as_bytes

from dispatch.rules.book.loading import load
from dispatch.rules.language.faults import PlaybookRefused

MIB = 2**20
BIG_MAP = (45, 81)  # 2,025 grids and 658,000 points: 15 MiB


def with_file(name: str, content: bytes) -> dict[str, bytes]:
    return as_bytes(FILES) | {name: content}


def with_map(text: str) -> dict[str, bytes]:
    return with_file("places.geojson", text.encode())


def a_large_map() -> dict[str, bytes]:
    areas, text = maps.city(*BIG_MAP)
    files = with_map(text)
    assert 14.5 * MIB < len(files["places.geojson"]) < 16 * MIB
    return files | {"district.yaml": files["district.yaml"] + areas.encode()}


def a_ring(points: int) -> str:
    return "[" + "[1,2]," * points + "[1,2]]"


HUNGRY: dict[str, Callable[[], dict[str, bytes]]] = {
    "a real map of 15 MiB": a_large_map,
    "199,999 unknown keys": lambda: with_file(
        "labels.yaml", b"".join(b"k%d: v\n" % number for number in range(199_999))
    ),
    "100,000 brackets": lambda: with_file("labels.yaml", b"[\n" * 100_000),
    "three million points": lambda: with_map(maps.zone(f"[{a_ring(2_700_000)}]")),
    "a million points in one ring": lambda: with_map(maps.zone(f"[{a_ring(900_000)}]")),
    "a million points in four rings": lambda: with_map(
        maps.zone("[" + ",".join([a_ring(240_000)] * 4) + "]")
    ),
    "fifteen million brackets": lambda: with_map(maps.zone("[" * 7 * MIB + "]" * 7 * MIB)),
    "seven million numbers": lambda: with_map(maps.zone("[" + "1," * 7 * MIB + "1]")),
    "a comb of 100,000 points": lambda: with_map(maps.zone(f"[{maps.comb(50_000)}]")),
}


def read_alone(name: str) -> dict[str, object]:
    """What loading a playbook with this file took: done in a child, so that nothing is shared."""
    return answer(begun(lambda: _read(HUNGRY[name]())))


def begun(work: Callable[[], dict[str, object]]) -> tuple[int, int]:
    """A child that does this work: its number, and where its answer can be read."""
    out, into = os.pipe()
    if (child := os.fork()) == 0:
        try:
            with os.fdopen(into, "wb") as said:
                said.write(json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(into)
    return child, out


def answer(begun: tuple[int, int]) -> dict[str, object]:
    child, out = begun
    with os.fdopen(out, "rb") as said:
        told = said.read()
    os.waitpid(child, 0)
    return dict(json.loads(told))


def _read(files: dict[str, bytes]) -> dict[str, object]:
    started = time.process_time()
    try:
        load(files)
        faults = []
    except PlaybookRefused as refused:
        faults = [[f.line, f.column, f.code] for f in refused.faults]
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    seconds = time.process_time() - started
    return {"faults": faults, "seconds": seconds, "mib": int(peak.split()[1]) // 1024}


def measured() -> dict[str, dict[str, object]]:
    """All of them, two at a time, by a program of its own: this one is too big already."""
    here = Path(__file__).parent
    paths = os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    program = [sys.executable, "-c", "import hungry; hungry.tell()"]
    told = subprocess.run(program, stdout=subprocess.PIPE, env=paths, timeout=60, check=True)
    return dict(json.loads(told.stdout))


def tell() -> None:
    """All of them, as JSON on stdout."""
    first, second = list(HUNGRY)[::2], list(HUNGRY)[1::2]
    beside = begun(lambda: {name: read_alone(name) for name in second})
    found = {name: read_alone(name) for name in first}
    sys.stdout.write(json.dumps(found | answer(beside)))
