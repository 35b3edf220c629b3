"""Tells words of a playbook that would say nothing on a screen, or break one."""

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from dispatch.domain.unseen import UNSEEN
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node

LONGEST_NAME: Final = 100  # as much as two lines of a phone hold
# What a column holds: units, kinds, calendars and ladders stand in rows by their ids.
LONGEST_ID: Final = 64
# Names that a browser has on every object: a face that keeps things by their id would find these.
_OF_BROWSERS: Final = frozenset(
    (
        *("constructor", "hasownproperty", "isprototypeof", "propertyisenumerable"),
        *("prototype", "tolocalestring", "tostring", "valueof"),
    )
)
_PLAIN: Final = "-_."  # in an id, beside letters and digits
_OF_WORDS: Final = "LMN"  # Unicode's letters, marks at letters, and digits
# Invisible, and no spreadsheet can hold them: tabs and line ends aside.
_CONTROL: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff]")
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_QUOTED: Final = re.compile(r"\s*[“”‘’「」『』\"'＂＇].*[“”‘’「」『』\"'＂＇]\s*", re.DOTALL)
_NO_ID: Final = re.compile(r"^\s|\s$|[：，；、“”‘’【】{}\[\]]")
_LINE: Final = re.compile(r"[\n\r\t]")
_BRACE: Final = re.compile(r"[{}]")


def remark_unseen(node: Node, faults: PlaybookFaults, text: str) -> None:
    """Signs that nobody sees, in any text: words that look alike would differ."""
    if found := _CONTROL.search(text):
        faults.remark(node, "control_character", seen=f"U+{ord(found[0]):04X}")
    elif found := _UNSEEN.search(text):
        faults.remark(node, "invisible_sign", seen=f"U+{ord(found[0]):04X}")


def remark_blank(node: Node, faults: PlaybookFaults) -> None:
    """A text that people read, and that says nothing."""
    if isinstance(node.value, str) and not _UNSEEN.sub("", node.value).strip():
        faults.remark(node, "blank_text")


def remark_name(node: Node, faults: PlaybookFaults) -> None:
    """A name stands in rows, on buttons and within sentences."""
    if not isinstance(node.value, str):
        return
    if found := _LINE.search(node.value.rstrip("\n")):
        faults.remark(node, "line_in_name", seen=f"U+{ord(found[0]):04X}")
    if found := _BRACE.search(node.value):
        faults.remark(node, "brace_in_name", seen=found[0])
    if len(node.value) > LONGEST_NAME:
        faults.remark(node, "name_of_length", count=len(node.value), most=LONGEST_NAME)


def remark_id(node: Node, faults: PlaybookFaults, own_id: str, taken: Collection[str] = ()) -> None:
    """An id that nobody writes again as it stands, that no address, list or column can hold, or
    that the software needs for itself. `taken`: such names beside those of browsers.
    """
    shown = own_id[:40]
    if found := _NO_ID.search(own_id):
        faults.remark(node, "faulty_id", seen=shown, sign=found[0].strip() or "␣")
    elif len(own_id) > LONGEST_ID:
        faults.remark(node, "long_id", seen=shown, count=len(own_id), most=LONGEST_ID)
    elif own_id in taken or own_id.lower() in _OF_BROWSERS:
        faults.remark(node, "taken_id", seen=shown, hint=f"{own_id}-1")
    elif own_id != (plain := _plain_id(own_id)):
        faults.remark(node, "sign_in_id", seen=shown, **({"hint": plain} if plain else {}))


def _plain_id(own_id: str) -> str:
    """Letters of any script and digits; hyphens, low lines and full stops after the first one."""
    signs = (sign if _is_plain(sign) else "-" for sign in own_id)
    return re.sub("--+", "-", "".join(signs)).strip(_PLAIN) if not _is_id(own_id) else own_id


def _is_id(own_id: str) -> bool:
    return all(map(_is_plain, own_id)) and own_id[:1] not in {*_PLAIN, ""}


def _is_plain(sign: str) -> bool:
    return sign in _PLAIN or unicodedata.category(sign)[0] in _OF_WORDS


def remark_quoted(node: Node, faults: PlaybookFaults) -> None:
    """Nobody writes the quotation marks around a word that is looked for."""
    if isinstance(node.value, str) and _QUOTED.fullmatch(node.value):
        faults.remark(node, "quoted_word", seen=node.value.strip()[:40])
