"""Who helps with an alert, how far each unit is, and who went for it: for staff."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dispatch.domain.supports import Support
from dispatch.translations import translate
from dispatch.views.countdown import as_instant
from dispatch.views.reader import Reader

Json = dict[str, Any]


def helping_units(supports: Iterable[Support], reader: Reader) -> list[Json]:
    """Those who have to come before those who are told, each in the order of the calls."""
    ordered = sorted(supports, key=lambda each: not each.is_required)
    return [_unit(each, reader) for each in ordered]


def _unit(support: Support, reader: Reader) -> Json:
    return {
        "unit": support.unit,
        "label": reader.unit_label(support.unit),
        "mode": support.mode,
        "state": support.state,
        "state_label": translate(reader.language, f"words.support_state.{support.state}"),
        "team": support.team,
        "handler": support.handler,
        "called_at": _iso(support.called_at),
        "signed_at": _iso(support.signed_at),
        "arrived_at": _iso(support.arrived_at),
        "finished_at": _iso(support.finished_at),
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else as_instant(moment)
