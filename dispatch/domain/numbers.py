"""Alert numbers: 440304-20261123-00042-K, with the check character of ISO 7064 MOD 37,36."""

import re
from datetime import date
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS: Final = len(_ALPHABET)
_DIGITS: Final = str.maketrans("IO", "10")
_ALIKE: Final = {"1": "I", "I": "1", "0": "O", "O": "0"}
_SHORT: Final = re.compile(r"\d{4}-\d{5,}-[0-9A-Z]", re.ASCII)
_NUMBER: Final = re.compile(r"([0-9A-Z]+-(\d{8})-\d{5,})-([0-9A-Z])", re.ASCII)


def alert_number(district: str, local_date: date, serial: int) -> str:
    """`district`: its code, digits and capitals; `local_date`: in the district's zone; `serial`:
    the number of the alert on that day.
    """
    stem = f"{district}-{local_date:%Y%m%d}-{serial:05d}"
    return f"{stem}-{check_character(stem)}"


def check_character(stem: str) -> str:
    """ISO 7064 hybrid system MOD 37,36 over the characters without hyphens."""
    product = _MODULUS
    for character in stem.replace("-", ""):
        total = (product + _ALPHABET.index(character)) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return _ALPHABET[(1 - product) % _MODULUS]


def is_valid(number: str) -> bool:
    written = _NUMBER.fullmatch(number)
    return written is not None and check_character(written[1]) == written[3]


def as_meant(written: str) -> str:
    """The number that somebody wrote down by ear: 1 and I, 0 and O sound and look alike. As it was
    written where that is no other number.
    """
    stem, dash, check = written.strip().upper().rpartition("-")
    stem = stem.translate(_DIGITS)
    for each in (check, _ALIKE.get(check, check)):
        if is_valid(f"{stem}{dash}{each}"):
            return f"{stem}{dash}{each}"
    return written


def spellings(part: str) -> tuple[str, ...]:
    """A part of a number, and the same with the check character that sounds like its last one."""
    other = _ALIKE.get(part[-1:])
    return (part,) if other is None else (part, f"{part[:-1]}{other}")


def short_spellings(written: str) -> tuple[str, ...]:
    """What a number ends with that somebody wrote as people say it; nothing where it is no such."""
    stem, dash, check = written.strip().upper().rpartition("-")
    ending = f"{stem.translate(_DIGITS)}{dash}{check}"
    return spellings(ending) if _SHORT.fullmatch(ending) else ()


def short(number: str) -> str:
    """How people say it within the year: 1123-00042-K."""
    _, day, serial, check = number.split("-")
    return f"{day[4:]}-{serial}-{check}"
