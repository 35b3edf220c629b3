"""Why a gateway did not take a message: one word for each cause, then what the gateway said."""

import socket
import ssl
from collections.abc import Sequence
from typing import Final

Reasons = Sequence[tuple[type[Exception], str]]

LONGEST: Final = 500
OTHER: Final = "failed"
# Of every channel, after its own. The first that fits: what is more special stands before what it
# is a kind of.
REASONS: Final[Reasons] = (
    (ssl.SSLCertVerificationError, "certificate_refused"),
    (ssl.SSLError, "tls_failed"),
    (TimeoutError, "timed_out"),
    (ConnectionRefusedError, "connection_refused"),
    (socket.gaierror, "unknown_host"),
    (OSError, "unreachable"),
)
# With these the gateway itself is out of order: whatever else waits for it need not try.
ABOUT_THE_GATEWAY: Final = frozenset(
    {
        *("certificate_refused", "tls_failed", "login_refused", "not_offered", "hung_up"),
        *("timed_out", "connection_refused", "unknown_host", "unreachable"),
    }
)


def reason_of(error: Exception, own: Reasons = ()) -> str:
    """`own`: the reasons of the channel that failed."""
    known = (*own, *REASONS)
    return next((reason for kind, reason in known if isinstance(error, kind)), OTHER)


def receipt_of(error: Exception, own: Reasons = ()) -> str:
    """For the notice: `login_refused: (535, b'bad credentials')`."""
    return f"{reason_of(error, own)}: {str(error) or repr(error)}"[:LONGEST]
