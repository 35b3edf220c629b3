"""How characters are read: the table of pinyin by which phone and server compare sounds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

# The first level of GB 2312: the 3,755 characters of everyday writing, in order of their sound.
_ROWS: Final = range(0xB0, 0xD8)
_CELLS: Final = range(0xA1, 0xFF)
_ALSO: Final = "箅蟑螂垃圾蹿溅淤霉凼搡踹捅嘈嗡蚊蝇瘪窨砼渗甲醛馊咪垮瘫坍垌虱"


_CHARACTER: Final = re.compile(r"[\u3400-\u9fff]")


def sounds_for(names: Iterable[str]) -> dict[str, str]:
    """The table where kinds have names in characters, else nothing: no one types their pinyin."""
    return sounds() if any(map(_CHARACTER.search, names)) else {}


@lru_cache(maxsize=1)
def sounds() -> dict[str, str]:
    """By syllable without tones the characters that are read so: `{"jing": "井警景…"}`."""
    import pypinyin  # noqa: PLC0415 - its dictionaries take a tenth of a second, asked for once

    found: defaultdict[str, list[str]] = defaultdict(list)
    for character in dict.fromkeys((*_everyday(), *_ALSO)):
        found[pypinyin.lazy_pinyin(character)[0]].append(character)
    return {syllable: "".join(found[syllable]) for syllable in sorted(found)}


def _everyday() -> Iterator[str]:
    for row in _ROWS:
        for cell in _CELLS:
            written = bytes((row, cell))
            try:
                yield written.decode("gb2312")
            except UnicodeDecodeError:
                continue  # the last row has five empty cells
