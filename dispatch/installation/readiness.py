"""Whether an installation does what it is there for, and what is wrong with it or soon will be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.rules.book.playbook import Playbook
from dispatch.settings import Settings
from dispatch.shapes.health import HealthFigures
from dispatch.store.backlog import Backlog, read_backlog
from dispatch.store.backup_age import age_of_installation, notices_held, since_backup
from dispatch.store.disk_room import FULL, LOW, photos_writable, room
from dispatch.store.forwarded import was_forwarded
from dispatch.store.transaction import Store
from dispatch.sweep.warn_of_horizon import HORIZON
from dispatch.translations import translate

# A gateway may be away for a while: that is to be known, but no reason to turn people away.
LATEST_NOTICE: Final = timedelta(minutes=15)
# Beyond what the relay itself waits between two looks at the log.
LATEST_RELAY_S: Final = 15
# Shares of the answers of the last five minutes, and how many failures make a share worth telling.
MANY_ERRORS, FEWEST_OF_MANY = 0.05, 5
MOST_ERRORS, FEWEST_OF_MOST = 0.5, 20


@dataclass(frozen=True)
class Remark:
    """`is_red`: the server is not ready; else it will be soon, or something waits for a person.
    `params`: what its sentence names.
    """

    code: str
    is_red: bool = False
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Machine:
    """Room on disks by what is written there, and what only a running server knows of itself:
    answers and failures of the last five minutes, seconds since its relay read all of the log.
    """

    free: Mapping[str, float]
    photos_writable: bool
    answers: int = 0
    failures: int = 0
    relay_lag_s: float = 0

    @property
    def error_share(self) -> float:
        return self.failures / self.answers if self.answers else 0.0


@dataclass(frozen=True)
class _Copies:
    """`backed_up_ago`: None where it never was; `is_late`: so long that it is to be told; `held`:
    notices that a restore left to a person.
    """

    backed_up_ago: timedelta | None
    is_late: bool
    held: int


@dataclass(frozen=True)
class Findings:
    """What was found in the database, and when in the city's time; `is_forwarded`: requests come
    through a proxy that nobody trusts.
    """

    backlog: Backlog
    copies: _Copies
    playbook: Playbook
    now: datetime
    is_forwarded: bool


def look_at_machine(store: Store, relay_lag_s: float = 0) -> Machine:
    """Needs no database."""
    answers, failures = store.meters.recent.counts()
    settings = store.settings
    writable = photos_writable(settings)
    return Machine(room(settings), writable, answers, failures, relay_lag_s)


def look_at_database(store: Store) -> Findings:
    """Within seconds, or Refused: whoever asks must not wait for what they ask about."""
    with store.monitor() as session:
        now, wall = store.now(session), clock.wall()
        backlog, copies = read_backlog(session, now, wall), _copies(store, session, now)
        is_forwarded = not store.settings.trusted_proxies and was_forwarded(session, wall)
        return Findings(backlog, copies, store.playbook(session), now, is_forwarded)


def of_machine(machine: Machine, settings: Settings) -> list[Remark]:
    """What is to be told of it."""
    remarks = [*_of_disks(machine), *_of_errors(machine)]
    if not machine.photos_writable:
        remarks.append(Remark("photos_unwritable", is_red=True))
    if machine.relay_lag_s > LATEST_RELAY_S + settings.relay_seconds:
        remarks.append(Remark("relay_late", params={"seconds": int(machine.relay_lag_s)}))
    return remarks


def of_database(findings: Findings) -> list[Remark]:
    """What is to be told of what waits."""
    found = findings.backlog
    holds = {
        "notices_wait": found.notice_late > LATEST_NOTICE,
        "rungs_failing": found.rungs_failing > 0,
        "rungs_set_aside": found.rungs_set_aside > 0,
        "notices_set_aside": found.notices_set_aside > 0,
        "promises_undated": found.promises_undated > 0,
        "notices_held": findings.copies.held > 0,
        "backup_late": findings.copies.is_late,
        "proxy_untrusted": findings.is_forwarded,
    }
    told = [Remark(code) for code, is_so in holds.items() if is_so]
    return [*(Remark(code, is_red=True) for code in found.faults), *told, *_ending(findings)]


def in_words(remark: Remark, language: str) -> str:
    """The sentence of a remark: what is wrong, and what to do."""
    params = dict(remark.params)
    if "where" in params:
        params["where"] = translate(language, f"commands.check.where.{params['where']}")
    return translate(language, f"commands.check.remark.{remark.code}", **params)


def is_well(store: Store) -> bool:
    """Whether `readyz` would be green; raises Refused where the database says nothing."""
    of_both = of_database(look_at_database(store)) + of_machine(
        look_at_machine(store), store.settings
    )
    return not any(each.is_red for each in of_both)


def figures(findings: Findings, machine: Machine) -> HealthFigures:
    """The meters."""
    found, swept = findings.backlog, findings.backlog.swept_ago
    copied = findings.copies.backed_up_ago
    ends = min(calendar.plan.last for calendar in findings.playbook.calendars.values())
    return {
        "rung_late_seconds": found.rung_late.total_seconds(),
        "notice_late_seconds": found.notice_late.total_seconds(),
        "notice_untaken_seconds": found.notice_untaken.total_seconds(),
        "rungs_failing": found.rungs_failing,
        "rungs_set_aside": found.rungs_set_aside,
        "notices_set_aside": found.notices_set_aside,
        "promises_undated": found.promises_undated,
        "notices_held": findings.copies.held,
        "backup_age_seconds": -1 if copied is None else copied.total_seconds(),
        "sweep_age_seconds": -1 if swept is None else swept.total_seconds(),
        "calendar_days": (ends - findings.now.date()).days,
        "error_share": machine.error_share,
        "photos_writable": int(machine.photos_writable),
        "relay_lag_seconds": machine.relay_lag_s,
    }


def _copies(store: Store, session: Session, now: datetime) -> _Copies:
    hours = store.settings.backup_hours
    ago = since_backup(session, clock.wall())
    waited = age_of_installation(session, now) if ago is None else ago
    is_late = hours > 0 and waited > timedelta(hours=hours)
    return _Copies(ago, is_late, notices_held(session))


def _of_disks(machine: Machine) -> Iterator[Remark]:
    for where, free in machine.free.items():
        told: dict[str, str | int] = {"where": where, "free_percent": int(free * 100)}
        if free <= FULL:
            yield Remark("disk_full", is_red=True, params=told)
        elif free <= LOW:
            yield Remark("disk_low", params=told)


def _of_errors(machine: Machine) -> Iterator[Remark]:
    told = {"percent": int(machine.error_share * 100), "failures": machine.failures}
    if machine.error_share >= MOST_ERRORS and machine.failures >= FEWEST_OF_MOST:
        yield Remark("errors_most", is_red=True, params=told)
    elif machine.error_share >= MANY_ERRORS and machine.failures >= FEWEST_OF_MANY:
        yield Remark("errors_many", params=told)


def _ending(findings: Findings) -> Iterator[Remark]:
    for name, calendar in findings.playbook.calendars.items():
        if calendar.plan.last < (findings.now + HORIZON).date():
            params = {"calendar": name, "last": calendar.plan.last.isoformat()}
            yield Remark("calendar_ends", params=params)
