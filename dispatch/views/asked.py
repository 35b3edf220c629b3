"""What was asked of the district about an alert, what may be asked, within which bounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dispatch.domain.law.extensions import (
    MOST_EXTENSIONS,
    MOST_SUSPENSIONS,
    asked_in_time,
    latest_end,
)
from dispatch.domain.time.promises import Limit
from dispatch.store.alerts import lead_assignment
from dispatch.store.requests import EXTEND, SUSPEND, count_granted, promised_at, requests_of
from dispatch.store.tables import Alert, Assignment, Promise, Request
from dispatch.translations import translate
from dispatch.views.countdown import Turn, as_instant, spent_of
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import amount, day
from dispatch.views.timeline import Told

Json = dict[str, Any]
_LIVING = ("running", "paused")


@dataclass(frozen=True)
class Asking:
    """One reader before one alert, with what its page has read of it already.

    `promise`: the lead's, to dispose, while it lives; `spent`: used and given seconds, None where
    no calendar reaches. `contacted`: the unit that leads has spoken to the reporter. `begun`: when
    what it promises was promised with its whole limit.
    """

    session: Session
    reader: Reader
    alert: Alert
    requests: tuple[Request, ...]
    contacted: bool
    promise: Promise | None
    spent: tuple[int, int] | None
    begun: datetime | None

    def open(self, *kinds: str) -> Request | None:
        """What waits for a decision."""
        waiting = (each for each in self.requests if each.kind in kinds and not each.ruled_at)
        return next(waiting, None)

    @property
    def request(self) -> Request | None:
        """What waits for the district's word about the clocks."""
        return self.open(EXTEND, SUSPEND)

    @property
    def in_time(self) -> bool:
        """Less than nine tenths of the time to dispose are used, and nothing was asked yet."""
        return self.request is None and self.spent is not None and asked_in_time(*self.spent)

    def _granted(self, kind: str) -> int:
        return count_granted(self.requests, kind, self.alert.lead, self.begun)

    def may_extend(self) -> bool:
        return self.in_time and self._granted(EXTEND) < MOST_EXTENSIONS

    def may_suspend(self) -> bool:
        return self.in_time and self._granted(SUSPEND) < MOST_SUSPENSIONS

    def may_decide(self, kind: str) -> bool:
        """Somebody else asked for it; whoever asked never decides."""
        request = self.open(kind)
        return request is not None and request.codes.get("asker") != self.me

    def may_grant_suspension(self) -> bool:
        """A date that has come is no date to suspend it until."""
        if not self.may_decide(SUSPEND) or self.request is None:
            return False
        return date.fromisoformat(self.request.codes["until"]) > self.today

    @property
    def me(self) -> str:
        """The reader, as requests know who asked."""
        return self.reader.seal.ref("step", self.reader.access.person_id)

    @property
    def today(self) -> date:
        zone = ZoneInfo(self.reader.playbook.district.timezone)
        return self.reader.now.astimezone(zone).date()

    def bounds(self, kind: str) -> Json:
        """The least and the most that a field of this kind takes, and in which unit."""
        if kind == "date":
            first, last = self.today + timedelta(days=1), latest_end(self.today)
            return {"least": str(first), "most": str(last)}
        if kind == "number" and self.promise is not None:
            limit = Limit.parse(self.promise.limit)
            return {"least": 1, "most": limit.value, "unit": limit.unit}
        return {}


def asking_of(
    session: Session,
    reader: Reader,
    alert: Alert,
    assignments: Iterable[Assignment],
    promises: Sequence[tuple[Promise, list[Turn]]],
) -> Asking:
    """One statement more than what the page reads anyway. `promises`: the alert's and its lead's,
    without those of supports.
    """
    lead = lead_assignment(assignments)
    promise, turns = _disposing(promises)
    found = spent_of(promise, turns, reader.now, reader.calendars) if promise else None
    return Asking(
        session,
        reader,
        alert,
        requests_of(session, alert.id),
        lead is not None and lead.contacted_at is not None,
        promise,
        found,
        promised_at(
            (each.started_at, each.budget_s) for each, _ in promises if each.clock == "dispose"
        ),
    )


def _disposing(
    promises: Sequence[tuple[Promise, list[Turn]]],
) -> tuple[Promise | None, list[Turn]]:
    found = (each for each in promises if each[0].clock == "dispose" and each[0].state in _LIVING)
    return next(found, (None, []))


def asked_of(asking: Asking, told: Told) -> Json | None:
    """The request that waits, in words; None where nothing does."""
    request = asking.request
    if request is None:
        return None
    reader, codes = asking.reader, request.codes
    by = f"{codes['by']} {codes['unit']}" if request.kind == EXTEND else None
    said = {"by": amount(by, reader) if by else "", "until": day(codes.get("until"), reader)}
    return {
        "kind": request.kind,
        "unit": request.unit,
        "asked_at": as_instant(request.asked_at),
        "by": by,
        "until": codes.get("until"),
        "sentence": translate(reader.language, f"words.request.{request.kind}", **said),
        "words": _words(told, request.kind),
    }


def suspension_of(asking: Asking, told: Told) -> Json | None:
    """Until which day it is put off, why, and what is planned; None where it is not."""
    row, alert = told.last("grant_suspension"), asking.alert
    if alert.status != "suspended" or row is None:
        return None
    until, reader = row[0].codes["until"], asking.reader
    return {
        "until": until,
        "unit": alert.lead,
        "sentence": translate(
            reader.language, "words.status_reporter.suspended", date=day(until, reader)
        ),
        "words": _words(told, SUSPEND),
    }


def _words(told: Told, code: str) -> list[str]:
    row = told.last(code)
    detail: Mapping[str, Any] = row[1] if row else {}
    return [detail[name] for name in ("reason", "plan") if detail.get(name)]
