"""The district's undecided request and the suspension of an alert, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from dispatch.domain.law.request_names import EXTEND, SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import OpenRequest, Suspension
from dispatch.store.tables import Alert, Request
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import spoken_day, spoken_limit
from dispatch.views.timeline import AlertLog


def shown_request(reader: Reader, pleas: Iterable[Request], log: AlertLog) -> OpenRequest | None:
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
        "words": _words(log, request.kind),
    }


def shown_suspension(reader: Reader, alert: Alert, log: AlertLog) -> Suspension | None:
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
        "words": _words(log, SUSPEND),
    }


def _words(log: AlertLog, code: str) -> list[str]:
    row = log.last(code)
    detail: Mapping[str, Any] = row[1] if row else {}
    return [detail[name] for name in ("reason", "plan") if detail.get(name)]
