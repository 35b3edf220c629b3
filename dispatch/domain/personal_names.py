"""Finds what leads to a person beside numbers: e-mail, names at messengers, numbers of papers."""

import re
from collections.abc import Iterator
from typing import Final

_MAIL: Final = re.compile(
    # RFC 5321 has 64 signs before the @; without a bound a long word takes the square of its length
    r"[A-Za-z0-9][\w.+%-]{0,63}"
    r"(?:\s?(?:@|\(\s?at\s?\)|\[\s?at\s?\]|【\s?at\s?】|#at#|艾特|圈a)\s?[A-Za-z0-9-]+"
    # "at" alone stands in many a sentence: only before the names of post offices
    r"|\s+at\s+(?:163|126|139|189|qq|foxmail|sina|sohu|aliyun|gmail|hotmail|outlook|yahoo|icloud))"
    r"(?:\s?(?:\.|点|dot\s|\(\s?(?:dot|点)\s?\)|\[\s?dot\s?\]|【\s?dot\s?】)\s?[A-Za-z0-9-]+"
    r"|。\s?(?:com|cn|net|org|edu|gov)(?![A-Za-z]))+",
    re.ASCII | re.IGNORECASE,
)
_IS: Final = r"\s*(?:就?(?:[:是为加叫搜=]\s*)){1,3}"  # between a messenger and a name
_ACCOUNT: Final = r"(?P<name>[A-Za-z][A-Za-z0-9_-]{4,19}|[1-9]\d{4,10})(?![A-Za-z0-9_-])"
_END: Final = r"(?=\s*(?:$|[,，。;；!！?？、)谢\n]))"
# What stands behind the name of a messenger in sentences about it.
_NO_NAME: Final = (
    r"(?!(?:wechat|weixin|please|payment|account|login|program|official|group|message|messages|scan"
    r"|qrcode|number|yellow|orange|purple|closed|broken|station|service|thanks|failed)(?![a-z]))"
)
# With letters or a country's own words before or after the sign; only before known endings.
_MAIL_IN_SCRIPT: Final = re.compile(
    r"(?:[A-Za-z0-9][A-Za-z0-9_.+%-]{0,63}|[\u4e00-\u9fff]{2,4})\s?@\s?[A-Za-z0-9\u4e00-\u9fff-]{1,20}"
    r"(?:\s?[.。点]\s?[A-Za-z0-9-]{1,20})?"
    r"\s?[.。点]\s?(?:com|cn|net|org|edu|gov|中国|公司|网络)(?![A-Za-z])",
    re.IGNORECASE,
)
_MESSENGERS: Final = (
    re.compile(
        r"(?:微信|卫星|威信|薇信|徽信|[v微薇]\s?信|微x|加我?\s?[v微薇]|\+\s?[v微薇]|扣扣|球球|企鹅|抖音|快手|小红书"
        r"|陌陌|旺旺|飞书|钉钉|丁丁|叮叮|支付宝)(?:号码|账号|帐号|号|id)?"
        rf"(?:{_IS}|\s*(?=[A-Za-z0-9]*[\d_-])){_ACCOUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z])(?:we-?chat|weixin|wx|vx|qq|q号|tg|feishu|dingtalk|telegram|whatsapp|messenger)"
        r"(?:\s?(?:id|号码|账号|帐号|号))?(?:\s*(?:[:是为=]\s*){1,3}@?|\s*@"
        rf"|\s*(?=[A-Za-z0-9]*[\d_-])){_ACCOUNT}",
        re.IGNORECASE,
    ),
    # Letters and words that mean something else as well: only with what makes a name of the rest.
    re.compile(
        r"(?:微信|薇信|威信|(?<![A-Za-z])(?:we-?chat|weixin|wx|vx))\s?(?:id|号码|账号|帐号|号)?\s+"
        rf"(?P<name>{_NO_NAME}[A-Za-z][A-Za-z0-9_-]{{5,19}}){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?<![A-Za-z])qq|扣扣|球球|企鹅)(?:号码|账号|帐号|号)?\s*(?:[:是为=]\s*){0,3}"
        r"(?P<name>[1-9]\d{2,4}(?:[ -]\d{2,5}){1,2})(?![\d年月日时点:元])",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![折克罚代暗苛减倒回])扣\s*[:是]?\s*(?!20[0-4]\d[01]\d[0-3]\d(?!\d))"
        r"(?P<name>[1-9]\d{6,10})(?!\d|\s*[元块分万])"
    ),
    re.compile(
        r"(?<![A-Za-z0-9])(?<![A-Za-z]\s)line\s?(?:id)?(?:\s*[:=@]\s*@?|(?<=id)\s+)"
        rf"(?P<name>{_NO_NAME}(?-i:[a-z])[A-Za-z0-9_-]{{5,19}}){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Za-z0-9])(?:v\s*:\s*(?=[A-Za-z])|line(?:\s?id)?\s*[:=@]\s*@?(?=[A-Za-z]+[\d_]))"
        rf"{_ACCOUNT}",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:我的?|本人|加)(?:微信|薇信|威信)\s*(?P<name>[A-Za-z][A-Za-z0-9_-]{5,19})"
        rf"{_END}",
    ),
)
# Passports and permits have a letter before their digits; other codes have so, too.
_PAPER: Final = re.compile(
    r"(?:护照|通行证|回乡证|身份证|证件)(?:号码|号)?\s*[:是为]?\s*"
    r"(?P<name>[A-Za-z]{1,2}\d{6,10}(?:\([0-9A]\))?)(?![A-Za-z0-9])",
)


def names_of_people(plain: str) -> Iterator[tuple[int, int]]:
    """Addresses of e-mail, names after the name of a messenger, numbers after that of a paper."""
    for pattern in (_MAIL, _MAIL_IN_SCRIPT):
        yield from (found.span() for found in pattern.finditer(plain))
    for pattern in (*_MESSENGERS, _PAPER):
        yield from (found.span("name") for found in pattern.finditer(plain))
