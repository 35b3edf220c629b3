"""What is wrong with a word that is listened for, as its author wrote it, and how to write it."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from dispatch.rules.book.heard import GAP, GAPS, OR, WrittenWord


class WordFault(NamedTuple):
    """`reason`: a key of the catalogue; `hint`: the word as it is heard, empty: leave it out."""

    reason: str
    hint: str


_BRACKETS: Final = str.maketrans("＜＞‹›〈〉《》｜", "<><><><>|")
_GROUP: Final = re.compile(r"<[^<>|]+>")
_LOOSE: Final = re.compile(r"[<>]")
_DOTS: Final = re.compile(r"\*+|(?<!\.)\.\.(?!\.)|\.{4,}|。{2,}|·{2,}")
_GAP: Final = re.compile(GAPS)
_ENDS: Final = re.compile(r"[!！.。;；,，、?？\s]+$")
_EITHER: Final = re.compile(r"\s*[/／、，,]\s*")
_WORDS: Final = "words"


def word_fault(word: WrittenWord) -> WordFault | None:
    """The first fault; None where it is heard as it stands."""
    found = (WordFault(reason, hint(word)) for reason, hint in _FAULTS.items())
    return next((each for each in found if each.hint != word.seen), None)


def _without_blanks(word: WrittenWord) -> str:
    return word.seen.strip()


def _with_brackets(word: WrittenWord) -> str:
    """Groups in the brackets of groups, each closed."""
    plain = word.seen.translate(_BRACKETS)
    if _LOOSE.search(_GROUP.sub("", plain)) is None:
        return plain
    return _LOOSE.sub("", plain)


def _with_gaps(word: WrittenWord) -> str:
    return _DOTS.sub(GAP, word.seen)


def _with_words(word: WrittenWord) -> str:
    """Without choices that are empty: they are heard everywhere. Nothing where no word is left."""
    parts = [part.strip() for part in _GAP.split(word.seen)]
    chosen = [OR.join(filter(None, map(str.strip, part.split(OR)))) for part in parts]
    if not any(chosen):
        return ""
    if all(part.count(OR) == kept.count(OR) for part, kept in zip(parts, chosen, strict=True)):
        return word.seen
    return GAP.join(chosen)


def _as_choices(word: WrittenWord) -> str:
    """Nobody writes the mark between two words that do equally well. Words of denials and of
    exceptions may have it: those around it are one phrase.
    """
    return _EITHER.sub(OR, word.seen) if word.key == _WORDS else word.seen


def _without_end(word: WrittenWord) -> str:
    """Whoever is in danger writes no full stop. A question mark makes another sentence of it."""
    if word.key != _WORDS or _GAP.search(word.seen[-3:]):
        return word.seen
    return _ENDS.sub("", word.seen) if word.seen[-1] not in "?？" else word.seen


_FAULTS: Final[dict[str, Callable[[WrittenWord], str]]] = {
    "word_bracket": _with_brackets,
    "word_gap": _with_gaps,
    "word_empty": _with_words,
    "word_blank": _without_blanks,
    "word_end": _without_end,
    "word_choice": _as_choices,
}
