"""What to write instead where YAML trips over a colon or a full-width sign, as a corrected line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.rules.language.faults import straight
from dispatch.rules.language.library_reasons import yaml_reason

_LONGEST: Final = 200  # of a corrected line; the rest is cut off
_IN_BRACES: Final = ("brace_open", "bracket_open", "colon_at_end")
# Up to the text of `key: text` or `- key: text` on a line of its own.
_KEY: Final = re.compile(r"""\s*(?:- +)*(?:[^\s"'{\[#:][^:]*|"[^"]*"|'[^']*') *: +(?=[^\s"'{\[])""")
_TEXT_IN_BRACES: Final = re.compile(r"[^,\[\]{}\n]*")
_TEXT_OF_LINE: Final = re.compile(r"(?:(?! #).)*")
# `Danger ordinary: x`: perhaps another key, and a comma is missing before it.
_KEY_AFTER_BLANK: Final = re.compile(r"(?<=[^\s:]) +[A-Za-z_][A-Za-z0-9_-]* *$", re.ASCII)
_IN_QUOTES: Final = re.compile(r"""(?<![^\s,:\[{])("(?:[^"\\]|\\.)*"|'[^']*')""")
_WIDE_COLON: Final = re.compile(r"\s*(?:- +)*[A-Za-z_][A-Za-z0-9_-]*：(?!.*: )", re.ASCII)
_CURLY: Final = re.compile("[“”‘’]")
_WIDE_BEFORE_KEY: Final = re.compile(r"[，；、] *[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class LastScalar:
    """A scalar where it begins, from 0; `plain`: it stands without quotes."""

    line: int
    column: int
    plain: bool


def advice(
    lines: Sequence[str], mark: tuple[int, int], problem: str, last: LastScalar | None
) -> Mapping[str, str]:
    """`reason`, the code of what is wrong at a mark (line and column from 0), and what its words
    need. `lines`: the one before, if any, and that of the mark; `last`: what was read before it.
    """
    before, line = lines if len(lines) > 1 else ("", *lines, "")[:2]
    column = mark[1]
    found = yaml_reason(problem)
    if line[column : column + 1] == ":":
        if found in _IN_BRACES:
            return _within_braces(line, mark, last) or _told(found)
        if found == "colon_not_here" and (fixed := _on_its_line(line, column)):
            return {"reason": "colon_in_text", "line": fixed}
        if found == "colon_not_here" and _WIDE_COLON.match(before):
            return _told("full_width_above")
    return _told("full_width" if _is_wide(line, found) else found)


def _is_wide(line: str, found: str) -> bool:
    """Whether full-width or curly signs are to blame: those within quotes are of a text."""
    if found == "quote_open":
        return bool(_CURLY.search(line))
    bare = _IN_QUOTES.sub("", line)
    return straight(bare) != bare


def _within_braces(
    line: str, mark: tuple[int, int], last: LastScalar | None
) -> Mapping[str, str] | None:
    """A colon after a text; None where that began on a line before: a brace is open there."""
    number, column = mark
    if last is None or not last.plain:
        return _told("colon_not_here")
    if last.line != number:
        return None
    start = last.column
    before = line[start:column]
    if _WIDE_BEFORE_KEY.search(before):
        return _told("full_width")
    fixed = _quoted(line, start, _TEXT_IN_BRACES)
    if key := _KEY_AFTER_BLANK.search(before):
        comma = start + key.start()
        other = _short(f"{line[:comma]}, {line[comma:].lstrip()}")
        return {"reason": "colon_or_comma", "line": fixed, "other": other}
    return {"reason": "colon_in_text", "line": fixed}


def _on_its_line(line: str, column: int) -> str | None:
    """A second colon of a line; None where it is the first, or nothing comes after it."""
    key = _KEY.match(line)
    if key is None or key.end() >= column or not line[column + 1 :].strip():
        return None
    return _quoted(line, key.end(), _TEXT_OF_LINE)


def _quoted(line: str, start: int, end: re.Pattern[str]) -> str:
    """The line with the text that begins at `start` in quotes."""
    found = end.match(line, start)
    text = found[0].rstrip() if found else ""
    return _short(f"{line[:start]}{in_quotes(text)}{line[start + len(text) :]}")


def in_quotes(text: str) -> str:
    """A text as YAML reads it back; in single quotes where it has double ones itself."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _short(line: str) -> str:
    plain = line.strip()
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"


def _told(reason: str) -> Mapping[str, str]:
    return MappingProxyType({"reason": reason})
