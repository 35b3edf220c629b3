"""What the number of a person looks like in each country, whatever stands between its digits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Final

FEWEST_DIGITS, MOST_DIGITS = 8, 19  # of the shortest and of the longest form
# Between things of a list, hours, amounts and quoted words as well.
LISTING: Final = (
    "、，,;:|+。=#&^点…!●→ー丨'<>[]【】\\x\"“”‘’《》〈〉「」『』?@%$¥★☆※◆◇■□○￣¯和及与跟空格杠横"
)


@dataclass(frozen=True)
class WrittenNumber:
    """Groups of digits, the signs between them, and what stands around them. `is_abroad`: a plus
    stands before.
    """

    groups: tuple[str, ...]
    signs: tuple[str, ...]
    is_abroad: bool = False
    before: str = ""
    after: str = ""

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.groups))


def is_of_a_person(number: WrittenNumber, country: str) -> bool:
    """Whether phones, papers or cards of people are written so."""
    if _are_days(number) or _are_measures(number):
        return False
    if any(map(_LISTED.search, number.signs)) and not _is_one_though_listed(number, country):
        return False
    return (
        _is_card(number)
        or (number.is_abroad and _INTERNATIONAL.fullmatch(number.digits) is not None)
        or _WHOLE.get(country, _ELSEWHERE).fullmatch(number.digits) is not None
        or (country == "CN" and (_is_local_line(number) or _is_old_paper(number)))
    )


def _are_days(number: WrittenNumber) -> bool:
    """28 29 30 31: days one after the other."""
    days = [int(group) for group in number.groups if len(group) == _DAY_DIGITS and group.isdigit()]
    is_rising = all(one < other for one, other in pairwise(days))
    return len(days) == len(number.groups) >= _FEWEST_DAYS and is_rising and days[-1] <= _LAST_DAY


def _are_measures(number: WrittenNumber) -> bool:
    """1500x2000x300, and no mobile number in its usual parts."""
    return any("x" in sign for sign in number.signs) and number.sizes not in _MOBILE_SIZES


_DAY_DIGITS: Final = 2
_FEWEST_DAYS: Final = 4
_LAST_DAY: Final = 31
_MOBILE_SIZES: Final = frozenset({(3, 4, 4), (1,) * 11})
_LISTED: Final = re.compile(f"[{re.escape(LISTING)}]")
_IN_PARTS: Final = 3  # the fewest digits of a part of a number; rooms and hours have fewer


def _is_one_though_listed(number: WrittenNumber, country: str) -> bool:
    """Parts as one says them, and no rooms, amounts or hours: a number, not several beside each
    other.
    """
    sizes = {len(group) for group in number.groups if group != "X"}
    if (min(sizes) < _IN_PARTS and sizes != {1}) or _COUNTED.match(number.after):
        return False
    return _WHOLE.get(country, _ELSEWHERE).fullmatch(number.digits) is not None or (
        number.digits[0] in "3456" and _is_card(number) and _has_check_digit(number.digits)
    )


def _has_check_digit(digits: str) -> bool:
    """ISO/IEC 7812, annex B."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


# ISO/IEC 7812.
_CARD: Final = re.compile(r"[1-9]\d{15,18}")
_PRINTED: Final = 6
_UNIONPAY: Final = "62"  # with which the cards of China begin
_FEWEST_IN_ROW, _LONGEST_ROW = 3, 100
_INTERNATIONAL: Final = re.compile(r"(?:00)?[1-9]\d{7,14}")
_ELSEWHERE: Final = re.compile(r"00[1-9]\d{7,14}|0[1-9]\d{7,11}|[1-9]\d{8,10}")
# The whole digits of a country's phones, and of its papers.
_WHOLE: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        country: re.compile(rf"00[1-9]\d{{7,14}}|{forms}")
        for country, forms in {
            "CN": r"(?:86)?1[3-9]\d{9}"
            r"|(?:0|86)(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}"  # a line with its area code
            r"|\d{6}(?:18|19|20)\d{9}[\dX]",  # GB 11643-1999
            "DE": r"0[1-9]\d{7,11}",
            "FR": r"0[1-9]\d{8}",
            "GB": r"0[1-9]\d{8,9}",
            "HK": r"[2-9]\d{7}",
            "JP": r"0[1-9]\d{8,9}",
            "MO": r"6\d{7}|28\d{6}",
            "NL": r"0[1-9]\d{8}|[1-9]\d{8}",  # burgerservicenummer
            "SG": r"[3689]\d{7}",
            "TW": r"0[2-9]\d{7,8}",
            "US": r"1?[2-9]\d{2}[2-9]\d{6}|\d{9}",  # social security number
        }.items()
    }
)


def _is_card(number: WrittenNumber) -> bool:
    """In one group, or in groups of one size as they are printed; the last may be shorter."""
    *most, last = number.sizes
    is_other = _is_day(number.digits) or (
        _NUMBERED.search(number.before) and not _has_check_digit(number.digits)
    )
    if is_other or _OF_A_FIRM.search(number.before) or _are_years(number):
        return False
    is_printed = not most or (set(most) == {most[0]} and most[0] <= _PRINTED and last <= most[0])
    is_halved = len(number.groups) == 2 and number.digits.startswith(_UNIONPAY)
    return (is_printed or is_halved) and _CARD.fullmatch(number.digits) is not None


def is_row(groups: Sequence[str]) -> bool:
    """1001 1002 1003 1004: rooms or parking lots, each a little higher than the one before."""
    counted = [int(group) for group in groups if group.isdigit() and len(group) >= _IN_PARTS]
    if len(counted) < len(groups):
        return False
    is_rising = all(one < other for one, other in pairwise(counted))
    return len(counted) >= _FEWEST_IN_ROW and is_rising and counted[-1] - counted[0] < _LONGEST_ROW


_LINE: Final = re.compile(r"[2-9]\d{7}")
# How eight digits of a line are grouped; others are two numbers beside each other.
_LINE_SIZES: Final = frozenset({(8,), (4, 4), (2, 2, 2, 2), (3, 5), (1,) * 8})
_COUNTED: Final = re.compile(r"\s*[号弄栋幢座室房楼层米元户吨方亩人次件年个％%]")
_CALLED: Final = re.compile(r"(?:电话|座机|固话|联系|致电|拨打|拨|打)(?:号码?)?[:：是为\s]*$")
_TO_CALL: Final = re.compile(r"\s*号\s*(?:的?电话|座机|固话)")
_HOUSE: Final = re.compile(r"\s*(?:号[楼弄栋幢院门房室]|[^号\s])")
_NUMBERED: Final = re.compile(
    r"(?:编号|编码|杆号|井号|桩号|表号|车号|单号|No\.?)[:：为是\s]*(?:[A-Za-z]{1,4}-?)?$",
    re.IGNORECASE,
)
_OF_A_FIRM: Final = re.compile(r"(?:营业执照|信用代码|机构代码|税号)[号:：为是\s]*$")
# Letters of a code stand at its digits; those of a telephone do not make one.
_CODE_BEFORE: Final = re.compile(r"(?<![A-Za-z])(?!tel|ph)[A-Za-z]{1,4}-?$", re.IGNORECASE)
_CODE_AFTER: Final = re.compile(r"(?!ext)[A-Za-z]", re.IGNORECASE)
_DIGIT_BEFORE: Final = re.compile(r"\d[-_.]$")
_DIGIT_AFTER: Final = re.compile(r"[-_.]\d{6,}|:\d")


def _is_local_line(number: WrittenNumber) -> bool:
    """Eight digits without an area code, that are no day, no years, no decimal, and do not count or
    number anything.
    """
    is_eight = number.sizes in _LINE_SIZES and _LINE.fullmatch(number.digits) is not None
    before = any(each.search(number.before) for each in (_NUMBERED, _DIGIT_BEFORE, _CODE_BEFORE))
    counted = _COUNTED.match(number.after) and not _is_called(number)
    after = counted or any(each.match(number.after) for each in (_DIGIT_AFTER, _CODE_AFTER))
    is_other = _is_day(number.digits) or _are_years(number) or _is_decimal(number)
    return is_eight and not (before or after or is_other)


def _is_called(number: WrittenNumber) -> bool:
    """电话82918444号, 82918444号电话: no house has this number."""
    if _HOUSE.match(number.after):
        return False
    return bool(_CALLED.search(number.before) or _TO_CALL.match(number.after))


def _is_decimal(number: WrittenNumber) -> bool:
    return number.signs == (".",) and number.sizes == (3, 5)


def _are_years(number: WrittenNumber) -> bool:
    are_two = len(number.groups) > 1 and set(number.sizes) == {4}
    return are_two and all(group[:2] in {"19", "20"} for group in number.groups)


def _is_day(digits: str) -> bool:
    """20261123."""
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= found.year < 2100


def _is_old_paper(number: WrittenNumber) -> bool:
    """The identity number of fifteen digits, with a day of birth in the last century."""
    digits = number.digits
    return (
        len(digits) == 15
        and number.sizes in {(15,), (6, 6, 3), (1,) * 15}
        and _is_day(f"19{digits[6:12]}")
    )
