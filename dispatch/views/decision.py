"""Why an alert went where it did: each rule that was considered, in sentences."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.rules.telling.effects_in_words import effects_in_words
from dispatch.rules.telling.explain import added_words
from dispatch.rules.telling.facts_in_words import FactWording, value_in_words
from dispatch.shapes.decision import ConsideredRule, DecisionTrace
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.timeline import AlertLog

# The facts that contain the reporter's own words.
_OWN_WORDS: Final = ("text", "answer")
# Effects that are ids of the playbook: they say something to its authors alone.
_FOR_AUTHORS: Final = frozenset({"tags", "ladder"})


def decision_of(
    log: AlertLog, reader: Reader, category: str, *, with_words: bool
) -> DecisionTrace | None:
    """The rule that decided and those that were considered; the reporter's own words in them only
    `with_words`.
    """
    row = log.last("dispatch", "propose", DECIDED_AGAIN)
    if row is None:
        return None
    entry, body = row
    trace: Mapping[str, Any] = body.get("decision", {})
    every = trace.get("considered", [])
    is_near = body.get("merge") or entry.codes.get("merged")
    told = [each for each in every if is_near or not _only_merges(each)]
    considered = [_considered(each, reader, category, with_words=with_words) for each in told]
    decided = next((each for each in considered if each["outcome"] == "matched"), None)
    return {
        "playbook_version": entry.codes.get("playbook"),
        "automatic": entry.code == "dispatch" or bool(entry.codes.get("moved")),
        "lead": entry.codes.get("lead"),
        "rule": decided,
        "sentence": translate(
            reader.language,
            f"log.decision.{entry.code}{_chosen(entry.codes)}",
            lead=reader.unit_label(entry.codes.get("lead")),
            by_rules=reader.unit_label(entry.codes.get("by_rules")),
            chosen_by=reader.unit_label(entry.codes.get("chosen_by")),
            rule=decided["label"] if decided else entry.codes.get("rule", ""),
        ),
        "considered": considered,
        "tags": _tags(every),
        "notices": [each[reader.tongue] for each in body.get("notices", [])],
        "others": trace.get("others", 0),
        "life_word": trace.get("life_word", {}).get("word") if with_words else None,
    }


def _chosen(codes: Mapping[str, Any]) -> str:
    """The end of the sentence's key where a person chose the lead. Alerts accepted by an earlier
    version know only that no rule named it.
    """
    if named := next((name for name in ("chosen", "chosen_freely") if codes.get(name)), None):
        return f".{named}"
    if codes.get("rule") == "":
        return ".by_person"
    return ".accepted" if codes.get("accepted") else ""


def _only_merges(rule: Mapping[str, Any]) -> bool:
    """Whether all that the rule adds is what becomes of the same problem nearby: where there is
    none, it did nothing.
    """
    effects = (rule.get("effects") or {}).keys() - _FOR_AUTHORS
    return rule["outcome"] == "added" and effects == {"merge"}


def _tags(considered: Iterable[Mapping[str, Any]]) -> list[str]:
    effects = (each.get("effects") or {} for each in considered)
    return list(dict.fromkeys(tag for each in effects for tag in each.get("tags", ())))


def _added(rule: Mapping[str, Any], reader: Reader) -> list[str]:
    effects = rule.get("effects") or {}
    told = {name: value for name, value in effects.items() if name not in _FOR_AUTHORS}
    return effects_in_words(told, reader.playbook, reader.language)


def _considered(
    rule: Mapping[str, Any], reader: Reader, category: str, *, with_words: bool
) -> ConsideredRule:
    label = rule["label"].get(reader.tongue, rule["rule"])
    asked = rule.get("asked", True)
    outcome = rule["outcome"] if asked else "not_asked"
    fact = str(rule.get("fact") or "")
    is_told = with_words or not fact.startswith(_OWN_WORDS)
    wording = FactWording(reader.book_with(category), reader.language, category, fact)
    seen = (
        value_in_words(rule.get("seen"), wording)
        if is_told
        else translate(reader.language, "log.hidden")
    )
    return {
        "rule": rule["rule"],
        "label": label,
        "path": rule["path"],
        "file": rule["file"],
        "line": rule["line"],
        "outcome": rule["outcome"],
        "seen": rule.get("seen") if is_told else None,
        "wanted": rule.get("wanted"),
        "sentence": translate(
            reader.language,
            f"log.considered.{outcome}",
            rule=label,
            lead=reader.unit_label(rule.get("lead")),
            fact=wording.name,
            seen=seen,
            added=added_words(_added(rule, reader), reader.language),
            wanted=value_in_words(rule.get("wanted"), wording),
        ),
    }
