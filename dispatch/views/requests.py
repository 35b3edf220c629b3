"""The district's undecided request and the suspension of an alert, in words."""

from collections.abc import Iterable

from dispatch.domain.law.audience import WordsReader
from dispatch.domain.law.request_names import EXTEND, SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import OpenRequest, Suspension
from dispatch.store.tables import Alert, Request
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import spoken_day, spoken_limit
from dispatch.views.timeline import AlertLog, words_of


def shown_request(
    reader: Reader, pleas: Iterable[Request], log: AlertLog, words: WordsReader
) -> OpenRequest | None:
    """The request that waits for a decision, in words, or None."""
    waiting = (each for each in pleas if each.kind in {EXTEND, SUSPEND} and not each.ruled_at)
    request = next(waiting, None)
    if request is None:
        return None
    codes = request.codes
    by = f"{codes['by']} {codes['unit']}" if request.kind == EXTEND else None
    said = {
        "by": spoken_limit(by, reader) if by else "",
        "until": spoken_day(codes.get("until"), reader),
    }
    return {
        "kind": request.kind,
        "unit": request.unit,
        "asked_at": as_instant(request.asked_at),
        "by": by,
        "until": codes.get("until"),
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
