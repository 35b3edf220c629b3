"""The pictures that a category can have, as static/src/shared/icons.svg draws them."""

from typing import Final

ICONS: Final = (
    *("access", "bike", "billboard", "bin", "bridge", "busstop", "cable", "charging"),
    *("dog", "drain", "dust", "extinguisher", "falling", "firelane", "fitness", "flood"),
    *("flyer", "food", "fume", "gas", "greenery", "guardrail", "illegal", "leak"),
    *("lift", "light", "manhole", "noise", "nowater", "other", "parking", "pavement"),
    *("pest", "pothole", "power", "river", "rubble", "sign", "signal", "site"),
    *("slope", "stall", "telecom", "toilet", "trash", "tree"),
)
