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
)
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
    said = _MISTYPED.sub(_digits_of, _SPOKEN_RUN.sub(lambda run: run[0].translate(_SPOKEN), plain))
    spans = [*_numbers_of_people(said, terms), *_names_of_people(said)]
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
_SEPARATORS: Final = rf"[\s.\-‐‑–—_/·•()~〜*\u20e3{UNSEEN}{re.escape(LISTING)}]{{0,10}}"
_BETWEEN: Final = re.compile(_SEPARATORS)
_SPOKEN_RUN: Final = re.compile(rf"(?:[\d{_NUMERALS}]{_SEPARATORS}){{7,}}")
_MISTYPED: Final = re.compile(
    rf"(?<![A-Za-z0-9])[1lI](?:{_SEPARATORS}[\dOolI]){{10}}(?![A-Za-z0-9])"
)
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
        sizes = range(len(chain), 0, -1)
        found = next((size for size in sizes if _is_one(said, chain[:size], terms)), None)
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
    if sum(len(group.digits) for group in chain) < FEWEST_DIGITS:
        return False
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
    is_asset = len(digits) == _ASSET and terms.district and digits.startswith(terms.district)
    return bool(is_asset) or not offices.isdisjoint(_forms_of_an_office(digits))


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


_MAIL: Final = re.compile(
    r"[A-Za-z0-9][\w.+%-]*"
    r"(?:\s?(?:@|\(\s?at\s?\)|\[\s?at\s?\]|【\s?at\s?】|#at#|艾特|圈a)\s?[A-Za-z0-9-]+"
    # "at" alone stands in many a sentence: only before the names of post offices
    r"|\s+at\s+(?:163|126|139|189|qq|foxmail|sina|sohu|aliyun|gmail|hotmail|outlook|yahoo|icloud))"
    r"(?:\s?(?:\.|点|dot\s|\(\s?(?:dot|点)\s?\)|\[\s?dot\s?\]|【\s?dot\s?】)\s?[A-Za-z0-9-]+"
    r"|。\s?(?:com|cn|net|org|edu|gov)(?![A-Za-z]))+",
    re.ASCII | re.IGNORECASE,
)
_ACCOUNT: Final = r"(?P<name>[A-Za-z][A-Za-z0-9_-]{4,19}|[1-9]\d{4,10})(?![A-Za-z0-9_-])"
_MESSENGERS: Final = (
    re.compile(
        r"(?:微信|卫星|威信|薇信|徽信|[v微薇]\s?信|微x|加我?\s?[v微薇]|\+\s?[v微薇]|扣扣|球球|企鹅|抖音|快手|小红书"
        r"|陌陌|旺旺|飞书|钉钉|丁丁|叮叮|支付宝)(?:号码|账号|帐号|号|id)?"
        rf"(?:\s*[:是为加叫搜=]\s*|\s*(?=[A-Za-z0-9]*[\d_-])){_ACCOUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z])(?:we-?chat|weixin|wx|vx|qq|q号|feishu|dingtalk|telegram|whatsapp|messenger)"
        r"(?:\s?(?:id|号码|账号|帐号|号))?(?:\s*[:是为=]\s*@?|\s*@"
        rf"|\s*(?=[A-Za-z0-9]*[\d_-])){_ACCOUNT}",
        re.IGNORECASE,
    ),
    # Letters and words that mean something else as well: only with what makes a name of the rest.
    re.compile(
        r"(?<![A-Za-z0-9])(?:v\s*:\s*(?=[A-Za-z])|line(?:\s?id)?\s*[:=@]\s*@?(?=[A-Za-z]+[\d_]))"
        rf"{_ACCOUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:我的?|本人|加)(?:微信|薇信|威信)\s*(?P<name>[A-Za-z][A-Za-z0-9_-]{5,19})"
        r"(?=\s*(?:$|[,，。;；!！?？、)谢\n]))",
    ),
)
# Passports and permits have a letter before their digits; other codes have so, too.
_PAPER: Final = re.compile(
    r"(?:护照|通行证|回乡证|身份证|证件)(?:号码|号)?\s*[:是为]?\s*"
    r"(?P<name>[A-Za-z]{1,2}\d{6,10}(?:\([0-9A]\))?)(?![A-Za-z0-9])",
)


def _names_of_people(plain: str) -> Iterator[tuple[int, int]]:
    """Addresses of e-mail, names after the name of a messenger, numbers after that of a paper."""
    yield from (found.span() for found in _MAIL.finditer(plain))
    for pattern in (*_MESSENGERS, _PAPER):
        yield from (found.span("name") for found in pattern.finditer(plain))
