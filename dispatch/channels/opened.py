"""Which channels has this installation opened? Outside ones are off until they are configured."""

from collections.abc import Mapping

from dispatch.channels import in_app, log
from dispatch.channels.email import Mail
from dispatch.channels.message import Send
from dispatch.channels.webhook import Webhook
from dispatch.settings import Settings

IN_APP = "in_app"


def opened(settings: Settings, zone: str) -> Mapping[str, Send]:
    """By name; with `channels_dry` the outside ones only write into the server's log."""
    outside: dict[str, Send] = {}
    if settings.mail_url:
        outside["email"] = Mail(settings.mail_url, zone).send
    if settings.webhook_url:
        outside["webhook"] = Webhook(settings.webhook_url, settings.webhook_secret, zone).send
    if settings.channels_dry:
        outside = dict.fromkeys(outside, log.send)
    return {IN_APP: in_app.send, **outside}
