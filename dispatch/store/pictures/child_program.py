"""The program of the process that decodes: bounded by the kernel, ended with its parent.

Started by child.py as `python -m … LINE MEMORY_MIB MEGAPIXELS`, where LINE is the number of an
open socket. Each picture comes as its format and its bytes; the answer is a JSON object, followed
by the two JPEGs where there are some.
"""

import ctypes
import json
import resource
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from PIL import Image

from dispatch.errors import Refused
from dispatch.store.pictures.headers import MIB
from dispatch.store.pictures.pixels import Redrawn, redraw

# More than this was taken for one picture: a new process is the surest way to give it back.
_GREW_MIB: Final = 64
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)


def main() -> None:
    line, memory_mib, most_megapixels = Connection(int(sys.argv[1])), *map(int, sys.argv[2:])
    _end_with_parent()
    knows_heic = _learn_formats()
    small_mib = _bind(memory_mib)
    _tell(line, heic=knows_heic)
    is_last = False
    while not is_last:
        try:
            kind, sent = line.recv_bytes().decode(), line.recv_bytes()
        except EOFError:  # the parent ended, or needs us no more
            return
        answer = _answer(kind, sent, most_megapixels)
        is_last = _mib("VmHWM") > small_mib + _GREW_MIB
        _send(line, answer, is_last=is_last)


def _answer(kind: str, sent: bytes, most_megapixels: int) -> Redrawn | Refused:
    try:
        return redraw(sent, kind, most_megapixels=most_megapixels)
    except Refused as refused:
        return refused.with_traceback(None)  # its frames would keep the picture


def _send(line: Connection, answer: Redrawn | Refused, *, is_last: bool) -> None:
    if isinstance(answer, Refused):
        _tell(line, code=answer.code, params=answer.params, last=is_last)
        return
    _tell(line, width=answer.width, height=answer.height, last=is_last)
    line.send_bytes(answer.body)
    line.send_bytes(answer.thumb)


def _tell(line: Connection, **told: object) -> None:
    line.send_bytes(json.dumps({**told, "cpu_s": time.process_time()}).encode())


def _end_with_parent() -> None:
    """The kernel ends us when the parent's thread that started us ends, in the middle of a picture
    too. Where it cannot, the closed line does at the next picture.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches us, too: the parent ends us


def _learn_formats() -> bool:
    """Everything is imported before the bounds come; True where HEIC can be opened."""
    Image.init()
    try:
        import pillow_heif  # noqa: PLC0415 - not on every platform, and in no other process
    except ImportError:
        return False
    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False)
    return True


def _bind(memory_mib: int) -> int:
    """Bounds what may be taken from now on; returns the memory that was taken so far, in MiB."""
    for limit, most in (
        (resource.RLIMIT_AS, (_mib("VmSize") + memory_mib) * MIB),
        (resource.RLIMIT_FSIZE, 0),  # it writes nothing but answers
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    return _mib("VmHWM")


def _mib(measure: str) -> int:
    """What the kernel says of us: VmSize, the address space; VmHWM, the most that was resident."""
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition(f"{measure}:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
