"""Why here: the rule that decided, and every rule that was considered, in sentences."""

from collections.abc import Mapping
from typing import Any, Final

from dispatch.live.reader import Reader
from dispatch.live.timeline import Told
from dispatch.translations import has, translate

Json = dict[str, Any]
# What a rule saw of somebody's own words.
_OWN_WORDS: Final = ("text", "answer")


def decision_of(told: Told, reader: Reader, *, with_words: bool) -> Json | None:
    """Why here: the rule that decided, and every rule that was considered, in sentences; the
    reporter's own words among what rules saw only `with_words`.
    """
    row = told.last("dispatch", "propose")
    if row is None:
        return None
    entry, body = row
    trace: Json = body.get("decision", {})
    every = trace.get("considered", [])
    considered = [_considered(each if with_words else _wordless(each), reader) for each in every]
    decided = next((each for each in considered if each["outcome"] == "matched"), None)
    return {
        "playbook_version": entry.codes.get("playbook"),
        "automatic": entry.code == "dispatch",
        "lead": entry.codes.get("lead"),
        "rule": decided,
        "sentence": translate(
            reader.language,
            f"log.decision.{entry.code}",
            lead=reader.unit_label(entry.codes.get("lead")),
            rule=decided["label"] if decided else entry.codes.get("rule", ""),
        ),
        "considered": considered,
        "notices": [each[reader.tongue] for each in body.get("notices", [])],
        "others": trace.get("others", 0),
    }


def _wordless(rule: Json) -> Json:
    own = str(rule.get("fact") or "").startswith(_OWN_WORDS)
    return {**rule, "seen": None} if own else rule


def _considered(rule: Mapping[str, Any], reader: Reader) -> Json:
    label = rule["label"].get(reader.tongue, rule["rule"])
    asked = rule.get("asked", True)
    outcome = rule["outcome"] if asked else "not_asked"
    return {
        "rule": rule["rule"],
        "label": label,
        "path": rule["path"],
        "file": rule["file"],
        "line": rule["line"],
        "outcome": rule["outcome"],
        "seen": rule.get("seen"),
        "wanted": rule.get("wanted"),
        "sentence": translate(
            reader.language,
            f"log.considered.{outcome}",
            rule=label,
            lead=reader.unit_label(rule.get("lead")),
            fact=_fact(rule.get("fact"), reader),
            seen=_plain(rule.get("seen"), reader),
            wanted=_plain(rule.get("wanted"), reader),
        ),
    }


def _fact(name: str | None, reader: Reader) -> str:
    key = f"log.facts.{name}"
    return translate(reader.language, key) if has(key) else (name or "")


def _plain(value: Any, reader: Reader) -> str:
    if isinstance(value, bool):
        return translate(reader.language, f"words.choice.{'yes' if value else 'no'}")
    if isinstance(value, Mapping):
        return _plain(list(value.values()), reader)
    if isinstance(value, list | tuple):
        comma = "、" if reader.tongue == "zh" else ", "
        return comma.join(_plain(each, reader) for each in value)
    return "—" if value is None else str(value)
