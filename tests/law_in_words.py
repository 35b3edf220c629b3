"""The law as docs/domain.md writes it: the golden tables of statuses and steps, read from there."""

import re
from dataclasses import dataclass

from documents import HOUSE, codes, section, tables

from dispatch.errors import PROBLEMS
from dispatch.refusals.faults import FAULTS

PAGE = "docs/domain.md"
NOTHING = {"–", ""}
# Names for several statuses, which the page explains below its table of statuses.
GROUPS = ("any open", "with the lead", "in work, or done and undecided", "any at all")


@dataclass(frozen=True)
class WrittenStatus:
    """A row of the table of statuses."""

    chinese: str
    turn: str
    clocks: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class WrittenStep:
    """A row of the table of steps. `to` None: the status stays."""

    chinese: str
    sources: frozenset[str]
    to: str | None
    who: tuple[str, ...]
    later: bool


def rows(heading, nth=0):
    """The rows of a table by the name that each begins with, in their order."""
    return {codes(row[0])[0]: row for row in tables(section(PAGE, heading))[nth]}


def listed(cell):
    """`sign, arrive` as a list; – as none."""
    return () if cell in NOTHING else tuple(each.strip() for each in cell.split(","))


def group(name):
    """The statuses that a name for several means."""
    told = re.search(rf"\*{name}\*: ([^.]+)\.", section(PAGE, "Statuses"))
    assert told, f"{PAGE}, Statuses: say which are meant by *{name}*"
    return frozenset(codes(told[1]))


def statuses():
    return {
        name: WrittenStatus(chinese, turn, listed(clocks), remark.startswith("open"))
        for name, (_, chinese, turn, clocks, remark) in rows("Statuses").items()
    }


def steps():
    return {name: _step(row) for name, row in rows("Steps").items()}


def refusals_told(step):
    """The codes of refusals that the row of a step names."""
    return set(codes(rows("Steps")[step][-1])) & {*PROBLEMS, *FAULTS}


def refusals_in(file):
    """The codes with which a module refuses."""
    return set(re.findall(r'Refused\(\s*"(\w+)"', (HOUSE / file).read_text(encoding="utf-8")))


def fields():
    """By step, what is sent with it: (name, kind, whether it must be sent, for whom), in order."""
    return {name: _fields(row[1]) for name, row in rows("Steps", 2).items()}


def deeds():
    """By deed: whom it tells (audience, notice, asked step, into which status), the place of its
    button, what its photos show.
    """
    told = rows("Steps", 3).items()
    return {name: (_told(row[1]), row[2], row[3]) for name, row in told}


def _told(cell):
    notice = re.compile(r"(\w+) `(\w+)`(?: asks `(\w+)`)?(?: into `(\w+)`)?")
    return [
        (who, what, asked or None, into or None) for who, what, asked, into in notice.findall(cell)
    ]


def order_of_buttons():
    """The main buttons, the most pressing first; and those beside, in their order."""
    told = section(PAGE, "Steps")
    most, beside = re.search(
        r"the most pressing first: (.+?)\. Beside it .+?: (.+?)\.", told
    ).groups()
    return codes(most), codes(beside)


def _fields(cell):
    written = r"`(\w+)`(\\\*)? (\w+)(?: (told|told_once))?"
    told = [re.fullmatch(written, each.strip()) for each in cell.split(",")]
    return [(field[1], field[3], bool(field[2]), field[4] or "inside") for field in told]


def _step(row):
    first, chinese, sources, to, who, _ = row
    from_where = group(sources) if sources in GROUPS else frozenset(listed(sources))
    goes_to = None if to in NOTHING else to
    return WrittenStep(chinese, from_where, goes_to, listed(who), later="later" in first)
