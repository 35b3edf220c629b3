"""Publishes the default playbook in a moment: its files are read and packed once a process."""

from functools import cache
from pathlib import Path

from dispatch.rules.book.archives import pack
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import activate, keep_packed
from dispatch.store.transaction import Store


def publish(store: Store) -> None:
    """The default playbook as the first version, as `init` publishes it."""
    with store.write() as deed:
        packed = _packed(store.settings.playbook)
        activate(deed.session, keep_packed(deed.session, packed, "first", deed.now))


@cache
def _packed(playbook: Path) -> bytes:
    return pack(read_folder(playbook))
