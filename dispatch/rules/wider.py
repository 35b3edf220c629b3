"""Does one comparison take in another, as far as what they want can tell? By fact, in a table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.domain.duplicates import metres
from dispatch.rules.facts import folded
from dispatch.rules.spans import MINUTES_A_DAY, clock_span

Wanted = Mapping[str, object]
_NO_DATE: Final = ("0000-01-01", "9999-12-31")


def _words(wide: object, narrow: object) -> bool:
    """`contains_any` of more words, `contains_all` of fewer."""
    ours, theirs = _folded(wide), _folded(narrow)
    every = theirs.get("contains_all", [])
    if mine := ours.get("contains_any"):
        some = theirs.get("contains_any", [])
        return any(_has_any(word, mine) for word in every) or (
            bool(some) and all(_has_any(word, mine) for word in some)
        )
    return all(any(our in word for word in every) for our in ours.get("contains_all", [""]))


def _has_any(word: str, parts: list[str]) -> bool:
    """Whether who says the word says one of its parts."""
    return any(part in word for part in parts)


def _folded(wanted: object) -> dict[str, list[str]]:
    if not isinstance(wanted, dict):
        return {}
    return {key: [folded(str(word)) for word in words] for key, words in wanted.items()}


def _minutes(wide: object, narrow: object) -> bool:
    return _minutes_of(wide) >= _minutes_of(narrow)


def _minutes_of(wanted: object) -> set[int]:
    spans = [clock_span(str(each)) for each in (wanted if isinstance(wanted, list) else [wanted])]
    return {
        (span[0] + minute) % MINUTES_A_DAY for span in spans if span for minute in range(span[1])
    }


def _dates(wide: object, narrow: object) -> bool:
    ours, theirs = _ends(wide), _ends(narrow)
    return ours[0] <= theirs[0] and theirs[1] <= ours[1]


def _ends(wanted: object) -> tuple[str, str]:
    told = wanted if isinstance(wanted, dict) else {}
    return str(told.get("from", _NO_DATE[0])), str(told.get("to", _NO_DATE[1]))


def _season(wide: object, narrow: object) -> bool:
    """Only seasons within one year are compared."""
    return _dates(wide, narrow) and all(a <= b for a, b in map(_ends, (wide, narrow)))


def _distance(wide: object, narrow: object) -> bool:
    """A circle inside a circle."""
    if not isinstance(wide, dict) or not isinstance(narrow, dict):
        return False
    apart = metres((wide["lon"], wide["lat"]), (narrow["lon"], narrow["lat"]))
    return bool(apart + narrow["within_m"] <= wide["within_m"])


def _repeat(wide: object, narrow: object) -> bool:
    if not isinstance(wide, dict) or not isinstance(narrow, dict):
        return False
    longer = wide["within_days"] >= narrow["within_days"]
    return bool(longer and wide["at_least"] <= narrow["at_least"])


def _kinds(wide: object, narrow: object) -> bool:
    return isinstance(wide, list) and isinstance(narrow, list) and set(wide) >= set(narrow)


WIDER: Final[Mapping[str, Callable[[object, object], bool]]] = MappingProxyType(
    {
        "text": _words,
        "time_of_day": _minutes,
        "dates": _dates,
        "season": _season,
        "near": _distance,
        "repeat": _repeat,
        "zone": _kinds,
        "day": _kinds,
    }
)
