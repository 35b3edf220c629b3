"""Reads ladders.yaml: who is reminded of a promise, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.time.ladders import ACTIONS, DUE, LadderRung, RungTime, Share, parse_rung_time
from dispatch.rules.book.playbook import Ladder
from dispatch.rules.book.terms import RECIPIENTS
from dispatch.rules.language.clock_times import as_limit, remark_long
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_text, entries, one_of

MOST_REPEATS: Final = 50  # each is a row for every promise
MOST_SNOOZE: Final = 7 * 1440
_MAY: Final = ("to", "repeat", "every", "working_hours_only")


@dataclass(frozen=True, slots=True)
class Ladders:
    """`default` and `life_safety` name the ladder of a promise where no rule names one."""

    ladders: Mapping[str, Ladder]
    default: str
    life_safety: str


def read_ladders(root: Node, faults: PlaybookFaults) -> Ladders:
    section = Section(root, faults, ("default", "ladders"), ("life_safety",))
    ladders = {
        name: _ladder(name, body, faults) for name, body in entries(section.get("ladders"), faults)
    }
    default = section.reference("default", ladders, "ladder") or ""
    life_safety = section.reference("life_safety", ladders, "ladder") or default
    return Ladders(ladders, default, life_safety)


def _ladder(name: str, node: Node, faults: PlaybookFaults) -> Ladder:
    section = Section(node, faults, ("label", "rungs"), ("snooze_minutes",))
    if (written := section.get("rungs")) is not None and written.value == []:
        faults.remark(written, "no_rungs", ladder=name)
    rungs = (_rung(item, faults) for item in section.items("rungs"))
    return Ladder(
        name,
        section.label(),
        tuple(rung for rung in rungs if rung),
        section.count("snooze_minutes", most=MOST_SNOOZE),
    )


def _rung(node: Node, faults: PlaybookFaults) -> LadderRung | None:
    section = Section(node, faults, ("at", "do"), _MAY)
    to = tuple(one_of(item, faults, RECIPIENTS, "recipient") for item in section.items("to"))
    if not to:
        faults.add(node, "no_recipient")
    action = section.choice("do", ACTIONS, "rung_action", "notice")
    if action not in ACTIONS:
        return None
    every = section.read("every", as_limit, None)
    at = section.needed("at", _moment)
    waits = section.flag("working_hours_only")
    repeat = section.count("repeat", most=MOST_REPEATS)
    try:
        return LadderRung(at, action, to, repeat, every, working_hours_only=waits)
    except ValueError:
        faults.add(node, "impossible_rung")
        return None


def _moment(node: Node, faults: PlaybookFaults) -> RungTime:
    try:
        moment = parse_rung_time(as_text(node, faults))
    except ValueError:
        faults.add(node, "not_moment", seen=node.value)
        return DUE
    if not isinstance(moment, Share):
        remark_long(node, faults, moment.limit)
    return moment
