"""A signed webhook: JSON that another system receives, signed with HMAC-SHA256."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from dispatch import clock
from dispatch.channels.channel import Channel
from dispatch.channels.deadline import WHOLE_S, within
from dispatch.channels.message import Message
from dispatch.channels.one_line import WORDS, one_line

TIMEOUT_S: Final = 10
_KINDS: Final = {"http": HTTPConnection, "https": HTTPSConnection}


class WebhookRefusedError(Exception):
    """The other side answered, but not with 2xx."""


@dataclass(frozen=True)
class Webhook:
    """`secret`: both sides have it; nobody else can write a signature."""

    address: str
    secret: str
    zone: str

    def send(self, messages: Sequence[Message]) -> str:
        """Raises OSError where nobody answers in time, WebhookRefusedError for anything but 2xx."""
        server = urlsplit(self.address)
        body = json.dumps(self._body(messages), ensure_ascii=False).encode()
        connection = _KINDS[server.scheme](server.netloc, timeout=TIMEOUT_S)
        try:
            path = f"{server.path or '/'}{'?' if server.query else ''}{server.query}"
            with within(WHOLE_S, connection):
                connection.request("POST", path, body, self._headers(body))
                status = connection.getresponse().status
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise WebhookRefusedError(f"status {status}")
        return f"webhook {status}"

    def _body(self, messages: Sequence[Message]) -> dict[str, object]:
        return {
            "to": messages[0].to_ref,
            "messages": [
                {
                    "id": message.id,
                    "code": message.code,
                    "number": message.number,
                    "category": message.category,
                    "street": message.street,
                    "life_safety": message.life_safety,
                    "kind": message.kind,
                    "place": message.place,
                    "clock": message.clock,
                    "due_at": message.due_at,
                    "link": message.link,
                    "text": one_line(message, self.zone),
                    "params": message.params,
                }
                for message in messages
            ],
        }

    def _headers(self, body: bytes) -> dict[str, str]:
        at = f"{clock.wall():%Y%m%dT%H%M%SZ}"
        return {
            "Content-Type": "application/json",
            "X-Shaodao-Time": at,
            "X-Shaodao-Signature": signature(self.secret, at, body),
        }


def signature(secret: str, at: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a dot and the body, so that a recorded message grows old."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


CHANNEL: Final = Channel(
    name="webhook",
    open=lambda settings, zone: Webhook(settings.webhook_url, settings.webhook_secret, zone).send,
    needs=("webhook_url",),
    knobs=("webhook_secret",),
    words=WORDS,
    reasons=((WebhookRefusedError, "refused"),),
)
