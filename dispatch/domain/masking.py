"""Masks what leads to a person in free text: phones, papers, cards, e-mail, messengers.

A number is looked for among groups of digits, however people group them and whatever they write
between them. The numbers of offices and the codes of assets stay.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from dispatch.domain.number_forms import (
    FEWEST_DIGITS,
    LISTING,
    MOST_DIGITS,
    WrittenNumber,
    is_of_a_person,
    is_row,
)
from dispatch.domain.personal_names import names_of_people
from dispatch.domain.unseen import UNSEEN

_SHOWN: Final = 2  # signs at the end of what was masked, to tell one from another
_ASSET: Final = 16  # digits of an asset's code: six of the district, ten of its own
_NUMERALS: Final = "〇零洞一幺壹二两贰三叁四肆五伍六陆七拐柒八捌九勾玖"
# What looks like a digit, within a mobile number.
_LOOKS_LIKE: Final = str.maketrans("OolI", "0011")
_SPOKEN: Final = str.maketrans(_NUMERALS, "0001112223344556677788999")


@dataclass(frozen=True)
class MaskTerms:
    """What a city knows of numbers: its country (ISO 3166), the six digits of the district, and the
    numbers of offices as people write them. `sign`: what stands in place of what is masked.
    """

    country: str = "CN"
    district: str = ""
    offices: tuple[str, ...] = ()
    sign: str = "＊"


IN_CHINA: Final = MaskTerms()


def mask_numbers(text: str, terms: MaskTerms = IN_CHINA) -> str:
    """The text of the same length, with all but the last two signs of such numbers and names
    replaced by the city's sign.
    """
    plain = _plain(text)
    heard = _DASH.sub(r"\1-\2-", _ONE.sub("幺", plain))
    said = _MISTYPED.sub(_digits_of, _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), heard))
    spans = [*_numbers_of_people(said, terms), *names_of_people(said)]
    for begin, end in spans:
        stars = max(end - begin - _SHOWN, 1)
        text = f"{text[:begin]}{terms.sign * stars}{text[begin + stars :]}"
    return text


def _plain(text: str) -> str:
    """Sign for sign: full-width, circled and other digits and letters as the plain ones."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign == "➕":
        return "+"
    found = unicodedata.normalize("NFKC", sign)
    digit = unicodedata.digit(found, None) if len(found) == 1 else None
    return str(digit) if digit is not None else found if len(found) == 1 else sign


_GROUP: Final = re.compile(r"\d+(?:(?<=\d{17})[Xx](?![A-Za-z0-9]))?|(?<=\d)[Xx](?![A-Za-z0-9])")
# Blanks, dots, dashes, slashes and brackets, signs that nobody sees, and those of a list.
_SEPARATORS: Final = rf"[\s.\-‐‑–—−―─━➖⁃﹣_/·•()~〜*\u20e3{UNSEEN}{re.escape(LISTING)}]{{0,10}}"
_BETWEEN: Final = re.compile(_SEPARATORS)
_SPOKEN_RUN: Final = re.compile(rf"(?:[\d{_NUMERALS}]{_SEPARATORS}){{7,}}")
_MISTYPED: Final = re.compile(
    rf"(?<![A-Za-z0-9])[1lI](?:{_SEPARATORS}[\dOolI]){{10}}(?![A-Za-z0-9])"
)
# 一 between two parts is a dash; 么 is said of the one with which a mobile number begins.
_DASH: Final = re.compile(r"(?<!\d)(1[3-9]\d)一(\d{4})一(?=\d{4}(?!\d))")
_ONE: Final = re.compile(
    rf"(?<![什怎这那多要])么(?={_SEPARATORS}[3-9三叁四肆五伍六陆七拐柒八捌九勾玖])"
    rf"|(?<=[\d{_NUMERALS}])么(?=[\d{_NUMERALS}])"
)
# Numbers one after the other without anything between them; a mobile one begins or ends the row.
_GLUED: Final = re.compile(r"1[3-9]\d{9}\d{9,}|\d{9,}1[3-9]\d{9}")
_CODE: Final = re.compile(r"(?:编号|编码|单号|号码牌|No\.?)[:：为是\s]*$", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"[转,，;；、/]|ext", re.IGNORECASE)  # numbers of one office
_OPENS: Final = "+(\u200b"


@dataclass(frozen=True)
class _Group:
    digits: str
    begin: int
    end: int


def _digits_of(found: re.Match[str]) -> str:
    """A mobile number in which letters stand for some of its digits."""
    digits = sum(sign.isdigit() for sign in found[0])
    return found[0].translate(_LOOKS_LIKE) if digits >= FEWEST_DIGITS - 1 else found[0]


def _numbers_of_people(said: str, terms: MaskTerms) -> Iterator[tuple[int, int]]:
    """The longest numbers first from the left; none lies within another."""
    written = (one for each in terms.offices for one in _SEVERAL.split(each))
    offices = {form for one in written for form in _forms_of_an_office(one)}
    groups = [_Group(each[0].upper(), *each.span()) for each in _GROUP.finditer(said)]
    at = 0
    while at < len(groups):
        chain = _chain(said, groups, at)
        found = next((n for n in range(len(chain), 0, -1) if _is_one(said, chain[:n], terms)), None)
        if found is None:
            at += 1
            continue
        if not _stays(chain[:found], terms, offices):
            yield _opening(said, chain[0].begin), chain[found - 1].end
        at += found


def _chain(said: str, groups: list[_Group], at: int) -> list[_Group]:
    """The groups from here on that may be one number."""
    chain, digits = [groups[at]], len(groups[at].digits)
    for group in islice(groups, at + 1, at + MOST_DIGITS):
        digits += len(group.digits)
        if digits > MOST_DIGITS or not _BETWEEN.fullmatch(said[chain[-1].end : group.begin]):
            break
        chain.append(group)
    return chain


def _is_one(said: str, chain: list[_Group], terms: MaskTerms) -> bool:
    begin, end = chain[0].begin, chain[-1].end
    digits = "".join(group.digits for group in chain)
    if len(digits) < FEWEST_DIGITS:
        return False
    if len(digits) > MOST_DIGITS:
        codes = (digits[at : at + _ASSET] for at in range(0, len(digits), _ASSET))
        is_code = all(_is_asset(code, terms) for code in codes) or _CODE.search(said[:begin][-8:])
        return _GLUED.fullmatch(digits) is not None and not is_code
    if _is_asset(digits, terms) or is_row([group.digits for group in chain]):
        return True
    number = WrittenNumber(
        groups=tuple(group.digits for group in chain),
        signs=tuple(said[a.end : b.begin] for a, b in pairwise(chain)),
        is_abroad=said[max(0, begin - 1) : begin] == "+",
        before=said[max(0, begin - 8) : begin],
        after=said[end : end + 8],
    )
    return is_of_a_person(number, terms.country)


def _stays(chain: list[_Group], terms: MaskTerms, offices: set[str]) -> bool:
    digits = "".join(group.digits for group in chain)
    if _is_asset(digits, terms) or is_row([group.digits for group in chain]):
        return True
    return not offices.isdisjoint(_forms_of_an_office(digits))


def _is_asset(digits: str, terms: MaskTerms) -> bool:
    return len(digits) == _ASSET and digits.startswith(terms.district or " ")


def _forms_of_an_office(number: str) -> set[str]:
    """Its digits with and without the codes of country and area."""
    digits = re.sub(r"\D", "", _plain(number))
    home = re.sub(r"^(?:00)?86(?=\d{10})", "", digits)
    local = {home[cut:] for cut in (3, 4) if home.startswith("0") and len(home) > 9}
    return {digits, home, f"0{home}", *local}


def _opening(said: str, begin: int) -> int:
    while begin > 0 and said[begin - 1] in _OPENS:
        begin -= 1
    return begin
