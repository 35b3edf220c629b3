"""How often the demo's people report, and when they do what is due.

The figures are invented and plausible; nothing here decides anything about real alerts.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.rules.book.category import Category
from dispatch.rules.book.playbook import Playbook

DEMO_SOURCE: Final = "demo"  # the source of its alerts
PER_DAY: Final = 11
RAINY_DAYS_AGO: Final = 6
RAINY: Final = 26  # reports more on the rainy day
_WET: Final = frozenset({"flood", "drain", "leak", "tree", "manhole"})
# How often a promise is overrun, and how often it is forgotten.
_LATE: Final = 0.05
_FORGOTTEN: Final = 0.03
_DAY: Final = (8.5, 18.0)  # hours in which people act on what can wait


@dataclass(frozen=True)
class DemoReport:
    """One report to come: when, what, where."""

    at: datetime
    category: Category
    lon: float
    lat: float
    with_photo: bool


def demo_reports(
    dice: random.Random, playbook: Playbook, now: datetime, weeks: int
) -> Iterator[DemoReport]:
    """The reports of some weeks until now, in order of time."""
    local = now.astimezone(ZoneInfo(playbook.district.timezone))
    days = [local - timedelta(days=ago) for ago in range(7 * weeks + 1)]
    dry = [(_moment(dice, day), False) for day in days for _ in range(PER_DAY)]
    rain = local - timedelta(days=RAINY_DAYS_AGO)
    wet = [(_moment(dice, rain), True) for _ in range(RAINY)]
    chosen = _DemoCategories.of(playbook)
    for at, is_wet in sorted(dry + wet):
        if at < now:
            yield _report(dice, chosen, playbook, at.astimezone(UTC), is_wet=is_wet)


def _moment(dice: random.Random, day: datetime) -> datetime:
    """Some time of the day, mostly around noon."""
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(seconds=int(dice.triangular(0, 86_399, 50_000)))


@dataclass(frozen=True)
class _DemoCategories:
    """The categories that the demo reports: `wet` ones on the rainy day, `dry` ones otherwise."""

    dry: tuple[Category, ...]
    wet: tuple[Category, ...]

    @classmethod
    def of(cls, playbook: Playbook) -> "_DemoCategories":
        every = [each for each in playbook.categories.values() if not each.about_unit]
        common = [each for each in every if each.common]
        wet = tuple(each for each in every if each.icon in _WET)
        return cls(dry=tuple(common * 4 + every), wet=wet or tuple(common) or tuple(every))


def _report(
    dice: random.Random, chosen: _DemoCategories, playbook: Playbook, at: datetime, *, is_wet: bool
) -> DemoReport:
    lon, lat = _somewhere(dice, playbook)
    return DemoReport(
        at=at,
        category=dice.choice(chosen.wet if is_wet else chosen.dry),
        lon=lon,
        lat=lat,
        with_photo=dice.random() < 0.5,
    )


def _somewhere(dice: random.Random, playbook: Playbook) -> tuple[float, float]:
    """A point in a street of the district; its middle where the map has no streets."""
    lon, lat = playbook.district.center
    for _ in range(50):
        point = lon + dice.uniform(-0.075, 0.075), lat + dice.uniform(-0.045, 0.045)
        if playbook.places.resolve(*point).street:
            return round(point[0], 6), round(point[1], 6)
    return lon, lat


def when_done(
    dice: random.Random, zone: ZoneInfo, now: datetime, due: datetime | None, *, urgent: bool
) -> datetime:
    """When somebody does what is due at `due`: mostly in time, sometimes late."""
    until = due or now + timedelta(days=1)
    if not urgent and dice.random() < _FORGOTTEN:
        return until + timedelta(days=dice.uniform(5, 30))
    share = dice.uniform(1.02, 2.2) if dice.random() < _LATE else dice.betavariate(1.6, 3.4)
    at = now + timedelta(seconds=max(60.0, (until - now).total_seconds() * share))
    return at if urgent else _in_the_day(dice, at.astimezone(zone)).astimezone(UTC)


def _in_the_day(dice: random.Random, local: datetime) -> datetime:
    """Moves what can wait to the daytime."""
    hour = local.hour + local.minute / 60
    if _DAY[0] <= hour <= _DAY[1]:
        return local
    morning = local.replace(hour=8, minute=30, second=0, microsecond=0)
    if hour > _DAY[1]:
        morning += timedelta(days=1)
    return morning + timedelta(minutes=dice.randint(0, 90))
