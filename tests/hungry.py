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

from dispatch.rules.faults import PlaybookRefused
from dispatch.rules.loading import load

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
    "400,001 values": lambda: with_file("labels.yaml", b"- a\n" * 400_010),
    "200,000 keys": lambda: with_file(
        "labels.yaml", b"".join(b"k%d: v\n" % number for number in range(250_000))
    ),
    "100,000 unknown keys": lambda: with_file(
        "labels.yaml", b"".join(b"k%d: v\n" % number for number in range(100_000))
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
    out, into = os.pipe()
    if (child := os.fork()) == 0:
        try:
            os.write(into, json.dumps(_read(HUNGRY[name]())).encode())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as told:
        answer = told.read()
    os.waitpid(child, 0)
    return dict(json.loads(answer))


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
    halves = (list(HUNGRY)[::2], list(HUNGRY)[1::2])
    here = Path(__file__).parent
    paths = os.environ | {"PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    program = [sys.executable, "-c", "import hungry; hungry.tell()"]
    programs = [
        subprocess.Popen([*program, *half], stdout=subprocess.PIPE, env=paths) for half in halves
    ]
    told: dict[str, dict[str, object]] = {}
    for program in programs:
        answer, _ = program.communicate(timeout=60)
        told |= json.loads(answer)
    return told


def tell() -> None:
    """The files named as arguments, as JSON on stdout."""
    sys.stdout.write(json.dumps({name: read_alone(name) for name in sys.argv[1:]}))
