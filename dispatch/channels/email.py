"""E-mail to a unit's duty mailbox, over SMTP."""

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from dispatch.channels.channel import Channel
from dispatch.channels.deadline import WHOLE_S, within
from dispatch.channels.message import Message
from dispatch.channels.one_line import WORDS, one_line
from dispatch.translations import own_language, translate

TIMEOUT_S: Final = 10
_GREETED: Final = 220
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
        connection = _speaker(server)
        with within(WHOLE_S, connection), closing(connection):
            _connect(connection, server)
            if server.scheme == "smtp" and asked.get("tls") != "no":
                connection.starttls(context=ssl.create_default_context())
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(letter)
            with suppress(smtplib.SMTPException, OSError):  # the letter is theirs already
                connection.quit()
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


class _Unconnected:
    """Its constructor connects to nobody, so that a deadline holds from the first byte."""

    is_made = False

    def connect(self, *address: Any, **more: Any) -> tuple[int, bytes]:
        """The second call connects: the first is the constructor's."""
        if self.is_made:
            told: tuple[int, bytes] = super().connect(*address, **more)  # type: ignore[misc]  # SMTP's
            return told
        self.is_made = True
        return _GREETED, b""


class _Plain(_Unconnected, smtplib.SMTP):
    """TLS begins later, or never."""


class _Secure(_Unconnected, smtplib.SMTP_SSL):
    """TLS from the first byte."""


def _speaker(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    if server.scheme == "smtps":
        return _Secure(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    return _Plain(host, port, timeout=TIMEOUT_S)


def _connect(speaker: smtplib.SMTP, server: SplitResult) -> None:
    """Raises SMTPConnectError for a server that does not want to talk."""
    code, said = speaker.connect(server.hostname or "", server.port or _PORTS[server.scheme])
    if code != _GREETED:
        raise smtplib.SMTPConnectError(code, said)


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
