"""Shared words of stories about moved clocks: a signed hole, its due time, who was told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Notice

MONDAY_TEN = "2026-11-23T10:00:00+08:00"
BUSY = "要等定制的井盖到货"


def signed_hole(city):
    """Reported on Monday at ten, 5 work days to dispose, signed at once and given to a handler."""
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    return hole


def due_at(alert, clock="dispose"):
    """In the city's zone, to the minute: 11-30 18:00."""
    due = alert.promise(clock)["due_at"]
    if due is None:
        return None
    at = datetime.fromisoformat(due).astimezone(ZoneInfo("Asia/Shanghai"))
    return f"{at:%m-%d %H:%M}"


def is_late(city, alert):
    """Whether supervisors find it among what is overdue: in the list and in the report, alike."""
    listed = city.supervisor().asks("GET", "alerts?overdue=1")["alerts"]
    reported = city.supervisor().asks("GET", "reports/overdue")["rows"]
    in_list = alert.id in {card["id"] for card in listed}
    assert in_list == (alert.id in {row["id"] for row in reported})
    return in_list


def told(city, code):
    """The desks and people for whom a notice of this code was written, in order."""
    with city.store.read() as session:
        rows = (
            select(Notice.to_ref).where(Notice.code == code).order_by(Notice.created_at, Notice.id)
        )
        return list(session.scalars(rows))


def told_to_the_reporter(city):
    """The codes of the messages to reporters."""
    with city.store.read() as session:
        return set(session.scalars(select(Notice.code).where(Notice.to_kind == "reporter")))


def said_to_the_reporter(city, code):
    """What each message of this code to reporters says beside its own words, in order."""
    with city.store.read() as session:
        mine = select(Notice.params).where(Notice.to_kind == "reporter", Notice.code == code)
        return list(session.scalars(mine.order_by(Notice.created_at, Notice.id)))


def sentences(person, alert):
    return [line["sentence"] for line in person.sees(alert)["timeline"]]


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]
