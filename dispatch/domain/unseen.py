"""Signs that nobody sees: of no width, fillers, tags, marks that turn the direction of reading."""

import re
from collections.abc import Iterator
from typing import Final

# From and to, in hexadecimal, as a regular expression of a browser writes them.
UNSEEN_SIGNS: Final = (
    r"\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180e}\u{200b}-\u{200f}"
    r"\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{e0000}-\u{e007f}"
)


def _signs() -> Iterator[str]:
    for piece in re.findall(r"\\u\{(\w+)\}|(-)", UNSEEN_SIGNS):
        yield f"\\U{int(piece[0], 16):08x}" if piece[0] else "-"


# Between the brackets of a regular expression of Python.
UNSEEN: Final = "".join(_signs())
