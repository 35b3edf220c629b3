"""The parameters of addresses: names, and how the value of each is written."""

from dataclasses import dataclass
from typing import Final, Literal

# `words`: one or several, comma between them; `statuses`: the same, of the law's; `word`: one.
# `switch`: 1 or 0. `grouping`: one of the groupings of a report.
Takes = Literal[
    "statuses", "words", "word", "switch", "instant", "part", "size", "cursor", "grouping"
]
MOST_WORDS: Final = 100  # of `words`
MOST_ON_A_PAGE: Final = 200  # of a list


@dataclass(frozen=True)
class Filter:
    """A parameter of an address. `narrows` False: it chooses a page, not alerts. `required`:
    without it the request is refused. `may_be_empty`: that is as if it were not there, as a form
    sends it. `among`: of a grouping, what it may be.
    """

    name: str
    takes: Takes
    narrows: bool = True
    required: bool = False
    may_be_empty: bool = False
    among: tuple[str, ...] = ()


# Of `GET alerts`.
FILTERS: Final = (
    Filter("status", "statuses"),
    Filter("category", "words"),
    Filter("street", "words"),
    Filter("community", "words"),
    Filter("grid", "words"),
    Filter("department", "words"),
    Filter("overdue", "switch"),
    Filter("from", "instant"),
    Filter("to", "instant"),
    Filter("q", "part"),
    Filter("mine", "switch"),
    Filter("limit", "size", narrows=False),
    Filter("cursor", "cursor", narrows=False),
)
# Of `GET audit.csv`.
AUDIT_FILTERS: Final = (
    Filter("code", "word", may_be_empty=True),
    Filter("who", "word", may_be_empty=True),
    Filter("alert", "word", may_be_empty=True),
    Filter("from", "instant", may_be_empty=True),
    Filter("to", "instant", may_be_empty=True),
)
# Of `GET board/changes`.
AFTER: Final = Filter("after", "cursor", narrows=False, required=True)
