"""Reads a body that has text fields and nothing else."""

from collections.abc import Collection
from typing import Any

from dispatch.blueprints.bodies import body
from dispatch.errors import Fault, Refused
from dispatch.shapes.session import LONGEST_WORD


def texts(*wanted: str, may_lack: Collection[str] = ()) -> list[str]:
    """The body's fields, all of them texts and nothing else, empty where one may lack; raises
    Refused invalid.
    """
    sent = {**dict.fromkeys(may_lack), **body()}
    asked = [name for name in wanted if name not in may_lack or sent[name] is not None]
    faults = [fault for name in asked for fault in _faults(name, sent.get(name))]
    known = {"known": ", ".join(wanted)}
    faults += [Fault(name, "unknown_field", known) for name in sent if name not in wanted]
    if faults:
        raise Refused("invalid", faults=faults, count=len(faults))
    return [sent[name] or "" for name in wanted]


def _faults(name: str, value: Any) -> list[Fault]:
    if value is None or value == "":
        return [Fault(name, "missing")]
    if not isinstance(value, str):
        return [Fault(name, "wrong_type", {"wanted": "text"})]
    if len(value) > LONGEST_WORD:
        return [Fault(name, "too_long", {"most": LONGEST_WORD})]
    return []
