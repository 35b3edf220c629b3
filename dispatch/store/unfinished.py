"""The mark of a restore that has begun and has not come to its end."""

from pathlib import Path
from typing import Final

from dispatch.errors import Refused

UNFINISHED: Final = "restore.unfinished"


def refuse_unfinished(data_dir: Path) -> None:
    """Raises Refused restore_unfinished: half of a city's alerts would pass for all of them."""
    if (data_dir / UNFINISHED).exists():
        raise Refused("restore_unfinished", path=data_dir)
