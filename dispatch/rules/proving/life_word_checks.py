"""Tries each word that is listened for: it must be heard alone, and in no plain sentence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

from dispatch.rules.book.heard import (
    CLOSE,
    GAPS,
    NO_DENIALS,
    OPEN,
    OR,
    PARTED,
    WITHIN,
    Denials,
    HeardWords,
    WrittenWord,
    pattern_of,
)
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.heard_text import as_heard
from dispatch.rules.language.faults import PlaybookFault, Source
from dispatch.rules.proving.word_forms import word_fault

# Nobody is in danger here.
_PLAIN: Final = (
    *(
        "",
        "路灯不亮了",
        "这里有一个坑，请派人来看看",
        "楼下太吵了睡不着",
        "The street lamp is broken",
    ),
    *("There is a hole in the pavement, please have a look", "Het is hier niet schoon"),
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_MOST_SAMPLES: Final = 40  # of one word
_MOST_NAMED: Final = 3
_INNERMOST: Final = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_DENIALS: Final = ("before", "after", "calm")


def words_that_say_nothing(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Words in a form that nobody writes; words that are never heard, or everywhere; denials that
    deny what the playbook itself calls danger.
    """
    district = playbook.district
    accused = (district.accusations.heard,) if district.accusations else ()
    lists = (*district.life_words.lists, *accused)
    shared = district.life_words.written
    wrong = [
        each
        for word in chain(shared, *(words.written for words in lists))
        if (each := _of_form(word)) is not None
    ]
    yield from wrong
    if not wrong:  # else the rest follows from it
        yield from _heard_everywhere(lists)
        yield from _never_heard(lists, shared)


def _of_form(word: WrittenWord) -> PlaybookFault | None:
    found = word_fault(word)
    if found is None:
        return None
    hint = {"hint": found.hint} if found.hint else {}
    return _fault(word.source, "faulty_word", reason=found.reason, seen=word.seen[:60], **hint)


def _fault(at: Source, code: str, **words: str) -> PlaybookFault:
    return PlaybookFault(at.file, at.line, at.column, at.path, code, words, "error")


def _heard_everywhere(lists: Iterable[HeardWords]) -> Iterator[PlaybookFault]:
    for words in lists:
        said = next((each for each in _PLAIN if words.first_in(as_heard(each)) is not None), None)
        for word in _of_key(words, "words") if said is not None else ():
            if re.search(pattern_of([word.text]), as_heard(said or "")):
                yield _fault(word.source, "heard_everywhere", seen=word.seen[:60], said=said or "")


def _of_key(words: HeardWords, key: str) -> Iterator[WrittenWord]:
    return (word for word in words.written if word.key == key)


@dataclass(frozen=True, slots=True)
class _Unheard:
    word: WrittenWord
    said: str
    words: HeardWords


def _never_heard(
    lists: Iterable[HeardWords], shared: Iterable[WrittenWord]
) -> Iterator[PlaybookFault]:
    """Told at the word that is taken away, or at the denial that takes it."""
    denials = [each for each in shared if each.key in _DENIALS]
    denied: defaultdict[WrittenWord, list[str]] = defaultdict(list)
    for words in lists:
        for word in _of_key(words, "words"):
            unheard = _unheard(word, words)
            if unheard is None:
                continue
            if (by := _exception(unheard)) is not None:
                told = {"seen": word.seen[:60], "list": by.key, "by": by.seen[:60]}
                yield _fault(word.source, "never_heard", **told)
            elif (by := _denial(unheard, denials)) is not None:
                denied[by].append(word.seen)
    for by, named in denied.items():
        told = {"seen": by.seen[:60], "count": str(len(named))}
        yield _fault(by.source, "denies_all", **told, words="、".join(named[:_MOST_NAMED]))


def _unheard(word: WrittenWord, words: HeardWords) -> _Unheard | None:
    """A plain sentence in which it is not heard, where there is none in which it is."""
    first = None
    for sample in _samples(word.text):
        for said in map(as_heard, _sentences(sample)):
            if words.first_in(said) is None:
                first = first or _Unheard(word, said, words)
                break
        else:
            return None
    return first


def _sentences(sample: str) -> tuple[str, ...]:
    return (
        (sample, f"这里{sample}了") if _HAN.search(sample) else (sample, f"there is {sample} here")
    )


def _samples(text: str) -> Iterator[str]:
    """What the word is heard in: each choice in its turn."""
    for turn in range(_MOST_SAMPLES):
        said, before = text, ""
        while said != before:
            before, said = said, _INNERMOST.sub(partial(_chosen_of, turn), said)
        parts = [_chosen(turn, part) for part in re.split(GAPS, said)]
        yield "".join(parts)
        if len(parts) > 1:
            yield ("就" if _HAN.search(said) else " is ").join(parts)


def _chosen_of(turn: int, group: re.Match[str]) -> str:
    return _chosen(turn, group[1])


def _chosen(turn: int, written: str) -> str:
    choices = written.split(OR)
    return choices[turn % len(choices)]


def _exception(unheard: _Unheard) -> WrittenWord | None:
    """The word of the same list that takes it away."""
    bare = replace(unheard.words, unless="", calm="")
    if bare.first_in(unheard.said) is None:
        return None
    for by in unheard.words.written:
        if by.key == "unless":
            only = replace(bare, unless=pattern_of([by.text], WITHIN))
        elif by.key == "calm":
            only = replace(bare, calm=pattern_of([by.text]))
        else:
            continue
        if only.first_in(unheard.said) is None:
            return by
    return None


def _denial(unheard: _Unheard, denials: Iterable[WrittenWord]) -> WrittenWord | None:
    bare = replace(unheard.words, unless="", calm="", denials=NO_DENIALS)
    if bare.first_in(unheard.said) is None:
        return None
    for by in denials:
        only = Denials(**{by.key: pattern_of([by.text], WITHIN if by.key == "before" else PARTED)})
        if replace(bare, denials=only).first_in(unheard.said) is None:
            return by
    return None
