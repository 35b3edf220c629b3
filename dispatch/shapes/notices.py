"""What the desks of a person are told about the installation itself."""

from typing_extensions import TypedDict

from dispatch.shapes.vocabulary import Instant


class DeskNotice(TypedDict):
    """One that still matters."""

    id: str
    code: str
    at: Instant
    sentence: str


class DeskNotices(TypedDict):
    """The newest first; empty for people who hold no such desk."""

    now: Instant
    notices: list[DeskNotice]
