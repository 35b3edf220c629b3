"""May this count as an arrival? How far the handler stood from the pin."""

from dataclasses import dataclass

from geopy.distance import geodesic

# DOMAIN §3: a worse accuracy than this tells nothing about where somebody stands.
USABLE_ACCURACY_M = 100.0


@dataclass(frozen=True)
class Arrival:
    """`kind`: near | far | unknown; metres where they are known."""

    kind: str
    distance_m: int | None = None
    allowed_m: int | None = None


def judge_arrival(
    pin: tuple[float, float] | None,
    fix: tuple[float, float] | None,
    accuracy_m: float | None,
    radius_m: int,
) -> Arrival:
    """Near when the distance is at most radius + min(accuracy, 100 m). Points are (lon, lat)."""
    if pin is None or fix is None or accuracy_m is None or accuracy_m > USABLE_ACCURACY_M:
        return Arrival("unknown")
    distance = round(geodesic(pin[::-1], fix[::-1]).meters)
    allowed = round(radius_m + accuracy_m)
    return Arrival("near" if distance <= allowed else "far", distance, allowed)
