"""The filters of `GET alerts`: names, and how the value of each is written."""

from dataclasses import dataclass
from typing import Final, Literal

# `words`: one or several, comma between them; `statuses`: the same, of the law's. `switch`: 1 or 0.
Takes = Literal["statuses", "words", "switch", "instant", "part", "size", "cursor"]


@dataclass(frozen=True)
class Filter:
    """A parameter of the list. `narrows` False: it chooses a page, not alerts."""

    name: str
    takes: Takes
    narrows: bool = True


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
