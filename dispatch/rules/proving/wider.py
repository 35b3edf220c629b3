"""Whether one comparison holds wherever another does, as far as what they want can tell; by fact.

What a comparison wants is prepared once and compared many times.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.duplicates import metres
from dispatch.rules.conditions.facts import folded
from dispatch.rules.language.clock_times import clock_span, minutes_of

TEXT: Final = "text"
_PART: Final = 8  # letters of a word by which it is found
_MOST_LETTERS: Final = 400
_NO_DATE: Final = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Wider:
    """`ready` prepares what a comparison wants; `takes_in`: whether the first holds wherever the
    second does.
    """

    ready: Callable[[object], Any]
    takes_in: Callable[[Any, Any], bool]


Folded = dict[str, list[str]]


def _words(ours: Folded, theirs: Folded) -> bool:
    """`contains_any` of more words, `contains_all` of fewer."""
    every = theirs.get("contains_all", [])
    if mine := ours.get("contains_any"):
        some = theirs.get("contains_any", [])
        return any(_has_any(word, mine) for word in every) or (
            bool(some) and all(_has_any(word, mine) for word in some)
        )
    return all(any(our in word for word in every) for our in ours.get("contains_all", [""]))


def _has_any(word: str, parts: list[str]) -> bool:
    """Whether the word contains one of the parts."""
    return any(part in word for part in parts)


def _folded(wanted: object) -> Folded:
    if not isinstance(wanted, dict):
        return {}
    return {key: [folded(str(word)) for word in words] for key, words in wanted.items()}


def parts_asked(ours: Folded) -> list[str] | None:
    """Beginnings of words of which all that these words take in contains one; None: unknown."""
    parts = ours.get("contains_any") or ours.get("contains_all", [])[:1]
    return [part[:_PART] for part in parts] if parts and all(parts) else None


def parts_said(every: Iterable[Folded]) -> set[str] | None:
    """All short parts of these words; None where they are too many to be listed."""
    words = [word for theirs in every for said in theirs.values() for word in said]
    if sum(map(len, words)) > _MOST_LETTERS:
        return None
    return {
        word[begin : begin + length]
        for word in words
        for begin in range(len(word))
        for length in range(1, min(_PART, len(word) - begin) + 1)
    }


def _minutes_of(wanted: object) -> set[int]:
    spans = [clock_span(str(each)) for each in (wanted if isinstance(wanted, list) else [wanted])]
    return minutes_of(span for span in spans if span)


Ends = tuple[str, str]


def _dates(ours: Ends, theirs: Ends) -> bool:
    return ours[0] <= theirs[0] and theirs[1] <= ours[1]


def _ends(wanted: object) -> Ends:
    told = wanted if isinstance(wanted, dict) else {}
    return str(told.get("from", _NO_DATE[0])), str(told.get("to", _NO_DATE[1]))


def _season(ours: Ends, theirs: Ends) -> bool:
    """Only seasons within one year are compared."""
    return _dates(ours, theirs) and all(a <= b for a, b in (ours, theirs))


def _numbers(wanted: object) -> Mapping[str, Any]:
    return wanted if isinstance(wanted, dict) else {}


def _distance(wide: Mapping[str, Any], narrow: Mapping[str, Any]) -> bool:
    """A circle inside a circle."""
    if not wide or not narrow:
        return False
    apart = metres((wide["lon"], wide["lat"]), (narrow["lon"], narrow["lat"]))
    return bool(apart + narrow["within_m"] <= wide["within_m"])


def _repeat(wide: Mapping[str, Any], narrow: Mapping[str, Any]) -> bool:
    if not wide or not narrow:
        return False
    longer = wide["within_days"] >= narrow["within_days"]
    return bool(longer and wide["at_least"] <= narrow["at_least"])


def _kinds(wanted: object) -> frozenset[object] | None:
    return frozenset(wanted) if isinstance(wanted, list) else None


def _more(wide: frozenset[object] | None, narrow: frozenset[object] | None) -> bool:
    return wide is not None and narrow is not None and wide >= narrow


WIDER: Final[Mapping[str, Wider]] = MappingProxyType(
    {
        TEXT: Wider(_folded, _words),
        "time_of_day": Wider(_minutes_of, set.issuperset),
        "dates": Wider(_ends, _dates),
        "season": Wider(_ends, _season),
        "near": Wider(_numbers, _distance),
        "repeat": Wider(_numbers, _repeat),
        "zone": Wider(_kinds, _more),
        "day": Wider(_kinds, _more),
    }
)
