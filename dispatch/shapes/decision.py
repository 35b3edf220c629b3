"""Why an alert is where it is: the rule that decided, and every rule that was considered."""

from typing import Literal

from typing_extensions import TypedDict

# `matched` decided, `lost` would have but came later, `barred` named a unit that may not act,
# `set_aside` would have but a person chose another unit, `added` applies beside
# the deciding rule, `missed` did not apply.
RuleOutcome = Literal["matched", "missed", "lost", "barred", "set_aside", "added"]


class ConsideredRule(TypedDict):
    """One rule, where its author wrote it, and what came of it.

    `seen` and `wanted`: the fact that decided against it and what the rule asks of it, where it
    missed; `seen` null also where it is the reporter's own words and not for this reader.
    """

    rule: str
    label: str
    path: str
    file: str
    line: int
    outcome: RuleOutcome
    seen: object
    wanted: object
    sentence: str


class DecisionTrace(TypedDict):
    """The decision in sentences, in the order in which the rules were considered.

    `automatic`: no person had to accept it. `others`: how many rules speak of other categories.
    `life_word`: the reporter's word that made it a danger to life, for whoever may read the words.
    """

    playbook_version: int | None
    automatic: bool
    lead: str | None
    rule: ConsideredRule | None
    sentence: str
    considered: list[ConsideredRule]
    tags: list[str]
    notices: list[str]
    others: int
    life_word: str | None
