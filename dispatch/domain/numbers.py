"""Alert numbers: 440304-20261123-00042-K, with the check character of ISO 7064 MOD 37,36."""

import re
from datetime import date
from itertools import product
from typing import Final

# Of a district: with day, serial and check character a number has 32 signs at most.
LONGEST_CODE: Final = 12
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS: Final = len(_ALPHABET)
_DIGITS: Final = str.maketrans("IO", "10")
_ALIKE: Final = {"1": "I", "I": "1", "0": "O", "O": "0"}
_SHORT: Final = re.compile(r"\d{4}-\d{5,}-[0-9A-Z]", re.ASCII)
# Without a code there is no prefix; numbers from before that was so begin with a hyphen.
_NUMBER: Final = re.compile(r"((?:[0-9A-Z-]*-)?\d{8}-\d{5,})-([0-9A-Z])", re.ASCII)
_NO_SIGN: Final = re.compile(r"[^0-9A-Z-]", re.ASCII)


def alert_number(district: str, local_date: date, serial: int) -> str:
    """`district`: its code, of which digits, letters and hyphens count; without one the number
    begins with the day. `local_date`: in the district's zone; `serial`: the number of the alert on
    that day.
    """
    stem = "-".join(
        filter(None, (signs_of_code(district), f"{local_date:%Y%m%d}", f"{serial:05d}"))
    )
    return f"{stem}-{check_character(stem)}"


def signs_of_code(district: str) -> str:
    """What of a district's code stands in its numbers."""
    return _NO_SIGN.sub("", district.upper()).strip("-")


def serial_counter(local_date: date) -> str:
    """The name of the counter that gives the serials of a day."""
    return f"serial:{local_date:%Y%m%d}"


def check_character(stem: str) -> str:
    """ISO 7064 hybrid system MOD 37,36 over the characters without hyphens."""
    running = _MODULUS
    for character in stem.replace("-", ""):
        total = (running + _ALPHABET.index(character)) % _MODULUS or _MODULUS
        running = total * 2 % (_MODULUS + 1)
    return _ALPHABET[(1 - running) % _MODULUS]


def is_valid(number: str) -> bool:
    written = _NUMBER.fullmatch(number)
    return written is not None and check_character(written[1]) == written[2]


def as_meant(written: str) -> str:
    """The number that somebody wrote down by ear: 1 and I, 0 and O sound and look alike. As it was
    written where that is no other number.
    """
    *code, day, serial, check = ["", "", *written.strip().upper().split("-")]
    counted = [each.translate(_DIGITS) for each in (day, serial)]
    codes = (code[2:], [each.translate(_DIGITS) for each in code[2:]])
    for head, last in product(codes, (check, _ALIKE.get(check, check))):
        if is_valid(number := "-".join((*head, *counted, last))):
            return number
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
    day, serial, check = number.split("-")[-3:]
    return f"{day[4:]}-{serial}-{check}"
