"""An address of the interface as a value: what it takes, answers and refuses."""

from dataclasses import dataclass
from typing import Any, Literal

from dispatch.shapes.filters import Filter


@dataclass(frozen=True)
class Route:
    """One address below `/api/v1/`, or beside it where it begins with a slash.

    `name`: what programs call it, `about`: what it does. `answers`: the shape of a success as JSON;
    None: no JSON: a `file` of one of these media types, or nothing (204). `body`: the shape of what
    is sent; None: nothing, or bytes as one of the media types of `sends`. `asks`: the parameters of
    the address. `makes`: 201 for something new, 200 for the same again. `is_kept`: browsers keep
    the answer and ask again whether it is the same (304). `refuses`: what only this address
    refuses. `only_in_test`: anywhere else there is no such address.
    """

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str
    name: str
    about: str
    answers: Any = None
    body: Any = None
    file: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    asks: tuple[Filter, ...] = ()
    refuses: tuple[str, ...] = ()
    makes: bool = False
    is_kept: bool = False
    is_public: bool = False
    only_in_test: bool = False
