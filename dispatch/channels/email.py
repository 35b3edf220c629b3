"""E-mail to a unit's duty mailbox, over SMTP."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dispatch.channels.channel import Channel
from dispatch.channels.message import Message
from dispatch.channels.one_line import WORDS, one_line
from dispatch.translations import own_language, translate

TIMEOUT_S: Final = 10
_PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """`address`: smtp://user:password@host:587?from=…&to={desk}@…, `tls=no` within one network.

    smtps:// speaks TLS from the first byte; `{desk}` is the unit's slug. Signs of the address in
    user or password are written as %40. A certificate that nobody vouches for is refused.
    """

    address: str
    zone: str

    def send(self, messages: Sequence[Message]) -> str:
        """One letter for all of them; its Message-ID is the first one's, so a repeat is known."""
        server = urlsplit(self.address)
        asked = {name: values[0] for name, values in parse_qs(server.query).items()}
        letter = self._letter(messages, asked)
        with _connect(server) as connection:
            if server.scheme == "smtp" and asked.get("tls") != "no":
                connection.starttls(context=ssl.create_default_context())
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(letter)
        return f"mail {letter['Message-ID']}"

    def _letter(self, messages: Sequence[Message], asked: dict[str, str]) -> EmailMessage:
        first = messages[0]
        letter = EmailMessage()
        letter["From"] = asked["from"]
        letter["To"] = asked["to"].replace("{desk}", first.to_ref)
        letter["Message-ID"] = f"<{first.id}@shaodao>"
        letter["Subject"] = translate(own_language(), "notices.subject", count=len(messages))
        letter.set_content("\n".join(one_line(message, self.zone) for message in messages) + "\n")
        return letter


def _connect(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=TIMEOUT_S)


CHANNEL: Final = Channel(
    name="email",
    open=lambda settings, zone: Mail(settings.mail_url, zone).send,
    needs=("mail_url",),
    words=("notices.subject", *WORDS),
    reasons=(
        (smtplib.SMTPAuthenticationError, "login_refused"),
        (smtplib.SMTPNotSupportedError, "not_offered"),
        (smtplib.SMTPRecipientsRefused, "recipient_refused"),
        (smtplib.SMTPSenderRefused, "sender_refused"),
        (smtplib.SMTPServerDisconnected, "hung_up"),
        (smtplib.SMTPException, "refused"),
    ),
)
