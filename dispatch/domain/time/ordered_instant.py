"""An instant with a key, so that rows of one instant have an order."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class OrderedInstant:
    """When a row was made, and its key. Keys grow: of two rows of the same instant the one with the
    smaller key is older.
    """

    at: datetime
    key: str
