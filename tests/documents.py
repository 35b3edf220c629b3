"""The written pages as data: their sections, tables, and the files that they name."""

import re
from pathlib import Path

HOUSE = Path(__file__).parent.parent
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def page(name):
    """The text of a page, by its path from the root."""
    return (HOUSE / name).read_text(encoding="utf-8")


def headings(name):
    """The headings of a page, in order."""
    return _HEADING.findall(page(name))


def section(name, heading):
    """The text below a heading, up to the next one."""
    parts = _HEADING.split(page(name))
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


def tables(text):
    """Every table of a text: for each its rows below the heading, as lists of cells."""
    found, rows = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def codes(text):
    """What stands in backticks within the lines; blocks of code are none."""
    return _CODE.findall(_BLOCK.sub("", text))
