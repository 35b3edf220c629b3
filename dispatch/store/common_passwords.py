"""Recognises passwords that guessers try first: common ones, and those made of one's name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

# What belongs to this product is as good as common.
_OURS: Final = ("shaodao", "哨到", "whistle", "chuishao", "吹哨")
_FEWEST_GUESSES: Final = 1e7
_COMPARED: Final = 64  # zxcvbn takes its time with longer ones
_SHORTEST_NAME: Final = 4  # letters of a name that say whose it is
_LETTERS: Final = re.compile(r"[a-z]+")


def is_common(password: str) -> bool:
    """Whether a guesser who knows what people choose finds it within ten million guesses, or it is
    one common word with digits and signs around it, as `Admin@123456`.
    """
    plain = _plain(password)
    words = _LETTERS.findall(plain)
    if len(words) == 1 and words[0] in _common_words() and plain.isascii():
        return True
    return _guesses(plain[:_COMPARED]) < _FEWEST_GUESSES


def says_own_name(password: str, login: str, name: str) -> bool:
    """Whether it contains the account, or the person's name in characters or in pinyin."""
    plain = _plain(password)
    return any(own in plain for own in _forms(login, name))


def _forms(login: str, name: str) -> Iterator[str]:
    yield from (own for own in (_plain(login),) if own)
    yield from (own for own in (_plain(name),) if not own.isascii() and len(own) > 1)
    spoken = name.casefold().split() if name.isascii() else _in_pinyin(name)
    for order in (spoken, [*spoken[1:], *spoken[:1]]):  # the surname last, as in an address
        written = "".join(order).casefold()
        if len(written) >= _SHORTEST_NAME and written.isascii():
            yield written


def _in_pinyin(name: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionary takes as long as all of Flask

    return list(lazy_pinyin(name))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")


def _guesses(plain: str) -> float:
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists take a while, and few commands need them

    return float(zxcvbn(plain, user_inputs=list(_OURS))["guesses"]) if plain else 0.0


@cache
def _common_words() -> frozenset[str]:
    """Words of letters alone that people take as passwords, from zxcvbn's list."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - as above

    listed: Iterable[str] = FREQUENCY_LISTS["passwords"]
    return frozenset({*_OURS, *(each for each in listed if _LETTERS.fullmatch(each))})
