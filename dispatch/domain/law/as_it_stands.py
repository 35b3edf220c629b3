"""One alert as it stands now before one person: all that the law asks about either."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.law.relations import Reach, next_own, reach
from dispatch.domain.law.steps import Step
from dispatch.domain.law.supports import OWN_STEPS
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.supports import Support
from dispatch.domain.time.moments import Moment
from dispatch.domain.time.promises import Limit

VOID: Final = "void"
RETURN: Final = "return"
EXTEND: Final = "extend"
SUSPEND: Final = "suspend"
GRANTED: Final = "granted"


@dataclass(frozen=True)
class Plea:
    """Something that was asked of the district or of a second person.

    `verdict`: None while it waits. `is_mine`: the person before the alert asked it. `until`: the
    date up to which a suspension is asked.
    """

    kind: str
    unit: str
    asked: Moment
    is_mine: bool
    verdict: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class TickingClock:
    """A clock that runs, and what its ladder holds for a person to take in hand.

    `support`: the assignment of the unit that helps and owes it; None for the lead's and the
    alert's own. `has_rung`: some step of its ladder can be taken now. `snooze_most_s`: so many
    seconds its next reminder can be put off in all, None where the next rung is no reminder;
    `snooze_s`: what is left of them.
    """

    clock: str
    support: str | None
    has_rung: bool
    snooze_most_s: int | None = None
    snooze_s: int = 0


@dataclass(frozen=True)
class Disposing:
    """The lead's promise to dispose while it runs or stands.

    `spent`: used and given seconds of its own time, None where no calendar reaches. `begun`: when
    it was promised with its whole limit.
    """

    limit: Limit
    spent: tuple[int, int] | None
    begun: Moment | None


@dataclass(frozen=True)
class District:
    """What the playbook says for the whole district, as far as the law asks."""

    zone: ZoneInfo
    reopen_days: int = 0


@dataclass(frozen=True)
class AsItStands:
    """The alert, the person and the moment.

    `held`: how the person stands to it, each relation with the grant by which it holds. `closing`:
    the category's closing condition. `is_private`: about a home or a unit, nobody follows it.
    `returns_until`: until when the unit that signed may return it. `can_be_led`: the unit that led
    last is still in the playbook. `staffed`: the units at which somebody works who can be sent.
    """

    alert_id: str
    now: datetime
    access: Access
    organisation: Organisation
    facts: AlertFacts
    district: District
    status: str
    visit: str = "required"
    closing: str | None = None
    life_safety: bool = False
    is_private: bool = False
    about_unit: str | None = None
    has_whistle: bool = False
    returns: int = 0
    is_ruled_final: bool = False
    is_contacted: bool = False
    has_followers: bool = False
    can_be_led: bool = True
    urged_at: datetime | None = None
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    returns_until: datetime | None = None
    supports: tuple[Support, ...] = ()
    pleas: tuple[Plea, ...] = ()
    disposing: Disposing | None = None
    ticking: tuple[TickingClock, ...] = ()
    staffed: frozenset[str] = frozenset()
    held: Mapping[str, Grant] = field(default_factory=dict)

    def plea(self, *kinds: str) -> Plea | None:
        """What waits for a decision."""
        waiting = (each for each in self.pleas if each.kind in kinds and each.verdict is None)
        return next(waiting, None)

    def granted(self, kind: str) -> int:
        """How often the unit that leads was granted this, on the promise that it keeps now: who
        took it over did not have what another unit had, and a reopened alert is promised anew.
        """
        begun = self.disposing.begun if self.disposing else None
        return sum(
            plea.kind == kind
            and plea.verdict == GRANTED
            and plea.unit == (self.facts.lead or "")
            and (begun is None or plea.asked >= begun)
            for plea in self.pleas
        )

    @property
    def today(self) -> date:
        """The city's date."""
        return self.now.astimezone(self.district.zone).date()

    def own_support(self, step: Step) -> Support | None:
        """The support that the person acts for with this step of its own, where it comes next."""
        if step.name not in OWN_STEPS:
            return None
        return next_own(self.access, self.supports, self.organisation, step, self.visit)

    def reach(self, step: Step) -> Reach:
        """Whose ladders the person may take in hand with this step."""
        return reach(self.access, self.facts, self.organisation, step)

    def ladders_in_hand(self, step: Step) -> tuple[TickingClock, ...]:
        """The clocks whose next rung the person may take in hand with this step."""
        within = self.reach(step)
        owing: set[str | None] = {None} if within.main else set()
        owing |= {each.id for each in within.supports}
        return tuple(each for each in self.ticking if each.support in owing and each.has_rung)
