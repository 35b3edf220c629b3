"""Why did a gateway not take a message? One word for each cause, before what it said itself."""

import smtplib
import socket
import ssl
from typing import Final

from dispatch.channels.webhook import WebhookRefusedError

LONGEST: Final = 500
OTHER: Final = "failed"
# The first that fits: what is more special stands before what it is a kind of.
REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (ssl.SSLCertVerificationError, "certificate_refused"),
    (ssl.SSLError, "tls_failed"),
    (smtplib.SMTPAuthenticationError, "login_refused"),
    (smtplib.SMTPNotSupportedError, "not_offered"),
    (smtplib.SMTPRecipientsRefused, "recipient_refused"),
    (smtplib.SMTPSenderRefused, "sender_refused"),
    (smtplib.SMTPServerDisconnected, "hung_up"),
    (smtplib.SMTPException, "refused"),
    (WebhookRefusedError, "refused"),
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


def reason_of(error: Exception) -> str:
    return next((reason for kind, reason in REASONS if isinstance(error, kind)), OTHER)


def told(error: Exception) -> str:
    """For the receipt: `login_refused: (535, b'bad credentials')`."""
    return f"{reason_of(error)}: {str(error) or repr(error)}"[:LONGEST]
