"""The message that a channel carries: never a person's name, phone, photo or flat number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Message:
    """One notice on its way. `to_kind` person | desk | reporter, `to_ref` whom of that kind.

    `id` is the notice's: who receives the same id twice has received it once. Without number and
    category it is about the installation, not about an alert. `kind` and `place`: category and
    street by their names; `clock`: what is promised next, `due_at` until when; `link`: where one
    reads the rest, after a log-in.
    """

    id: str
    to_kind: str
    to_ref: str
    code: str
    params: Mapping[str, Any]
    number: str | None
    category: str | None
    street: str | None
    life_safety: bool
    kind: str = ""
    place: str = ""
    clock: str | None = None
    due_at: str | None = None
    link: str = ""


# Takes messages for one recipient; returns the receipt, or raises whatever kept it from sending.
Send = Callable[[Sequence[Message]], str]
