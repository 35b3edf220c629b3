"""Publishes a version of the playbook with one more year of holidays and make-up days."""

from typing import Final

from dispatch.errors import Refused
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.store.playbooks import active_version, files_of, keep_version
from dispatch.store.transaction import Store

_FILE: Final = "calendars.yaml"
_SECTION: Final = "years:"


def load_year(store: Store, year: int, notice: str) -> int:
    """Publishes the active playbook with the year added, and returns the new version's number.

    `notice`: the year's YAML (source, holidays, working_days); every calendar of the playbook gets
    them. Promises that waited for the year get their due times; no other moves. Raises
    PlaybookRefused naming every fault, Refused not_found without a playbook.
    """
    with store.write() as tx:
        active = active_version(tx.session)
        if active is None:
            raise Refused("not_found")
        files = files_of(tx.session, active)
        written = _with_year(files[_FILE].decode(), year, notice)
        version = keep_version(tx.session, {**files, _FILE: written.encode()}, f"{year}", tx.now)
    publish_playbook(store, Publication(version, note=f"{year}"))
    return version


def _with_year(calendars: str, year: int, notice: str) -> str:
    """The file with the year at its end; `years` is its last section, comments stay."""
    begun = any(line.startswith(_SECTION) for line in calendars.splitlines())
    indented = "".join(f"    {line}\n" for line in notice.splitlines() if line.strip())
    head = calendars.rstrip("\n") + ("\n" if begun else f"\n\n{_SECTION}\n")
    return f'{head}  "{year}":\n{indented}'
