"""The undecided requests and the suspension of an alert, in words."""

from collections.abc import Iterable
from datetime import datetime

from dispatch.domain.law.audience import WordsReader
from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.law.request_names import DECIDED_BY, EXTEND, SUSPEND, TO_DECIDE
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.extensions import due_extended
from dispatch.domain.time.instants import as_instant
from dispatch.domain.time.pauses import pauses_from
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.shapes.alert import OpenRequest, Suspension
from dispatch.store.promise_rows import PromiseWithPauses
from dispatch.store.tables import Alert, Request
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.sentences import who_did
from dispatch.views.spoken_times import spoken_day, spoken_limit, spoken_moment
from dispatch.views.timeline import AlertLog, words_of


def shown_requests(
    reader: Reader,
    pleas: Iterable[Request],
    log: AlertLog,
    words: WordsReader,
    promises: Iterable[PromiseWithPauses],
) -> list[OpenRequest]:
    """The requests that wait for a decision, in words, oldest first: to void is for staff alone.
    Of an extension also from which time to which it moves the promise to dispose.
    """
    to_dispose = [each for each in promises if each.promise.clock == TO_DISPOSE and not each.helps]
    told = TO_DECIDE if words.is_staff else (EXTEND, SUSPEND)
    waiting = (each for each in pleas if each.kind in told and not each.ruled_at)
    last = to_dispose[-1] if to_dispose else None
    return [_shown(reader, each, log, words, _moves(reader, each, last)) for each in waiting]


def _moves(
    reader: Reader, request: Request, to_dispose: PromiseWithPauses | None
) -> tuple[str | None, str | None]:
    """When the work is due now, and when it will be if the extension is granted; None for both
    where that is not known: while it is paused, or where the calendar ends.
    """
    nowhere = (None, None)
    if request.kind != EXTEND or to_dispose is None or to_dispose.promise.due_at is None:
        return nowhere
    due = _due_if_granted(reader, to_dispose, request.codes["by"])
    if due is None:
        return nowhere
    return as_instant(to_dispose.promise.due_at), as_instant(due)


def _due_if_granted(reader: Reader, to_dispose: PromiseWithPauses, by: int) -> datetime | None:
    promise, pauses = to_dispose.promise, pauses_from(to_dispose.pauses)
    calendar = reader.calendars(promise.playbook_version, promise.calendar)
    if calendar is None:
        return None
    limit, by = Limit.parse(promise.limit), promise.extended + by
    try:
        return due_extended(
            promise.started_at, limit, calendar, pauses, seconds=promise.budget_s, by=by
        )
    except CalendarEnds:
        return None


def _shown(
    reader: Reader,
    request: Request,
    log: AlertLog,
    words: WordsReader,
    moves: tuple[str | None, str | None],
) -> OpenRequest:
    asked, codes = log.last(request.kind), request.codes
    by = f"{codes['by']} {codes['unit']}" if request.kind == EXTEND else None
    said = {
        "by": spoken_limit(by, reader) if by else "",
        "until": spoken_day(codes.get("until"), reader),
        "support": reader.unit_label(codes["support"]) if "support" in codes else "",
        "answered_until": spoken_moment(codes.get("answered_until"), reader),
    }
    return {
        "kind": request.kind,
        "decided_by": list(DECIDED_BY[request.kind]),
        "unit": request.unit,
        "who": who_did(asked[0], reader) if asked else reader.unit_label(request.unit),
        "asked_at": as_instant(request.asked_at),
        "by": by,
        "until": codes.get("until"),
        "from_at": moves[0],
        "to_at": moves[1],
        "sentence": translate(reader.language, f"words.request.{request.kind}", **said),
        "words": _words(log, request.kind, words),
    }


def shown_suspension(
    reader: Reader, alert: Alert, log: AlertLog, words: WordsReader
) -> Suspension | None:
    """Until which day the alert is suspended, why, and the plan; None where it is not."""
    row = log.last("grant_suspension")
    if alert.status != SUSPENDED or row is None:
        return None
    until = row[0].codes["until"]
    return {
        "until": until,
        "unit": alert.lead,
        "sentence": translate(
            reader.language, "words.status_reporter.suspended", date=spoken_day(until, reader)
        ),
        "words": _words(log, SUSPEND, words),
    }


def _words(log: AlertLog, code: str, words: WordsReader) -> list[str]:
    """What the unit wrote with its newest request, as far as it is for this reader."""
    asked = [index for index, (entry, _) in enumerate(log.rows) if entry.code == code]
    return words_of(log, asked[-1], words, ("reason", "plan", "told")) if asked else []
