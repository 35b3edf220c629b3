"""What can be wrong with one field, and the parameters of its sentence."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FAULTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "missing": (),
        "unknown_field": ("known",),
        "wrong_type": ("wanted",),
        "too_long": ("most",),
        "too_short": ("least",),
        "too_many": ("most",),
        "unknown_value": ("value", "known"),
        "unknown_alert": ("value",),
        "cannot_be_named": (),
        "heir_complained_about": ("value", "alerts", "numbers"),
        "leads_already": (),
        "called_already": (),
        "does_not_help": (),
        "called_here": (),
        "not_a_hand": (),
        "nobody_to_send": (),
        "out_of_range": ("least", "most"),
        "in_the_future": (),
        "not_a_time": (),
        "not_a_date": (),
        "not_a_uuid": (),
        "not_a_digest": (),
        "not_a_url": ("known",),
        "control_characters": (),
        "text_or_photo": (),
        "position_or_grid": (),
        "repeated": (),
        "photo_needed": ("least",),
        "not_grouped": (),
        "unit_in_use": ("people", "alerts", "numbers"),
    },
)
