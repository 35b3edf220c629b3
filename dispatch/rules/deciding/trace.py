"""The trace of a decision: every rule that could match, what came of it, and where it is written.

A decision keeps its matter only; the trace is worked out when somebody asks for it. Conditions are
pure, so that it comes out the same then.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dispatch.rules.book.files.effects import effects_as_json
from dispatch.rules.book.rule import Rule
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.tree import NOT_ASKED, Miss
from dispatch.rules.deciding.matter import Matter
from dispatch.rules.language.json_schema import Json
from dispatch.shapes.decision import RuleOutcome


@dataclass(frozen=True, slots=True)
class Considered:
    """One rule: `matched` decided, `lost` would have but came later, `barred` named a unit that
    may not act, `set_aside` would have but a person chose another unit, `added` is an `also` rule
    that applied, `missed` failed at `miss`.
    """

    rule: Rule
    outcome: RuleOutcome
    miss: Miss | None = None

    def as_json(self) -> Json:
        rule = self.rule
        told: Json = {
            "rule": rule.id,
            "label": dict(rule.label),
            "path": rule.source.path,
            "file": rule.source.file,
            "line": rule.source.line,
            "outcome": self.outcome,
            "lead": rule.effects.lead,
        }
        if self.outcome in {"matched", "added"}:
            told["effects"] = effects_as_json(rule.effects)
        return told | _miss_as_json(self.miss)


class RuleTrace(NamedTuple):
    """The considered rules in their order. `barred`: units that may not act on this alert.

    `led`: the circumstances as the leading rules saw them, before a rule raised the alert.
    """

    matter: Matter
    decided_by: Rule
    barred: frozenset[str]
    led: Circumstances

    def considered(self) -> Iterator[Considered]:
        """Leading rules first, then those that only add; rules of other categories not at all."""
        book, category = self.matter.playbook.rules, self.matter.about.facts.category
        decided = False
        for rule in (*book.leading.get(category, ()), book.otherwise):
            told = self._leading(rule, decided=decided)
            decided = decided or told.outcome in {"matched", "set_aside"}
            yield told
        for rule in book.adding.get(category, ()):
            miss = rule.when.miss(self.matter.about) if rule.when else None
            yield Considered(rule, "missed" if miss else "added", miss)

    def _leading(self, rule: Rule, *, decided: bool) -> Considered:
        if miss := (rule.when.miss(self.led) if rule.when else None):
            return Considered(rule, "missed", miss)
        if rule is self.decided_by:
            return Considered(rule, "matched")
        if decided:
            return Considered(rule, "lost")
        return Considered(rule, "barred" if rule.effects.lead in self.barred else "set_aside")

    @property
    def others(self) -> int:
        """How many rules speak of other categories only."""
        book, category = self.matter.playbook.rules, self.matter.about.facts.category
        met = len(book.leading.get(category, ())) + len(book.adding.get(category, ()))
        return len(book.rules) + len(book.also) - met

    def as_json(self) -> Json:
        """What is stored with the alert: codes, places and values, no sentences."""
        limits = self.matter.limits
        return {
            "playbook": self.matter.playbook.hash,
            "considered": [each.as_json() for each in self.considered()],
            "others": self.others,
            "limits": {
                "code": limits.code,
                "file": limits.source.file,
                "line": limits.source.line,
                "path": limits.source.path,
            },
            "barred": sorted(self.barred),
        } | self._heard()

    def _heard(self) -> Json:
        """The life word, and where its list stands."""
        if (heard := self.matter.heard) is None:
            return {}
        at = heard.words.source
        where = {"file": at.file, "line": at.line, "path": at.path}
        return {"life_word": {"word": heard.word, **where}}


def _miss_as_json(miss: Miss | None) -> Json:
    if miss is None:
        return {"fact": None, "seen": None, "wanted": None}
    asked = miss.seen is not NOT_ASKED
    return {
        "fact": miss.fact,
        "seen": miss.seen if asked else None,
        "asked": asked,
        "wanted": miss.wanted,
        "at": {"file": miss.file, "line": miss.line, "path": miss.path},
    }
