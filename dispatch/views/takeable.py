"""Which of the table's steps would be refused for what else is known of this alert?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from dispatch.domain.law.relations import LADDER_STEPS, Reach, next_own, reach
from dispatch.domain.law.steps import CLOCKS, STEPS
from dispatch.domain.law.supports import OWN_STEPS
from dispatch.domain.law.windows import reopens_until, unmerges_until
from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import Support
from dispatch.store.merged import followers_of
from dispatch.store.requests import EXTEND, RETURN, SUSPEND, VOID
from dispatch.store.tables import Alert, Assignment, Promise, Request
from dispatch.views.asked import Asking
from dispatch.views.reader import Reader


@dataclass
class Question:
    """One reader before one alert, with what its page has read of it already."""

    session: Session
    reader: Reader
    alert: Alert
    asking: Asking
    facts: AlertFacts
    supports: tuple[Support, ...] = ()

    def own(self, step: str) -> Support | None:
        """The support that the reader acts for with this step of its own, where it comes next."""
        access, organisation = self.reader.access, self.reader.organisation
        return next_own(access, self.supports, organisation, STEPS[step], self.alert.visit)

    def reach(self, step: str) -> Reach:
        """Whose ladders the reader may take in hand with this step."""
        access, organisation = self.reader.access, self.reader.organisation
        return reach(access, self.facts, organisation, STEPS[step])

    def clocks(self, step: str) -> list[str]:
        """The clocks within reach that run, in the law's order: of no others is there anything to
        ask.
        """
        within = self.reach(step)
        owing: set[str | None] = {None} if within.main else set()
        owing |= {each.id for each in within.supports}
        running = {clock for clock, support in self._running if support in owing}
        return [clock for clock in CLOCKS if clock in running]

    @cached_property
    def _running(self) -> list[tuple[str, str | None]]:
        """Each clock that runs, with the assignment of the support that owes it."""
        helps = case((Assignment.kind != "lead", Assignment.id))
        rows = (
            select(Promise.clock, helps)
            .outerjoin(Assignment, Assignment.id == Promise.assignment_id)
            .where(Promise.alert_id == self.alert.id, Promise.state == "running")
        )
        return [(clock, support) for clock, support in self.session.execute(rows)]

    @property
    def void(self) -> Request | None:
        """The open request to void it."""
        return self.asking.open(VOID)

    @property
    def asked_myself(self) -> bool:
        return self.void is not None and self.void.codes["by"] == self.asking.me


def is_takeable(step: str, question: Question) -> bool:
    """Nobody is offered a step that would be refused whatever they write."""
    return _ASKS[step](question) if step in _ASKS else True


def _submit(question: Question) -> bool:
    return question.alert.status != "signed" or question.alert.visit != "required"


def _withdraw(question: Question) -> bool:
    alert = question.alert
    return not alert.life_safety and not followers_of(question.session, alert.id)


def _merge(question: Question) -> bool:
    return not question.alert.household and question.alert.about_unit is None


def _unmerge(question: Question) -> bool:
    merged_at = question.alert.merged_at
    return merged_at is not None and question.reader.now <= unmerges_until(merged_at)


def _reopen(question: Question) -> bool:
    alert, playbook = question.alert, question.reader.playbook
    if alert.closed_at is None or alert.lead not in playbook.units:
        return False
    zone = ZoneInfo(playbook.district.timezone)
    until = reopens_until(alert.closed_at, playbook.district.reopen_days, zone)
    return until is not None and question.reader.now <= until


def _in_hand(step: str, question: Question) -> bool:
    """The lead's ladders always; those of who helps while a clock of theirs runs."""
    return question.reach(step).main or bool(question.clocks(step))


def _own(step: str, question: Question) -> bool:
    return question.own(step) is not None


_ASKS: Final[Mapping[str, Callable[[Question], bool]]] = {
    "rule": lambda question: question.asking.may_decide(RETURN),
    "arrive": lambda question: question.alert.visit != "none",
    "submit": _submit,
    "withdraw": _withdraw,
    "merge": _merge,
    "unmerge": _unmerge,
    "void": lambda question: question.void is None,
    "confirm_void": lambda question: question.void is not None and not question.asked_myself,
    "contact": lambda question: not question.asking.contacted,
    "extend": lambda question: question.asking.may_extend(),
    "grant_extension": lambda question: question.asking.may_decide(EXTEND),
    "refuse_extension": lambda question: question.asking.may_decide(EXTEND),
    "suspend": lambda question: question.asking.may_suspend(),
    "grant_suspension": lambda question: question.asking.may_grant_suspension(),
    "refuse_suspension": lambda question: question.asking.may_decide(SUSPEND),
    "reopen": _reopen,
    "refuse_void": lambda question: question.void is not None,
    "confirm": lambda question: not any(each.is_at_work for each in question.supports),
    "release_support": lambda question: bool(question.supports),
    **{step: partial(_in_hand, step) for step in LADDER_STEPS},
    **{step: partial(_own, step) for step in OWN_STEPS},
}
