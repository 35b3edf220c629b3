"""Words that are listened for in a description: of danger to life, and of accusations.

The lists are compiled into regular expressions that Python and browsers read alike, so that phone
and server hear the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from dispatch.rules.conditions.facts import folded
from dispatch.rules.language.faults import Source

GAP: Final = "…"  # in a word: a few other characters of the same sentence may stand here
OR: Final = "|"  # between the gaps of a word: any of these
LIFE_SAFETY: Final = "life_safety"
RAISES: Final = (LIFE_SAFETY,)
_WITHIN: Final = "[^。！？!?；;\\n]"
_BETWEEN: Final = "[^。！？!?；;\\n没未无不]"  # in a gap nothing is denied
_FAR: Final = 12  # so many characters may stand in a gap
_LATER: Final = 16  # and so many between a word and what says that it is over
_GAPS: Final = rf"{GAP}|\.\.\."  # folding writes an ellipsis as three full stops
_SPECIAL: Final = re.compile(r"[\\^$.*+?()\[\]{}|/]")
_CUT: Final = "\n"  # in place of what was taken out: a gap does not reach over it


@dataclass(frozen=True)
class HeardWords:
    """One list. `pattern` finds its words in folded text after everything that `unless` matches
    was taken out ("没有人受伤"). `shows`: the numbers to call, the first one first.
    """

    pattern: str
    unless: str
    shows: tuple[str, ...]
    source: Source

    def first_in(self, said: str) -> str | None:
        """What was heard first in a folded text, as it stands there; None: nothing."""
        found = self._words.search(said)
        if found and self._unless:  # nothing that is taken out makes a word of the rest
            found = self._words.search(self._unless.sub(_CUT, said))
        return found.group() if found else None

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None


class Heard(NamedTuple):
    """The word that raised an alert, and the list in which it stands."""

    word: str
    words: HeardWords


@dataclass(frozen=True)
class LifeWords:
    """All lists of life words of a district. `starts`: the characters with which they begin."""

    lists: tuple[HeardWords, ...] = ()
    starts: frozenset[str] = frozenset()

    def first_in(self, text: str) -> Heard | None:
        """The first word of danger in a description, by the order of the lists."""
        if self.starts.isdisjoint(text):  # most reports: nothing is folded for them
            return None
        return self._remembered(text)

    @cached_property
    def _remembered(self) -> Callable[[str], Heard | None]:
        """Decision, receipt and replay ask of the same few texts again and again."""
        return lru_cache(maxsize=64)(lambda text: next(self.all_in(text), None))

    def all_in(self, text: str) -> Iterator[Heard]:
        """One for each list that hears something."""
        said = folded(text)
        for words in self.lists:
            if (word := words.first_in(said)) is not None:
                yield Heard(word, words)


def starts_of(words: Iterable[str]) -> frozenset[str]:
    """With which characters the words may begin, however wide or large they are written."""
    alternatives = (re.split(_GAPS, folded(word))[0].split(OR) for word in words)
    first = {each[:1] for every in alternatives for each in every}
    latin = {each for each in first if each.isascii()}
    wide = {chr(ord(each) + 0xFEE0) for each in latin if each > " "}
    return frozenset(first | {each.upper() for each in first | wide} | wide)


def pattern_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first; empty where there are none."""
    known = sorted({folded(word) for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(_as_pattern(word) for word in known)


def unless_of(words: str, phrases: Iterable[str], before: Iterable[str], after: str) -> str:
    """What is taken out: the phrases; a word right after one of `before`; a word with one of the
    pattern `after` later in its sentence.
    """
    parts = [pattern_of(phrases)]
    if denied := pattern_of(before):
        parts.append(f"(?:{denied})(?:{words})")
    if after:
        parts.append(f"(?:{words}){_WITHIN}{{0,{_LATER}}}?(?:{after})")
    return "|".join(part for part in parts if part)


def _as_pattern(word: str) -> str:
    parts = map(_any_of, re.split(_GAPS, word))
    return f"{_BETWEEN}{{0,{_FAR}}}?".join(parts)


def _any_of(part: str) -> str:
    either = [_SPECIAL.sub(r"\\\g<0>", each) for each in part.split(OR)]
    return either[0] if len(either) == 1 else f"(?:{'|'.join(either)})"
