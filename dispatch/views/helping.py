"""The supports of an alert, how far each is, and who went: for staff."""

from collections.abc import Iterable

from dispatch.domain.supports import Support
from dispatch.domain.time.instants import as_instant
from dispatch.shapes.alert import HelpingUnit
from dispatch.translations import translate
from dispatch.views.reader import Reader


def helping_units(supports: Iterable[Support], reader: Reader) -> list[HelpingUnit]:
    """Those that have to come before those that are told, each in the order of the calls."""
    ordered = sorted(supports, key=lambda each: not each.is_required)
    return [_unit(each, reader) for each in ordered]


def _unit(support: Support, reader: Reader) -> HelpingUnit:
    return {
        "unit": support.unit,
        "label": reader.unit_label(support.unit),
        "mode": support.mode,
        "state": support.state,
        "state_label": translate(reader.language, f"words.support_state.{support.state}"),
        "team": support.team,
        "handler": support.handler,
        "called_at": as_instant(support.called_at),
        "signed_at": as_instant(support.signed_at),
        "arrived_at": as_instant(support.arrived_at),
        "finished_at": as_instant(support.finished_at),
    }
