"""When a row was made, with an order for those of one instant."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class OrderedInstant:
    """An instant and the key of the row that was made then. Keys grow: of two rows of one instant
    the one with the smaller key is the older.
    """

    at: datetime
    key: str
