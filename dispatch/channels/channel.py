"""A channel as a value: its name, the knobs that open it, how it sends, what it cannot do."""

from collections.abc import Callable
from dataclasses import dataclass

from dispatch.channels.message import Send
from dispatch.settings import Settings


@dataclass(frozen=True)
class Channel:
    """`name`: as notices keep it. `open`: settings and the district's time zone in, Send out.

    `needs`: knobs without which it is closed; `knobs`: others that it reads. `at_once`: how many
    messages for one recipient it sends together, None for all that wait. `goes_outside`: it carries
    copies of what desks are told in the application. `words`: the keys in the catalogues of words
    that it speaks. `reasons`: the word for each error of its own, the more special before what it
    is a kind of; the errors of sockets and TLS have theirs in reasons.py.
    """

    name: str
    open: Callable[[Settings, str], Send]
    needs: tuple[str, ...] = ()
    knobs: tuple[str, ...] = ()
    at_once: int | None = None
    goes_outside: bool = True
    words: tuple[str, ...] = ()
    reasons: tuple[tuple[type[Exception], str], ...] = ()

    def is_open(self, settings: Settings) -> bool:
        """Whether this installation has set all that it needs."""
        return all(getattr(settings, knob) for knob in self.needs)
