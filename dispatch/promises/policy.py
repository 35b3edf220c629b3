"""The policy of an alert: terms and ladder as copied onto it, calendars by version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import OVERALL, TO_DISPOSE
from dispatch.promises.due_times import OF_UNIT
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.terms import Terms
from dispatch.rules.deciding.engine import Decision
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class Policy:
    """What was copied onto an alert when it was dispatched: the terms of each clock, and the
    ladder.

    `playbook` is the version that decided; versions never change, so its number is as good as a
    copy. A new promise uses the calendar of its day: `today` is the active version, `editions` has
    all. `supports`: by unit the own terms of a unit that was called to help.
    """

    playbook: Playbook
    version: int
    terms: Mapping[str, Mapping[str, str]]
    ladder: str
    life_safety: bool
    today: int
    editions: Callable[[int], Playbook]
    supports: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    def terms_of(self, clock: str, support: str | None = None) -> Mapping[str, str] | None:
        """The terms of a clock, a support's own where it has some; None: nothing is promised. The
        reporter was told what the first unit owed.
        """
        own = self.supports.get(support or "", {})
        return own.get(clock) or self.terms.get(TO_DISPOSE if clock == OVERALL else clock)

    def calendar_version(self, name: str) -> int:
        """The version whose calendar of this name counts for a promise that is made now."""
        return self.today if name in self.editions(self.today).calendars else self.version


def policy_of(store: Store, session: Session, alert: Alert) -> Policy:
    """The policy that was copied onto the alert when it was dispatched."""
    return Policy(
        playbook=store.playbook_at(session, alert.playbook_version),
        version=alert.playbook_version,
        terms=alert.policy["promises"],
        ladder=alert.policy["ladder"],
        life_safety=alert.life_safety,
        today=store.playbook_version(session),
        editions=lambda version: store.playbook_at(session, version),
        supports=alert.policy.get("supports", {}),
    )


def copied_policy(decision: Decision) -> dict[str, Any]:
    """The terms of every clock as they are promised now; later playbooks do not change them.

    `set`: severity and life safety as a person set them, for the next time that the rules run.
    """
    facts = decision.trace.matter.about.facts
    by_hand = {"severity": facts.severity, "life_safety": facts.life_safety}
    chosen = {name: value for name, value in by_hand.items() if value is not None}
    return (
        ({"set": chosen} if chosen else {})
        | {
            "ladder": decision.ladder,
            "promises": _copied(decision.promises),
        }
        | ({"supports": own} if (own := _own_of_supports(decision)) else {})
    )


def _own_of_supports(decision: Decision) -> dict[str, Any]:
    return {each.unit: _copied(each.promises) for each in decision.supports if each.promises}


def _copied(promises: Mapping[str, Terms]) -> dict[str, Any]:
    return {
        name: {"limit": str(terms.limit), "calendar": terms.calendar, "basis": terms.basis}
        | ({"hours": OF_UNIT} if terms.of_unit else {})
        for name, terms in promises.items()
    }


def policy_of_decision(playbook: Playbook, alert: Mapping[str, Any], decision: Decision) -> Policy:
    """The policy of an alert that was decided just now."""
    return Policy(
        playbook=playbook,
        version=alert["playbook_version"],
        terms=alert["policy"]["promises"],
        ladder=decision.ladder,
        life_safety=decision.life_safety,
        today=alert["playbook_version"],
        editions=lambda _version: playbook,
        supports=alert["policy"].get("supports", {}),
    )
