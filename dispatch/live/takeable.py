"""Which of the table's steps would be refused for what else is known of this alert?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.lifecycle import CLOCKS, STEPS
from dispatch.domain.standing import next_own
from dispatch.domain.supports import OWN_STEPS, Support
from dispatch.domain.windows import reopens_until, unmerges_until
from dispatch.live.asked import Asking
from dispatch.live.reader import Reader
from dispatch.store.merged import followers_of
from dispatch.store.requests import EXTEND, RETURN, SUSPEND, VOID
from dispatch.store.tables import Alert, Promise, Request


@dataclass
class Question:
    """One reader before one alert, with what its page has read of it already."""

    session: Session
    reader: Reader
    alert: Alert
    asking: Asking
    supports: tuple[Support, ...] = ()

    def own(self, step: str) -> Support | None:
        """The support that the reader acts for with this step of its own, where it comes next."""
        access, organisation = self.reader.access, self.reader.organisation
        return next_own(access, self.supports, organisation, STEPS[step], self.alert.visit)

    @cached_property
    def clocks(self) -> list[str]:
        """The clocks that run, in the law's order: of no others is there anything to ask."""
        mine = Promise.alert_id == self.alert.id, Promise.state == "running"
        running = set(self.session.scalars(select(Promise.clock).where(*mine)))
        return [clock for clock in CLOCKS if clock in running]

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
    **{step: partial(_own, step) for step in OWN_STEPS},
}
