"""Overdue: the alerts that are late at an instant, who holds each, how late, what was done.

An alert may be late by the date that its reporter was told while the unit that holds it is not: it
counts for the city and its parts, for no department, and has no card. An alert with which two units
are late counts for each of them by its own clock.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import OVERALL
from dispatch.domain.law.statuses import UNSIGNED
from dispatch.domain.time import promises as reckoning
from dispatch.domain.time.cards import card_of, first_card
from dispatch.domain.time.courses import used_and_given
from dispatch.domain.time.extensions import given as whole
from dispatch.domain.time.ladders import GRAVEST_FIRST, MILDEST_FIRST
from dispatch.domain.time.pauses import PAUSING, PauseEvent, pauses_from
from dispatch.domain.time.promises import WORKING, Limit
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.reports.criteria import PARTS, Criteria, Row
from dispatch.reports.report import Report
from dispatch.store.conditions import is_late
from dispatch.store.tables import Alert, Promise, PromiseEvent, Rung
from dispatch.translations import translate

_BY_WEIGHT: Final = (*GRAVEST_FIRST, None)


def rows(session: Session, criteria: Criteria) -> list[Row]:
    """One row an alert by its gravest clock, that of a unit before the overall one, gravest first;
    of a department alone by the clocks that it owes. With `by`, one row a group.
    """
    found = _alerts(session, criteria)
    return found if criteria.by is None else list(_grouped(found, criteria, criteria.by))


def total_at(session: Session, criteria: Criteria, instant: datetime) -> int:
    """How many alerts were overdue at an instant."""
    return len(set(session.scalars(_overdue(criteria, instant).with_only_columns(Alert.id))))


def _overdue(criteria: Criteria, at: datetime) -> Select[Alert, Promise]:
    """The promises that were past their due time at an instant, the earliest due first."""
    late = (
        select(Alert, Promise)
        .join(Promise, Promise.alert_id == Alert.id)
        .where(
            *criteria.conditions_of_clocks(),
            Promise.started_at <= at,
            is_late(at),
        )
        .order_by(Promise.due_at, Alert.id)
    )
    return late.where(Promise.clock != OVERALL) if _is_of_departments(criteria) else late


def _is_of_departments(criteria: Criteria) -> bool:
    """Departments answer for the clocks that they owe, and for no overall one."""
    return criteria.by == "department" or criteria.department is not None


def _alerts(session: Session, criteria: Criteria) -> list[Row]:
    records = session.execute(_overdue(criteria, criteria.instant)).all()
    done, events = _done(session, criteria), _pause_events(session, criteria)
    gravest: dict[tuple[str, str | None], Row] = {}
    for record in records:
        promise = record.Promise
        own_time = _own_time(promise, criteria, events[promise.id])
        row = _row(record.Alert, promise, criteria, done, own_time)
        key = (row["id"], row["department"] if criteria.by == "department" else None)
        if key not in gravest or _weight(row) < _weight(gravest[key]):
            gravest[key] = row
    return sorted(gravest.values(), key=_gravity)


def _own_time(
    promise: Promise, criteria: Criteria, events: Iterable[PauseEvent]
) -> tuple[int | None, float] | None:
    """How late in seconds of office hours (None where every hour counts), and the used share of the
    promise's own time, as every face shows it; None altogether where no calendar reaches.
    """
    pauses = pauses_from(events)
    calendar = criteria.playbook.calendars.get(promise.calendar)
    found = used_and_given(promise, calendar, criteria.instant, pauses)
    if found is None:
        return None
    used, given = found
    late = max(0, used - given) if Limit.parse(promise.limit).unit in WORKING else None
    return late, max(1.0, used / given) if given > 0 else 1.0


def _row(
    alert: Alert,
    promise: Promise,
    criteria: Criteria,
    done: Mapping[str, list[str]],
    own_time: tuple[int | None, float] | None,
) -> Row:
    due_at = promise.due_at or criteria.instant  # the query leaves no other
    late = (criteria.instant - due_at).total_seconds()
    span = (due_at - promise.started_at).total_seconds()
    in_office, share = own_time or (None, 1 + late / span if span > 0 else 1.0)
    return {
        **(columns := criteria.alert_columns(alert, promise)),
        **_held_in_time(promise, columns["department_label"], criteria),
        "life_safety": alert.life_safety,
        "whistle": alert.whistle,
        "clock": promise.clock,
        "started_at": promise.started_at,
        "due_at": due_at,
        "late_s": int(late),
        "late_work_s": in_office,
        "share": share,
        "card": _card(alert, promise, criteria),
        "done": done.get(promise.id, []),
    }


def _held_in_time(promise: Promise, unit: str, criteria: Criteria) -> Row:
    """For an alert that is late by the overall clock alone, that the unit which holds it is not."""
    if promise.clock != OVERALL:
        return {}
    held = translate(criteria.language, "reports.in_its_own_time", unit=unit)
    return {"department_label": held}


def _card(alert: Alert, promise: Promise, criteria: Criteria) -> str | None:
    """The card as it is now; for another instant the one that the district's rules give then. The
    date that a reporter was told gives no unit a card.
    """
    if promise.clock == OVERALL:
        return None
    if criteria.at is None:
        return promise.card or first_card(life_safety=alert.life_safety)
    limit, calendar = Limit.parse(promise.limit), criteria.playbook.calendars.get(promise.calendar)
    try:
        if calendar is not None and promise.due_at is not None:
            start, seconds = promise.started_at, promise.budget_s
            given = whole(start, limit, calendar, seconds, promise.extended)
            late = reckoning.seconds_overdue(promise.due_at, criteria.instant, limit.unit, calendar)
            found = card_of(late, given, criteria.playbook.cards, life_safety=alert.life_safety)
            return found or MILDEST_FIRST[0]
    except CalendarEnds:
        pass
    return first_card(life_safety=alert.life_safety)


def _weight(row: Row) -> tuple[Any, ...]:
    """Of the clocks of one alert: those of units before the overall one."""
    return (row["clock"] == OVERALL, *_gravity(row))


def _gravity(row: Row) -> tuple[Any, ...]:
    """Within a card, danger to life first, and of that what nobody has signed for; no card last."""
    danger, unsigned = row["life_safety"], row["status"] in UNSIGNED
    first = (_BY_WEIGHT.index(row["card"]), not danger, not (danger and unsigned))
    return (*first, row["due_at"], row["id"])


def _done(session: Session, criteria: Criteria) -> Mapping[str, list[str]]:
    """By promise, the rungs that were climbed until the instant, each kind once, in order."""
    climbed = session.execute(
        select(Rung.promise_id, Rung.action)
        .join(Promise, Promise.id == Rung.promise_id)
        .join(Alert, Alert.id == Rung.alert_id)
        .where(*criteria.conditions_of_clocks())
        .where(Rung.state == "fired", Rung.fired_at <= criteria.instant)
        .order_by(Rung.fired_at, Rung.id),
    )
    done: dict[str, list[str]] = defaultdict(list)
    for promise_id, action in climbed:
        if action not in done[promise_id]:
            done[promise_id].append(action)
    return done


def _pause_events(session: Session, criteria: Criteria) -> Mapping[str, list[PauseEvent]]:
    """By promise, when its clock was stopped and went on, up to the instant."""
    rows = session.execute(
        select(PromiseEvent.promise_id, PromiseEvent.kind, PromiseEvent.at, PromiseEvent.reason)
        .join(Promise, Promise.id == PromiseEvent.promise_id)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(*criteria.conditions_of_clocks(), PromiseEvent.kind.in_(PAUSING))
        .where(PromiseEvent.at <= criteria.instant)
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    )
    events: dict[str, list[PauseEvent]] = defaultdict(list)
    for promise_id, kind, at, reason in rows:
        events[promise_id].append(PauseEvent(kind, at, reason))
    return events


def _grouped(found: Iterable[Row], criteria: Criteria, by: str) -> Iterator[Row]:
    groups: dict[str | None, Counter[str]] = defaultdict(Counter)
    for row in found:
        groups[row[by]][row["card"]] += 1
    for value, cards in sorted(groups.items(), key=lambda each: (-each[1].total(), each[0] or "")):
        yield {
            by: value,
            "label": criteria.label(by, value),
            "alerts": cards.total(),
            **{card: cards[card] for card in GRAVEST_FIRST},
        }


REPORT: Final = Report(
    name="overdue",
    columns=(
        "number",
        "card",
        "category_label",
        "street_label",
        "department_label",
        "status",
        "supervision",
        "clock",
        "due_at",
        "late_s",
        "late_work_s",
        "done",
    ),
    moments=("at",),
    by=tuple(PARTS),
    grouped=("label", "alerts", *GRAVEST_FIRST),
    rows=rows,
)
