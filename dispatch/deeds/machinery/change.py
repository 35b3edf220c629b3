"""What a deed leaves beside status and clocks: codes and words for the log, where it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dispatch.deeds.machinery.case import Case
from dispatch.domain.masking import mask_numbers
from dispatch.promises.pauses import Standing
from dispatch.rules.deciding.engine import Decision

Row = dict[str, Any]


@dataclass
class Change:
    """What goes into the log, and where the alert goes if not where the table says.

    `budgets`: seconds of own time for clocks that do not begin with their whole limit. `helping`:
    the supports that the deed is about, as assignment rows, for those who are told of it.
    `standing`: why clocks stand from now on, where the deed makes them.
    """

    codes: Row = field(default_factory=dict)
    detail: Row = field(default_factory=dict)
    target: str | None = None
    budgets: dict[str, int] = field(default_factory=dict)
    helping: Sequence[Mapping[str, Any]] = ()
    standing: Standing | None = None


def words_of(case: Case, *names: str) -> Row:
    """Free text of the step, for the erasable details, numbers masked."""
    return {name: mask_numbers(case.values[name]) for name in names if case.values.get(name)}


def only_words(case: Case) -> Change:
    """Whatever was written with the step, and its photos."""
    photos = case.values.get("photos")
    detail = words_of(case, "note", "reason", "done", "where_instead", "clause", "finding")
    return Change(detail={**detail, **({"photos": photos} if photos else {})})


def texts_for_reporter(decision: Decision) -> Row:
    """What the rules say to the reporter, in every language, kept with the decision."""
    return {"notices": [dict(each) for each in decision.notices]} if decision.notices else {}
