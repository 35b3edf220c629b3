"""The alert into which this one was merged, and those that were merged into this one.

A reporter whose alert was merged learns the other's status, unit, promises and staff steps in plain
sentences, and what staff wrote for reporters when they moved it: nothing that the other reporter
wrote, photographed or judged, nor what was said to them alone.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.domain.law.audience import WordsReader
from dispatch.domain.law.relations import relations
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import REPORTER
from dispatch.domain.law.windows import unmerges_until
from dispatch.domain.numbers import short
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import Follower, MergedInto, MergedLine, TimelineEntry
from dispatch.shapes.promise import CardPromise
from dispatch.store.alerts import alert_facts, assignments_of
from dispatch.store.merged import awaited_promise, master_of
from dispatch.store.tables import Alert
from dispatch.views.card import card_promise_as_if_running, cards
from dispatch.views.reader import Reader
from dispatch.views.timeline import AlertLog, timeline_of

# The steps that move an alert, and those that a waiting reporter wants to know of.
_MOVES: Final = frozenset(
    step.name for step in STEPS.values() if step.to is not None and REPORTER not in step.who
)
_PROGRESS: Final = _MOVES | {"assign", "contact", "lapse"}


def shown_master(session: Session, reader: Reader, alert: Alert) -> MergedInto | None:
    """The alert into which this one was merged; None where it was not."""
    master = master_of(session, alert)
    if master is None or alert.merged_at is None:
        return None
    mine = Alert.id == master.id
    [card] = cards(session, mine, calendars=reader.calendars, now=reader.now, for_reporters=True)
    promises = [*card["promises"], *_awaited(session, reader, master)]
    return {
        "id": master.id if _sees(session, reader, master) else None,
        "number": master.number,
        "short": short(master.number),
        "status": master.status,
        "lead": master.lead,
        "promises": [each for each in promises if each["clock"] != "rate"],
        "merged_at": as_instant(alert.merged_at),
        "undo_until": as_instant(unmerges_until(alert.merged_at)),
        "story": _story(session, reader, alert, master),
    }


def _awaited(session: Session, reader: Reader, master: Alert) -> list[CardPromise]:
    """The promise to dispose that a reporter was given before anybody accepted the alert."""
    promise = awaited_promise(session, master)
    return (
        []
        if promise is None
        else [card_promise_as_if_running(promise, reader.calendars, reader.now)]
    )


def _sees(session: Session, reader: Reader, master: Alert) -> bool:
    facts = alert_facts(master, assignments_of(session, master.id), is_reporter=False)
    return bool(relations(reader.access, facts, reader.organisation))


def _story(session: Session, reader: Reader, alert: Alert, master: Alert) -> list[MergedLine]:
    """What happened to the other alert since the merge, as sentences."""
    since = AlertLog.of(session, alert.id).last("merge")
    if since is None:
        return []
    log = AlertLog.of(session, master.id)
    later = AlertLog(
        tuple(row for row in log.rows if row[0].seq > since[0].seq and _is_told(row[0]))
    )
    return [_plain(line) for line in timeline_of(later, reader, WordsReader(is_staff=False))]


def _is_told(entry: Any) -> bool:
    return entry.code in _PROGRESS


def _plain(line: TimelineEntry) -> MergedLine:
    return {
        "seq": line["seq"],
        "at": line["at"],
        "code": line["code"],
        "sentence": line["sentence"],
        "words": line["words"] if line["code"] in _MOVES else [],
    }


def shown_followers(below: Iterable[Alert]) -> list[Follower]:
    """The alerts that were merged into this one, for its staff."""
    return [
        {
            "id": each.id,
            "number": each.number,
            "short": short(each.number),
            "reported_at": as_instant(each.reported_at),
            "merged_at": as_instant(each.merged_at),
        }
        for each in below
    ]
