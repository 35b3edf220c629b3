"""What a deed returns: codes and words for the log, and where the alert goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.masking import mask_numbers
from dispatch.promises.pauses import PauseReason
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.deciding.engine import Decision
from dispatch.store.log import Event

Codes = dict[str, Any]  # of a log row, or its erasable details


@dataclass
class Change:
    """The parts of the log row, and the alert's next status where it is not the table's.

    `budgets`: seconds of own time for clocks that do not begin with their whole limit. `helping`:
    the supports that the deed is about, as assignment rows, for those who are told of it. `pause`:
    why clocks are paused, where the deed pauses them. `moves_as`: the step whose clocks and
    requests it moves where it is not its own name. `moves_version`: what people may do next is
    another thing, though the status stays. `then`: log rows that follow the step's own. `desks`:
    by audience, those that are told and stand in no column of the alert. `said`: by notice, what
    it says beside its own words.
    """

    codes: Codes = field(default_factory=dict)
    detail: Codes = field(default_factory=dict)
    target: str | None = None
    budgets: dict[str, int] = field(default_factory=dict)
    helping: Sequence[Mapping[str, Any]] = ()
    pause: PauseReason | None = None
    moves_as: str | None = None
    moves_version: bool = False
    then: Sequence[Event] = ()
    desks: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def masked_words(context: StepContext, *names: str) -> Codes:
    """The step's free texts for the erasable details, with personal numbers masked."""
    terms = context.playbook.mask_terms
    given = {name: context.values[name] for name in names if context.values.get(name)}
    return {name: mask_numbers(text, terms) for name, text in given.items()}


def words_and_photos(context: StepContext) -> Change:
    """A change that only holds the step's free texts and photos."""
    photos = context.values.get("photos")
    detail = masked_words(context, "note", "reason", "done", "where_instead", "clause", "finding")
    return Change(detail={**detail, **({"photos": photos} if photos else {})})


def reporter_texts(decision: Decision) -> Codes:
    """What the rules say to the reporter, in every language, as kept with the decision."""
    return {"notices": [dict(each) for each in decision.notices]} if decision.notices else {}


def decision_detail(facts: Facts, decision: Decision) -> Codes:
    """The decision's trace, the texts of the rules, and the facts that no other row keeps:
    `playbook replay` and `explain` need them as they were.
    """
    detail: Codes = {"decision": decision.trace.as_json()} | reporter_texts(decision)
    if facts.open_nearby or facts.earlier:
        earlier = [each.isoformat() for each in facts.earlier]
        detail["facts"] = {"open_nearby": facts.open_nearby, "earlier": earlier}
    return detail
