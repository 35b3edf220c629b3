"""Recognises passwords that guessers try first: common ones, and those made of known names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

# What belongs to this product is as good as common.
_OURS: Final = ("shaodao", "哨到", "whistle", "chuishao", "吹哨", "baodao", "报到")
_FEWEST_GUESSES: Final = 1e7
_COMPARED: Final = 64  # zxcvbn takes its time with longer ones
_SHORTEST_NAME: Final = 4  # letters of a name that say whose it is
_FEWEST_LEFT: Final = 6  # letters beside the names of the city
_CUT_OFF: Final = 2  # characters at most that people leave off a name: of 街道, 社区, 区
_SHORTEST_CUT: Final = 2
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


def says_city_name(password: str, names: frozenset[str]) -> bool:
    """Whether it is made of what places, units or this product are called, in characters or in
    pinyin: without these names, digits and signs fewer than six letters are left.
    """
    letters = _letters(password)
    left = _city_pattern(names).sub("", letters)
    return left != letters and len(left) < _FEWEST_LEFT


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalpha())


@cache
def _city_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Finds each name, the longest first."""
    forms = {form for name in (*names, *_OURS) for form in _city_forms(name)}
    return re.compile("|".join(sorted(map(re.escape, forms), key=len, reverse=True)))


def _city_forms(name: str) -> Iterator[str]:
    """A name, and what people leave of it: 福田 of 福田街道, Futian of Futian District; in pinyin
    and by its first letters, too.
    """
    if name.isascii():
        words = name.split()
        starts = (_letters(" ".join(words[: end + 1])) for end in range(len(words)))
        yield from (start for start in starts if len(start) >= _SHORTEST_NAME)
        return
    plain = _letters(name)
    for end in range(max(_SHORTEST_CUT, len(plain) - _CUT_OFF), len(plain) + 1):
        cut = plain[:end]
        spoken = [each.casefold() for each in _in_pinyin(cut)]
        yield cut
        for form in ("".join(spoken), "".join(each[0] for each in spoken)):
            if len(form) >= _SHORTEST_NAME and form.isascii():
                yield form


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
