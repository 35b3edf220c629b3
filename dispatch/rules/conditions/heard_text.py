"""Text as it is listened to: folded, in simplified characters, without what parts it unseen."""

import re
from typing import Final

from dispatch.domain.traditional import TRADITIONAL
from dispatch.domain.unseen import UNSEEN
from dispatch.rules.conditions.facts import folded

_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_SIMPLE: Final = str.maketrans(TRADITIONAL[::2], TRADITIONAL[1::2])
_HAN: Final = "[\u4e00-\u9fff]"
# Blanks between characters that are typed apart: before or after one that stands alone.
APART: Final = f"(?<={_HAN}) +(?={_HAN}(?!{_HAN}))|(?<=(?<!{_HAN}){_HAN}) +(?={_HAN})"
_APART: Final = re.compile(APART)


def as_heard(text: str) -> str:
    """As the phone does it."""
    return _APART.sub("", folded(_UNSEEN.sub("", text)).translate(_SIMPLE))
