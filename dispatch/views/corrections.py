"""What a correction changed, from what to what, in words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from dispatch.translations import translate
from dispatch.views.reader import Reader

LogCodes = Mapping[str, Any]


def changes_in_words(codes: LogCodes, which: str, reader: Reader) -> str:
    """类别：“道路破损”改为“道路遗撒”；严重程度：3 级 → 1 级. `which`: what a person `changed`, or
    what `followed` by the rules. Rows of earlier versions know of some changes only that they were
    made.
    """
    parts = (_change(name, codes, reader) for name in codes.get(which) or ())
    return translate(reader.language, "words.format.semicolon").join(parts)


def _change(name: str, codes: LogCodes, reader: Reader) -> str:
    told = _TOLD[name](codes, reader)
    if told is None:
        return translate(reader.language, f"words.corrected.{name}")
    key, params = told
    return translate(reader.language, f"words.correction.{key}", **params)


def _category(codes: LogCodes, reader: Reader) -> tuple[str, dict[str, Any]] | None:
    before, after = (reader.category_label(codes[n]) for n in ("category_before", "category"))
    return "category", {"before": before, "after": after}


def _severity(codes: LogCodes, reader: Reader) -> tuple[str, dict[str, Any]] | None:
    return _from_to("severity", codes, lambda level: f"words.choice.severity_{level}", reader)


def _life_safety(codes: LogCodes, reader: Reader) -> tuple[str, dict[str, Any]] | None:
    return _from_to("life_safety", codes, lambda at_risk: f"words.at_risk.{at_risk}", reader)


def _whistle(codes: LogCodes, reader: Reader) -> tuple[str, dict[str, Any]] | None:
    kinds = (codes["whistle_before"] or "routine", codes["whistle"] or "routine")
    before, after = (translate(reader.language, f"words.whistle.{kind}") for kind in kinds)
    return "whistle", {"before": before, "after": after}


def _from_to(
    name: str, codes: LogCodes, word: Callable[[Any], str], reader: Reader
) -> tuple[str, dict[str, Any]] | None:
    values = [codes.get(f"{name}_before"), codes.get(name)]
    if None in values:
        return None
    before, after = (translate(reader.language, word(value).lower()) for value in values)
    return name, {"before": before, "after": after}


def _place(codes: LogCodes, reader: Reader) -> tuple[str, dict[str, Any]] | None:
    """How far, where both points are known, and over which street's border; of a grid its name."""
    metres, street = codes.get("moved_m"), codes.get("street")
    before = reader.unit_label((codes.get("place_before") or [None])[0])
    if street is not None:
        key = ("from_street" if before else "to_street") + ("_far" if metres is not None else "")
        return key, {"street": reader.unit_label(street), "before": before, "metres": metres}
    if metres is not None:
        return "moved", {"metres": metres}
    grid = (codes.get("place") or [None])[-1]
    return ("to_grid", {"grid": reader.unit_label(grid)}) if grid else None


_TOLD: Final[Mapping[str, Callable[[LogCodes, Reader], tuple[str, dict[str, Any]] | None]]] = (
    MappingProxyType(
        {
            "category": _category,
            "place": _place,
            "severity": _severity,
            "life_safety": _life_safety,
            "whistle": _whistle,
        }
    )
)
