"""Reads ids that stand under a key of their own; those that are keys are read as `entries`."""

from collections.abc import Collection

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.said import remark_id
from dispatch.rules.language.values import as_text


def as_id(node: Node, faults: PlaybookFaults, taken: Collection[str] = ()) -> str:
    """An id other than those `taken` by the software."""
    found = as_text(node, faults)
    if isinstance(node.value, str):
        remark_id(node, faults, found, taken)
    return found
