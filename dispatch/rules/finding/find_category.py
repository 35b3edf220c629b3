"""Finds kinds of problems by everyday words, sentences, pinyin and with slips of the pen.

It works on the forms as the phone gets them. `static/src/shared/find-category.ts` does the
same step by step, and a test compares both: all scores are whole numbers, so that they agree.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.shapes.forms import FormCategory, Forms

OFFERED: Final = 3  # for a sentence, where somebody is not sure
UNSURE: Final = "unsure"
_LEAST: Final = 40  # below this a kind has nothing to do with what was typed
_MOST_SHARED: Final = 380  # what parts of words may add up to: less than one whole word
_PIECE: Final = re.compile(r"[㐀-鿿]+|[a-z0-9À-ɏ]+")
_BETWEEN: Final = re.compile(r"[/／、，,()（）;；\"“”]+")
_HAN: Final = "㐀"


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a kind. `spoken`: its syllables with blanks around them; `letters` and
    `initials`: its pinyin without; all empty for other writing.
    """

    text: str
    spoken: str
    letters: str
    initials: str


@dataclass(frozen=True, slots=True)
class SearchedKind:
    code: str
    common: bool
    terms: tuple[Term, ...]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class KindIndex:
    """`weights`: how much a part of a word says, more where few kinds have it."""

    kinds: tuple[SearchedKind, ...]
    weights: Mapping[str, int]
    syllables: Mapping[str, str]


def index_of(forms: Forms) -> KindIndex:
    """What is searched, made once for each version of the forms."""
    syllables = {each: sound for sound, written in forms["sounds"].items() for each in written}
    kinds = tuple(
        _kind(category, syllables) for category in forms["categories"] if category["code"] != UNSURE
    )
    counts = Counter(part for kind in kinds for part in kind.parts)
    weights = {part: (len(kinds) // count).bit_length() for part, count in counts.items()}
    return KindIndex(kinds, weights, syllables)


def find(index: KindIndex, sought: str) -> list[str]:
    """The codes of all kinds that fit, the best first."""
    return [code for code, _ in scored(index, sought)]


def scored(index: KindIndex, sought: str) -> list[tuple[str, int]]:
    """The codes of all kinds that fit with their scores, the best first; of equals common ones."""
    term = _term(sought, index.syllables)
    if not term.text:
        return []
    every = [(_score(term, kind, index.weights), kind) for kind in index.kinds]
    found = [(score, kind) for score, kind in every if score >= _LEAST]
    found.sort(key=lambda each: (-each[0], not each[1].common))
    return [(kind.code, score) for score, kind in found]


def written_plainly(text: str) -> str:
    """Folded, without signs: characters together, other words apart."""
    told = ""
    for piece in _PIECE.findall(unicodedata.normalize("NFKC", text).lower()):
        apart = told and told[-1] < _HAN and piece[0] < _HAN
        told += f" {piece}" if apart else piece
    return told


def _kind(category: FormCategory, syllables: Mapping[str, str]) -> SearchedKind:
    texts = dict.fromkeys(filter(None, map(written_plainly, _names(category))))
    terms = tuple(_term(text, syllables) for text in texts)
    parts = frozenset(part for term in terms for part in _parts(term.text))
    return SearchedKind(category["code"], category["common"], terms, parts)


def _names(category: FormCategory) -> Iterator[str]:
    """All its names, and what stands between signs in them."""
    yield category["code"]
    labels = [category["label"], *([category["say"]] if category["say"] else [])]
    for label in labels:
        for name in label.values():
            yield name
            yield from _BETWEEN.split(name)
    yield from category["words"]


def _term(text: str, syllables: Mapping[str, str]) -> Term:
    plain = written_plainly(text)
    sounds = tuple(syllables.get(each, "") for each in plain)
    if not all(sounds):
        return Term(plain, "", "", "")
    return Term(
        plain, f" {' '.join(sounds)} ", "".join(sounds), "".join(sound[0] for sound in sounds)
    )


def _parts(text: str) -> Iterator[str]:
    """Single characters, pairs of them, and other words."""
    for piece in _PIECE.findall(text):
        if piece[0] < _HAN:
            yield piece
        else:
            yield from piece
            yield from (piece[at : at + 2] for at in range(len(piece) - 1))


def _score(sought: Term, kind: SearchedKind, weights: Mapping[str, int]) -> int:
    """The best name counts whole, others that occur a little, and parts of words."""
    matched = [_match(sought, term) for term in kind.terms]
    best = max(matched, default=0)
    inside = sum(len(t.text) for t in kind.terms if len(t.text) > 1 and _has(sought.text, t.text))
    return best + 10 * min(inside, 12) + _shared(sought.text, kind.parts, weights)


def _shared(text: str, parts: frozenset[str], weights: Mapping[str, int]) -> int:
    shared = (part for part in dict.fromkeys(_parts(text)) if part in parts)
    each = (weights[part] * (2 if len(part) == 1 else 10) for part in shared)
    return min(_MOST_SHARED, sum(each))


def _match(sought: Term, term: Term) -> int:
    """How well one name fits what was typed, 0 to 1000."""
    if sought.text == term.text:
        return 1000
    return max(_by_writing(sought.text, term.text), _by_sound(sought, term), _by_slip(sought, term))


def _by_writing(sought: str, name: str) -> int:
    if sought in name:
        return max(300, 700 - 20 * (len(name) - len(sought)))
    if len(name) > 1 and _has(sought, name):
        return 400 + 50 * min(len(name), 8)
    if len(name) == 1 and name >= _HAN and name in sought:
        return 200
    words = sought.split(" ")
    return 500 if len(words) > 1 and set(words) <= set(name.split(" ")) else 0


def _has(text: str, name: str) -> bool:
    """The name occurs in the text: as whole words, where words stand apart."""
    return name in text if name[0] >= _HAN else f" {name} " in f" {text} "


def _by_sound(sought: Term, term: Term) -> int:
    """Typed in pinyin, whole or by its initials, or in characters that are read the same."""
    if not term.letters:
        return 0
    if not sought.letters:
        return _by_letters(sought.text.replace(" ", ""), term)
    if sought.letters == term.letters and len(sought.initials) > 1:
        return 820
    is_said = len(term.text) > 2 and term.spoken in sought.spoken
    return 300 + 40 * min(len(term.text), 6) if is_said else 0


def _by_letters(letters: str, term: Term) -> int:
    if len(letters) < 2 or not letters.isascii():
        return 0
    if letters == term.letters:
        return 900
    if letters == term.initials:
        return 800
    if len(letters) > 3 and term.letters.startswith(letters):
        return 600
    return 500 if len(letters) > 2 and term.initials.startswith(letters) else 0


def _by_slip(sought: Term, term: Term) -> int:
    """One character too much, too few or wrong, in words of three characters or four letters."""
    least = 3 if term.text[0] >= _HAN else 4
    if min(len(sought.text), len(term.text)) < least:
        return 0
    return 450 if _is_one_slip(sought.text, term.text) else 0


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one character at most has to be put in, left out or changed."""
    pairs = enumerate(zip(one, other, strict=False))
    same = next((at for at, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))
    one, other = one[same:], other[same:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def first_found(index: KindIndex, words: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each word with the kinds that are offered for it."""
    return ((word, find(index, word)[:OFFERED]) for word in words)
