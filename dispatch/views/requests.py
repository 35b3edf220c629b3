"""The undecided requests and the suspension of an alert, in words."""

from collections.abc import Iterable

from dispatch.domain.law.audience import WordsReader
from dispatch.domain.law.request_names import DECIDED_BY, EXTEND, SUSPEND, TO_DECIDE
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import OpenRequest, Suspension
from dispatch.store.tables import Alert, Request
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.sentences import who_did
from dispatch.views.spoken_times import spoken_day, spoken_limit, spoken_moment
from dispatch.views.timeline import AlertLog, words_of


def shown_requests(
    reader: Reader, pleas: Iterable[Request], log: AlertLog, words: WordsReader
) -> list[OpenRequest]:
    """The requests that wait for a decision, in words, oldest first: to void is for staff alone."""
    told = TO_DECIDE if words.is_staff else (EXTEND, SUSPEND)
    waiting = (each for each in pleas if each.kind in told and not each.ruled_at)
    return [_shown(reader, each, log, words) for each in waiting]


def _shown(reader: Reader, request: Request, log: AlertLog, words: WordsReader) -> OpenRequest:
    asked, codes = log.last(request.kind), request.codes
    by = f"{codes['by']} {codes['unit']}" if request.kind == EXTEND else None
    said = {
        "by": spoken_limit(by, reader) if by else "",
        "until": spoken_day(codes.get("until"), reader),
        "support": reader.unit_label(codes["support"]) if "support" in codes else "",
        "caller": _caller(codes.get("caller_unit"), reader),
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
        "sentence": translate(reader.language, f"words.request.{request.kind}", **said),
        "words": _words(log, request.kind, words),
    }


def _caller(unit: str | None, reader: Reader) -> str:
    """Requests of earlier versions do not name the unit that called."""
    return reader.unit_label(unit) or translate(reader.language, "words.request.caller")


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
