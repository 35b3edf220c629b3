"""Sends the head of log and audit trail out of reach of whoever can write the database."""

import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from dispatch.channels import dry_run
from dispatch.channels.email import Mail
from dispatch.channels.message import Message, Send
from dispatch.channels.webhook import Webhook
from dispatch.settings import Settings
from dispatch.store.heads import parted

ANCHOR: Final = "anchor"
_HEAD: Final = re.compile(r"[0-9]+:[0-9a-f]{64}(?:/[0-9]+:[0-9a-f]{64})?")


class NoMailServerError(Exception):
    """The head is to go by mail, and DISPATCH_MAIL_URL is empty."""


def is_head(written: str) -> bool:
    """Whether this is a head as `verify` prints it."""
    return _HEAD.fullmatch(written) is not None


def anchored_heads(anchor: str) -> list[str]:
    """The heads that were sent to a file; none where the anchor is no file that can be read."""
    if not anchor or _scheme(anchor) or not Path(anchor).is_file():
        return []
    return _HEAD.findall(Path(anchor).read_text(encoding="utf-8", errors="replace"))


def send_head(settings: Settings, zone: str, head: str, at: datetime) -> None:
    """Sends it to where DISPATCH_ANCHOR says; raises whatever keeps it from arriving."""
    scheme = _scheme(settings.anchor)
    if scheme is None:
        _append(Path(settings.anchor), f"{at:%Y-%m-%dT%H:%M:%SZ} {head}\n")
        return
    send = dry_run.send if settings.channels_dry else _SENDERS[scheme](settings, zone)
    send([_message(head, at)])


def _scheme(anchor: str) -> str | None:
    """None for a file."""
    return next((scheme for scheme in _SENDERS if anchor.startswith(f"{scheme}:")), None)


def _append(file: Path, line: str) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as kept:
        kept.write(line)
        kept.flush()
        os.fsync(kept.fileno())


def _by_mail(settings: Settings, zone: str) -> Send:
    if not settings.mail_url:
        raise NoMailServerError("DISPATCH_MAIL_URL is empty")
    server = urlsplit(settings.mail_url)
    asked = {name: values[0] for name, values in parse_qs(server.query).items()}
    to = {"to": settings.anchor.removeprefix("mailto:")}
    return Mail(server._replace(query=urlencode(asked | to)).geturl(), zone).send


def _by_webhook(settings: Settings, zone: str) -> Send:
    return Webhook(settings.anchor, settings.webhook_secret, zone).send


_SENDERS: Final[Mapping[str, Callable[[Settings, str], Send]]] = {
    "mailto": _by_mail,
    "https": _by_webhook,
    "http": _by_webhook,
}


def _message(head: str, at: datetime) -> Message:
    log, audit = parted(head)
    n, _, digest = log.partition(":")
    return Message(
        id=f"{ANCHOR}-{n}-{digest[:12]}-{audit.partition(':')[0] or 0}",
        to_kind="desk",
        to_ref="admin",
        code=ANCHOR,
        params={"head": head, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}"},
        number=None,
        category=None,
        street=None,
        life_safety=False,
    )
