"""Tells words that stand in no list: misspelled, a name instead of an id, or several in one."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from dispatch.rules.language.faults import MOST_TOLD, PlaybookFaults, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.yaml_advice import in_quotes

# A comma of Chinese parts nothing: what stands around it in a list is one element.
WIDE: Final = re.compile("[，、；]")
_NUMBER: Final = re.compile(r"[+-]?[0-9.]+", re.ASCII)
_NEVER_ALIKE: Final = ("unknown_number",)
_PARTS: Final = re.compile(r"\s*[，、；,;]\s*")


def tell_unlisted(
    node: Node,
    faults: PlaybookFaults,
    word: object,
    known: Collection[str],
    code: str,
    *,
    alone: bool = False,
) -> None:
    """A word that is none of the known ones. `alone`: only one may stand there."""
    own_id = faults.ids.get(str(word))
    if own_id in known:
        faults.add(node, code, seen=word, hint=own_id)
    elif not tell_joined(node, faults, word, known, alone=alone):
        faults.add(node, code, seen=word, **_near(word, known, code))


def _near(word: object, known: Collection[str], code: str) -> dict[str, str]:
    """What was meant; the number to call that looks like another one is another one."""
    if code not in _NEVER_ALIKE:
        return guess(word, known)
    return {"known": ", ".join(known)} if len(known) <= MOST_TOLD else {}


def tell_joined(
    node: Node,
    faults: PlaybookFaults,
    word: object,
    known: Collection[str] = (),
    *,
    alone: bool = False,
) -> bool:
    """Whether several stand in one, which is told then: between full-width commas, or known ones
    between plain ones.
    """
    written = str(word)[:200]
    parts = [faults.ids.get(each, each) for each in _PARTS.split(written) if each.strip()]
    wide = WIDE.search(written)
    if len(parts) < 2 or not (wide or all(each in known for each in parts)):
        return False
    if alone:
        faults.add(node, "one_id_only", seen=written)
    elif wide:
        told = _as_list(parts) if isinstance(node.key, str) else ", ".join(map(_as_text, parts))
        faults.add(node, "joined_by_wide", seen=written, mark=wide[0], parts=told)
    else:
        faults.add(node, "joined_ids", seen=written, parts=_as_list(parts))
    return True


def _as_list(parts: Iterable[str]) -> str:
    return f"[{', '.join(map(_as_text, parts))}]"


def _as_text(part: str) -> str:
    """A word as YAML reads it back: what would be a number, or has a colon, in quotes."""
    return in_quotes(part) if _NUMBER.fullmatch(part) or ":" in part else part
