"""What is known of a reason to refuse."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One reason to refuse: its HTTP status, and the names of the parameters of its sentence."""

    status: int
    params: tuple[str, ...] = ()
