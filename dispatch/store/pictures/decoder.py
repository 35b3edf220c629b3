"""One process decodes pictures for all threads, one at a time; it is replaced when it fails."""

import logging
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NoTurnError
from contextlib import contextmanager
from typing import Final

from dispatch.errors import Refused
from dispatch.store.pictures.child import Child
from dispatch.store.pictures.headers import Header, read_header, refuse_costly
from dispatch.store.pictures.pixels import Redrawn

_log = logging.getLogger(__name__)

DEADLINE_S: Final = 5.0
# How long a picture waits for its sender's others, and then for its turn. Twice this and the
# deadline are less than the 30 s of silence after which a phone gives up.
PATIENCE_S: Final = 10.0
_AGAIN_S: Final = 10
# Of the deadline: whoever had less of a processor was not slow by itself.
_OWN_FAULT: Final = 0.5
# Ends that the picture brought about: a fault in a decoder, or one that gave up for want of memory.
_CRASHES: Final = frozenset(
    {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE}
)

# The line was cut, or something was said on it that only a decoder taken over would say.
_ENDED: Final = (EOFError, OSError, ValueError, KeyError, TypeError)


class Decoder:
    """Decodes pictures in a process of its own: `memory_mib` more than it has at rest, `deadline_s`
    for each. Started with the first picture or by start(), ended by stop().
    """

    def __init__(
        self, *, memory_mib: int, most_megapixels: int, deadline_s: float = DEADLINE_S
    ) -> None:
        self._memory_mib = memory_mib
        self._most_megapixels = most_megapixels
        self._deadline_s = deadline_s
        self._child: Child | None = None
        # One thread starts the child and talks to it: pictures take turns in the order in which
        # they came, and the kernel ends the child when this thread ends.
        self._turns = ThreadPoolExecutor(1, thread_name_prefix="decoder")
        self._waiting: set[str] = set()  # senders who wait for a turn or have it
        self._waiting_changed = threading.Condition()

    def start(self) -> None:
        """Starts the process, so that the first picture need not wait for it."""
        self._turns.submit(self._ready)

    def stop(self) -> None:
        """Ends process and thread. What waits is refused as photos_busy, and so is what comes."""
        self._turns.shutdown(wait=False, cancel_futures=True)
        if child := self._child:
            child.kill()
        self._turns.shutdown(wait=True)
        self._dismiss()

    @property
    def pid(self) -> int | None:
        """The number of the process, for whoever measures it; None where there is none now."""
        return self._child.pid if self._child else None

    @property
    def waiting(self) -> int:
        """Senders whose pictures wait for their turn or have it."""
        with self._waiting_changed:
            return len(self._waiting)

    def decode(self, sent: bytes, sender: str = "") -> Redrawn:
        """The picture as it is kept. A sender has one picture in the line at a time, so that nobody
        waits for all that one other sends.

        Raises Refused: photo_unreadable, photo_too_many_pixels, photo_too_complex and photo_heic
        by the picture's fault; photos_busy where it may be sent again as it is.
        """
        header = read_header(sent)
        refuse_costly(header, most_megapixels=self._most_megapixels, memory_mib=self._memory_mib)
        with self._alone(sender):
            return self._in_turn(header, sent)

    @contextmanager
    def _alone(self, sender: str) -> Iterator[None]:
        """Waits until nothing else of this sender is in the line."""
        with self._waiting_changed:
            if not self._waiting_changed.wait_for(lambda: sender not in self._waiting, PATIENCE_S):
                raise Refused("photos_busy", seconds=_AGAIN_S)
            self._waiting.add(sender)
        try:
            yield
        finally:
            with self._waiting_changed:
                self._waiting.remove(sender)
                self._waiting_changed.notify_all()

    def _in_turn(self, header: Header, sent: bytes) -> Redrawn:
        try:
            turn = self._turns.submit(self._decode, header, sent)
        except RuntimeError as stopped:
            raise Refused("photos_busy", seconds=_AGAIN_S) from stopped
        try:
            return turn.result(PATIENCE_S)
        except (NoTurnError, CancelledError) as waiting:
            if not turn.cancel():
                return turn.result()  # it has its turn, which has a deadline of its own
            raise Refused("photos_busy", seconds=_AGAIN_S) from waiting

    def _decode(self, header: Header, sent: bytes) -> Redrawn:
        child = self._ready()
        if header.kind == "HEIF" and not child.knows_heic:
            raise Refused("photo_heic")
        try:
            return child.redraw(header.kind, sent)
        except _ENDED as ended:
            raise self._why(child) from ended

    def _ready(self) -> Child:
        """The child, a new one where the last has ended."""
        if self._child is None or not self._child.is_ready:
            self._dismiss()
            try:
                self._child = Child(self._memory_mib, self._most_megapixels, self._deadline_s)
            except _ENDED as broken:
                _log.warning("photos cannot be decoded: no process for it", exc_info=broken)
                raise Refused("photos_busy", seconds=_AGAIN_S) from broken
        return self._child

    def _dismiss(self) -> float:
        """Ends the child; returns the processor seconds that it took for a picture half done."""
        child, self._child = self._child, None
        return child.end() if child else 0.0

    def _why(self, child: Child) -> Refused:
        """Whose fault it was that the child ended, by how it ended and what it had done."""
        spent_s = self._dismiss()
        _log.warning(
            "the process that decodes photos ended: %s after %.1f s of a processor",
            "too late" if child.is_late else f"code {child.exit_code}",
            spent_s,
        )
        if child.is_late and spent_s > _OWN_FAULT * self._deadline_s:
            return Refused("photo_too_complex")
        if child.exit_code in _CRASHES:
            return Refused("photo_unreadable")
        return Refused("photos_busy", seconds=_AGAIN_S)
