"""What was asked of the district about an alert's time, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from dispatch.domain.law.situation import EXTEND, SUSPEND
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import OpenRequest, Suspension
from dispatch.store.tables import Alert, Request
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.spoken_times import amount, day
from dispatch.views.timeline import Told


def asked_of(reader: Reader, pleas: Iterable[Request], told: Told) -> OpenRequest | None:
    """The request that waits, in words; None where nothing does."""
    waiting = (each for each in pleas if each.kind in {EXTEND, SUSPEND} and not each.ruled_at)
    request = next(waiting, None)
    if request is None:
        return None
    codes = request.codes
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


def suspension_of(reader: Reader, alert: Alert, told: Told) -> Suspension | None:
    """Until which day it is put off, why, and what is planned; None where it is not."""
    row = told.last("grant_suspension")
    if alert.status != SUSPENDED or row is None:
        return None
    until = row[0].codes["until"]
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
