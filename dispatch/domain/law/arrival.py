"""Whether a reported position counts as an arrival at the alert's pin."""

from dataclasses import dataclass

from geopy.distance import geodesic

# A worse accuracy than this does not tell whether somebody is at the place.
USABLE_ACCURACY_M = 100.0


@dataclass(frozen=True)
class Arrival:
    """`kind`: near, far or unknown; distances in whole metres, None where unknown."""

    kind: str
    distance_m: int | None = None
    allowed_m: int | None = None


def judge_arrival(
    pin: tuple[float, float] | None,
    fix: tuple[float, float] | None,
    accuracy_m: float | None,
    radius_m: int,
) -> Arrival:
    """The arrival by the distance between pin and fix, both (lon, lat).

    Near when the distance is at most `radius_m` + `accuracy_m`. Unknown where a point is missing or
    the accuracy is worse than 100 m.
    """
    if pin is None or fix is None or accuracy_m is None or accuracy_m > USABLE_ACCURACY_M:
        return Arrival("unknown")
    distance = round(geodesic(pin[::-1], fix[::-1]).meters)
    allowed = round(radius_m + accuracy_m)
    return Arrival("near" if distance <= allowed else "far", distance, allowed)
