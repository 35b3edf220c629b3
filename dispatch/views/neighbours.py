"""Open alerts that could be the same problem, offered by the merge step."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.duplicates import Neighbour, stands_for_no_place
from dispatch.domain.law.events import DECIDED_AGAIN
from dispatch.domain.law.statuses import TAKES_IN
from dispatch.domain.law.steps import STEPS
from dispatch.domain.numbers import short
from dispatch.domain.visibility import scope_of
from dispatch.shapes.alert import SameProblem
from dispatch.shapes.steps import OfferedChoice
from dispatch.store.alerts import pin
from dispatch.store.merged import is_private
from dispatch.store.nearby import open_around
from dispatch.store.tables import Alert
from dispatch.store.visibility import visible_in
from dispatch.translations import translate
from dispatch.views.reader import Reader
from dispatch.views.timeline import AlertLog

MOST_OFFERED: Final = 8
# People are offered alerts farther away than rules merge: reporters place pins loosely.
_WIDER: Final = 4
_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


def neighbours(session: Session, reader: Reader, alert: Alert) -> list[OfferedChoice]:
    """As choices by number, nearest first."""
    district = reader.playbook.district
    here = pin(session, alert.id)
    if here is None or stands_for_no_place((here.lon, here.lat), district.default_points):
        return []
    visible = visible_in(scope_of(reader.access, reader.organisation))
    found = open_around(session, alert, district.nearby_m * _WIDER, visible)
    return [{"id": each.number, "label": _label(reader, each)} for each in found[:MOST_OFFERED]]


def proposed_merge(
    session: Session, reader: Reader, alert: Alert, log: AlertLog
) -> SameProblem | None:
    """The alert into which the rules would merge this one; None where its work is done, or where
    the person may not see it.
    """
    row = log.last("dispatch", "propose", DECIDED_AGAIN)  # corrected: no more the same problem
    kept = row[1].get("merge") if row else None
    if kept is None or alert.status not in STEPS["merge"].sources:
        return None
    visible = visible_in(scope_of(reader.access, reader.organisation))
    twin = session.scalar(select(Alert).where(Alert.id == kept["into"], visible))
    if twin is None or twin.status not in TAKES_IN or is_private(twin):
        return None
    if alert.life_safety and not twin.life_safety:  # nobody would come there
        return None
    sentence = translate(
        reader.language,
        "log.same_problem",
        rule=reader.rule_label(kept["rule"]),
        number=twin.number,
        metres=kept["metres"],
        age=age_of(reader, twin.reported_at),
    )
    return {
        "id": twin.id,
        "number": twin.number,
        "metres": kept["metres"],
        "sentence": sentence,
    }


def _label(reader: Reader, neighbour: Neighbour) -> str:
    return translate(
        reader.language,
        "words.neighbour",
        number=short(neighbour.number),
        metres=neighbour.metres,
        age=age_of(reader, neighbour.reported_at),
        status=translate(reader.language, f"words.status_short.{neighbour.status}"),
    )


def age_of(reader: Reader, reported_at: datetime) -> str:
    """How long ago it was reported, in its largest unit: 3 小时前, 刚刚."""
    passed = max(reader.now - reported_at, timedelta())
    if passed < _MINUTE:
        return translate(reader.language, "words.time.just_now")
    return translate(reader.language, "words.time.ago", time=_largest_unit(reader, passed))


def _largest_unit(reader: Reader, passed: timedelta) -> str:
    if passed >= 2 * _DAY:
        return translate(reader.language, "words.time.days", d=passed // _DAY)
    if passed >= _HOUR:
        return translate(reader.language, "words.time.hours", h=passed // _HOUR)
    return translate(reader.language, "words.time.minutes", m=passed // _MINUTE)
