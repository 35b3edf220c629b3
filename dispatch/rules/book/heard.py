"""Words that are listened for in a description: of danger to life, and of accusations.

The lists are compiled into regular expressions that Python and browsers read alike, so that phone
and server hear the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from dispatch.rules.conditions.heard_text import as_heard
from dispatch.rules.language.faults import Source

GAP: Final = "…"  # in a word: a few other characters of the same sentence may stand here
OR: Final = "|"  # between the gaps of a word: any of these
LIFE_SAFETY: Final = "life_safety"
OPEN, CLOSE = "\ue000", "\ue001"  # around the words of a group
RAISES: Final = (LIFE_SAFETY,)
_SENTENCE_ENDS: Final = re.compile(r"[。！？!?；;\n]")
_BETWEEN: Final = "[^。！？!?；;\\n,、 没未无不冇]"  # in a gap nothing is denied
# So far the parts of a word may stand apart: within a clause, or in one and the next.
PARTED: Final = f"{_BETWEEN}{{0,8}}?(?:[,、 ]{_BETWEEN}{{0,6}}?)?"
WITHIN: Final = f"{_BETWEEN}{{0,8}}?"  # those of a harmless phrase stand in one clause
_NEAR: Final = 16  # and so many around a word may say that it is denied or over
GAPS: Final = rf"{GAP}|\.\.\."  # folding writes an ellipsis as three full stops
_SPECIAL: Final = re.compile(r"[\\^$.*+?()\[\]{}/]")
_PIECES: Final = re.compile(r"\(\?:|\\?.", re.DOTALL)
_TWICE: Final = re.compile(r"\(\(([^()]*)\)\)")  # a group that stands alone
_NESTED: Final = MappingProxyType({"(?:": 1, ")": -1})
_CUT: Final = "\n"  # in place of what was taken out: a gap does not reach over it


class WrittenWord(NamedTuple):
    """A word as its author wrote it, where, under which key; `text` has the words of its groups."""

    key: str
    seen: str
    text: str
    source: Source


class WrittenWords(tuple[WrittenWord, ...]):
    """For checks: which words a pattern was made of."""

    __slots__ = ()


@dataclass(frozen=True)
class Denials:
    """What makes a word harmless, as patterns: right `before` it, `after` it in its sentence, or
    `calm` anywhere in the text as far as the next of the `turns` ("but"); empty: nothing.
    """

    before: str = ""
    after: str = ""
    calm: str = ""
    turns: str = ""

    def deny(self, said: str, found: re.Match[str]) -> bool:
        """Whether the word that was found is denied, feared, remembered or over."""
        start, end = found.span()
        if self.before and self._before.search(said[max(0, start - _NEAR) : start]):
            return True
        rest = _SENTENCE_ENDS.split(said[end : end + _NEAR], maxsplit=1)[0]
        return bool(self.after and self._after.search(rest))

    def expressions(self) -> tuple[str, ...]:
        """What is searched for in the text before a word, and after it; calming words, turns."""
        return f"(?:{self.before})$", self.after, self.calm, self.turns

    def parts(self, said: str) -> Iterator[tuple[int, int]]:
        """Where the parts of a text begin and end: each turn begins another."""
        turns = (each.start() for each in self._turns.finditer(said)) if self.turns else ()
        return pairwise((0, *turns, len(said)))

    def calms(self, part: str) -> bool:
        return bool(self.calm and self._calm.search(part))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(self.expressions()[0])

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return re.compile(self.after)

    @cached_property
    def _calm(self) -> re.Pattern[str]:
        return re.compile(self.calm)

    @cached_property
    def _turns(self) -> re.Pattern[str]:
        return re.compile(self.turns)


NO_DENIALS: Final = Denials()


@dataclass(frozen=True)
class HeardWords:
    """One list. `pattern` finds its words in folded text after everything that `unless` matches
    was taken out; `denials` say which of them count for nothing ("没有人受伤"), and so does `calm`
    for the words of this list. `shows`: the numbers to call, the first one first.
    """

    pattern: str
    unless: str
    shows: tuple[str, ...]
    source: Source
    denials: Denials = NO_DENIALS
    calm: str = ""
    written: WrittenWords = field(default=WrittenWords(), compare=False, repr=False)

    def first_in(self, said: str) -> str | None:
        """What was heard first in a folded text, as it stands there; None: nothing."""
        found = self._words.search(said)
        if found is None:
            return None
        left = self._unless.sub(_CUT, said) if self._unless else said
        calm = self._calm_parts(left)
        found = self._words.search(left)
        while found and (_is_within(found, calm) or self.denials.deny(left, found)):
            found = self._words.search(left, found.start() + 1)
        return found.group() if found else None

    def _calm_parts(self, said: str) -> list[tuple[int, int]]:
        """Where the text says of itself that nobody is in danger, of the kind of this list."""
        calm, denials = self._calm, self.denials
        return [
            (start, end)
            for start, end in denials.parts(said)
            if denials.calms(said[start:end]) or (calm and calm.search(said[start:end]))
        ]

    def compile(self) -> None:
        """Make the expressions; the process keeps them for later playbooks with the same words."""
        for pattern in (self.pattern, self.unless, self.calm, *self.denials.expressions()):
            re.compile(pattern)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None

    @cached_property
    def _calm(self) -> re.Pattern[str] | None:
        return re.compile(self.calm) if self.calm else None


class Heard(NamedTuple):
    """The word that raised an alert, and the list in which it stands."""

    word: str
    words: HeardWords


@dataclass(frozen=True)
class LifeWords:
    """All lists of life words of a district, and what makes their words harmless. `written`: the
    words of denials and groups.
    """

    lists: tuple[HeardWords, ...] = ()
    denials: Denials = NO_DENIALS
    written: WrittenWords = field(default=WrittenWords(), compare=False, repr=False)

    def first_in(self, text: str) -> Heard | None:
        """The first word of danger in a description, by the order of the lists."""
        return self._remembered(text) if self.lists else None

    @cached_property
    def _remembered(self) -> Callable[[str], Heard | None]:
        """Decision, receipt and replay ask of the same few texts again and again."""
        return lru_cache(maxsize=64)(lambda text: next(self.all_in(text), None))

    def all_in(self, text: str) -> Iterator[Heard]:
        """One for each list that hears something."""
        said = as_heard(text)
        for words in self.lists:
            if (word := words.first_in(said)) is not None:
                yield Heard(word, words)

    def compile(self) -> None:
        """Make every expression now (half a second), so that the first report need not wait."""
        for words in self.lists:
            words.compile()


def pattern_of(words: Iterable[str], gap: str = PARTED) -> str:
    """Any of the words, the longest first; empty where there are none. `gap`: in place of `…`."""
    known = sorted({as_heard(word) for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(_as_pattern(word, gap) for word in known)


def words_in_pattern(pattern: str) -> list[str]:
    """The words of a pattern of `pattern_of` as people read them, `(a|b)` for either."""
    words, depth = [""], 0
    for piece in _PIECES.findall(pattern.replace(PARTED, GAP).replace(WITHIN, GAP)):
        depth += _NESTED.get(piece, 0)
        if piece == OR and not depth:
            words.append("")
        else:
            words[-1] += "(" if piece == "(?:" else piece[-1]
    return [_TWICE.sub(r"(\1)", word) for word in words if word]


def _is_within(found: re.Match[str], parts: Iterable[tuple[int, int]]) -> bool:
    return any(start <= found.start() and found.end() <= end for start, end in parts)


def _as_pattern(word: str, gap: str) -> str:
    parts = map(_any_of, re.split(GAPS, word))
    return gap.join(parts)


def _any_of(part: str) -> str:
    either = _SPECIAL.sub(r"\\\g<0>", part).replace(OPEN, "(?:").replace(CLOSE, ")")
    return f"(?:{either})" if OR in either else either
