"""Tells the encodings in which files come that are no UTF-8."""

import codecs
from typing import Final

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEWEST: Final = 2  # so many zero bytes, all at the first or all at the second of two


def is_gbk(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 are Chinese in the code page of Windows."""
    return _is_chinese(content, "gb18030")


def not_utf8(content: bytes) -> tuple[str, int] | None:
    """The code of the fault, and where; None for UTF-8. What both GBK and Big5 could be is GBK only
    where the everyday characters of that are enough.
    """
    if is_utf16(content):
        return "is_utf16", 0
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as broken:
        return _code_page(content), broken.start
    return None


def _code_page(content: bytes) -> str:
    if _is_chinese(content, "gb2312"):
        return "is_gbk"
    if _is_chinese(content, "big5"):
        return "is_gbk_or_big5"
    return "is_gbk" if is_gbk(content) else "not_utf8"


def is_utf16(content: bytes) -> bool:
    """By its byte order mark, or by the zero bytes beside plain letters."""
    if content.startswith(_MARKS):
        return True
    zeros = [content[half::2].count(0) for half in (0, 1)]
    return min(zeros) == 0 and max(zeros) >= _FEWEST


def _is_chinese(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
