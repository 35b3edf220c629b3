"""One alert as it is now, seen by one person: everything that the law asks about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dispatch.domain.law.ladder_reach import LadderReach, ladder_reach
from dispatch.domain.law.relations import next_own
from dispatch.domain.law.request_names import GRANTED
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.support_steps import OWN_STEPS
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.supports import Support
from dispatch.domain.time.ordered_instant import OrderedInstant
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.reminders import UNBOUNDED_S


@dataclass(frozen=True)
class RequestFacts:
    """A request for a decision: to return, void, extend, suspend or release a support.

    `asked`: when, in order with the alert's promises. `is_mine`: the person who looks asked for it.
    `verdict`: None while it is undecided. `until`: the date up to which a suspension is asked for.
    `support`: the unit whose release is asked for.
    """

    kind: str
    unit: str
    asked: OrderedInstant
    is_mine: bool
    verdict: str | None = None
    until: date | None = None
    support: str | None = None


@dataclass(frozen=True)
class RunningClock:
    """A running clock, and what a person may do with its ladder.

    `support`: the id of the assignment of the unit that helps and owes the clock; None for the
    lead's and the alert's own. `has_rung`: some rung of its ladder is still to come and may be
    fired by hand. `snooze_most_s`: by how many seconds its next reminder may be put off in all,
    None where the next rung is no reminder; `snooze_s`: how many of them are left; `until_due_s`:
    by how many it can be put off and still comes in time.
    """

    clock: str
    support: str | None
    has_rung: bool
    snooze_most_s: int | None = None
    snooze_s: int = 0
    until_due_s: int = UNBOUNDED_S

    @property
    def put_off_s(self) -> int:
        """By how many seconds its next reminder can be put off now."""
        return min(self.snooze_s, self.until_due_s)


@dataclass(frozen=True)
class DisposeTerms:
    """The lead's promise to dispose, while its clock runs or is paused.

    `used_and_given`: seconds of its own time, None where no calendar reaches. `begun`: when the
    reporter was promised the whole limit.
    """

    limit: Limit
    used_and_given: tuple[int, int] | None
    begun: OrderedInstant | None


@dataclass(frozen=True)
class DistrictTerms:
    """The district's settings that the law asks for."""

    zone: ZoneInfo
    reopen_days: int


@dataclass(frozen=True)
class Situation:
    """The alert, the person who looks at it, and the moment.

    `is_confirmed`: the lead has confirmed its part and waits for units that still work.
    `held`: the person's relations to the alert, each with the grant by which it holds. `closing`:
    the category's closing condition. `is_unsure`: the reporter left the kind open. `is_private`:
    about a home or a unit, so no other report may be merged with it. `returns_until`: until when
    the unit that leads may return it. `can_be_led`: the unit that led last is still in the
    playbook. `first_released`: the first responses that were called and are no more. `staffed`: the
    units at which somebody works who can be sent.
    """

    alert_id: str
    now: datetime
    access: Access
    organisation: Organisation
    facts: AlertFacts
    district: DistrictTerms
    status: str
    visit: str = "required"
    closing: str | None = None
    life_safety: bool = False
    is_unsure: bool = False
    is_private: bool = False
    about_unit: str | None = None
    has_whistle: bool = False
    returns: int = 0
    is_ruled_final: bool = False
    is_contacted: bool = False
    is_confirmed: bool = False
    has_followers: bool = False
    can_be_led: bool = True
    urged_at: datetime | None = None  # by the rank of this person
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    returns_until: datetime | None = None
    supports: tuple[Support, ...] = ()
    first_released: tuple[Support, ...] = ()
    requests: tuple[RequestFacts, ...] = ()
    dispose: DisposeTerms | None = None
    running_clocks: tuple[RunningClock, ...] = ()
    staffed: frozenset[str] = frozenset()
    held: Mapping[str, Grant] = field(default_factory=dict)

    def waiting_request(self, *kinds: str) -> RequestFacts | None:
        """The undecided request of one of these kinds, or None."""
        waiting = (each for each in self.requests if each.kind in kinds and each.verdict is None)
        return next(waiting, None)

    def granted(self, kind: str) -> int:
        """How many requests of this kind were granted to the lead on the promise that it keeps now.
        What another unit was granted before does not count, nor what was granted before a
        reopening.
        """
        begun = self.dispose.begun if self.dispose else None
        return sum(
            request.kind == kind
            and request.verdict == GRANTED
            and request.unit == (self.facts.lead or "")
            and (begun is None or request.asked >= begun)
            for request in self.requests
        )

    @property
    def today(self) -> date:
        """The date in the district's time zone."""
        return self.now.astimezone(self.district.zone).date()

    def own_support(self, step: Step) -> Support | None:
        """The support that the person acts for with this step, where the step is a support's own
        and comes next.
        """
        if step.name not in OWN_STEPS:
            return None
        return next_own(self.access, self.supports, self.organisation, step, self.visit)

    def ladder_reach(self, step: Step) -> LadderReach:
        """Whose ladders the person may snooze or escalate with this step."""
        return ladder_reach(self.access, self.facts, self.organisation, step)

    def reachable_clocks(self, step: Step) -> tuple[RunningClock, ...]:
        """The running clocks whose next rung the person may snooze or escalate with this step."""
        within = self.ladder_reach(step)
        return tuple(
            each
            for each in self.running_clocks
            if each.has_rung and within.reaches(each.clock, each.support)
        )
