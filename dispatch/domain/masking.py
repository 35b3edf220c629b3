"""Masks personal numbers in free text: phones, identity cards, bank cards."""

import re

# A longer number is looked for first: an identity card contains what looks like a phone.
_NUMBERS = re.compile(
    r"(?<!\d)(?:"
    r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ]"  # identity card, GB 11643-1999
    r"|[1-9０-９]\d{15,18}"  # bank card, ISO/IEC 7812
    r"|[1-9]\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?"  # … as it is printed, in fours
    r"|(?:(?:\+|00)?86[ -]?)?[1１][3-9３-９]\d[ -]?\d{4}[ -]?\d{4}"  # mobile phone
    r"|(?:\(0\d{2,3}\)|（0\d{2,3}）|0\d{2,3}[ -]?)[2-9]\d{6,7}"  # line with area code
    r")(?!\d)",
)


def mask_numbers(text: str) -> str:
    """The text with all but the last two characters of such numbers replaced by ＊."""
    return _NUMBERS.sub(lambda found: "＊" * (len(found[0]) - 2) + found[0][-2:], text)
