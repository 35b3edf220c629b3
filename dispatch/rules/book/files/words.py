"""Reads words/<tongue>/<name>.json: what a city says otherwise, or in a language of its own."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import as_text
from dispatch.translations.faces import every_word, is_for_the_city

WORD_FILE: Final = re.compile(r"words/([a-z]{2})/([a-z_]{1,40})\.json", re.ASCII)
MOST_WORD_FILES: Final = 100
_PARAMETER: Final = re.compile(r"{(\w+)}")

Words = Mapping[str, Mapping[str, str]]


def read_words(roots: Mapping[str, Node], faults: PlaybookFaults) -> Words:
    """By tongue and key. A word that nothing says, or with other parameters, is remarked."""
    known = every_word()
    words: dict[str, dict[str, str]] = {}
    for file, root in roots.items():
        if (named := WORD_FILE.fullmatch(file)) is None:
            continue
        tongue, room = named.groups()
        for key, node in _leaves(room, root):
            words.setdefault(tongue, {})[key] = _word(key, node, known, faults)
    return words


def _leaves(prefix: str, node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node.value, dict):
        for name, inner in node.items():
            yield from _leaves(f"{prefix}.{name}", inner)
    else:
        yield prefix, node


def _word(key: str, node: Node, known: Mapping[str, str], faults: PlaybookFaults) -> str:
    said = as_text(node, faults)
    if key not in known:
        faults.doubt(node, "unknown_word", seen=key, **guess(key, known))
        return said
    wanted, seen = (set(_PARAMETER.findall(each)) for each in (known[key], said))
    if wanted != seen:
        faults.remark(node, "word_parameters", wanted=", ".join(sorted(wanted)) or "–")
    return said


def lacking(words: Words, tongue: str) -> list[str]:
    """The keys that the package says to people of a city and this tongue does not."""
    have = words.get(tongue, {})
    return [key for key in every_word() if key not in have and is_for_the_city(key)]
