"""Which command belongs to which of the three administrators, and who acts by `--as`."""

from collections.abc import Mapping
from typing import Final

import click

from dispatch import clock
from dispatch.cli import ACTING
from dispatch.domain.administrators import AUDIT, ROLE_OF, SECURITY, SYSTEM, refuse_anothers_deed
from dispatch.errors import Refused
from dispatch.store.audit import COMMAND_RUN, AuditEvent
from dispatch.store.people import find_person, grants_of
from dispatch.store.role_holders import units_with_people
from dispatch.store.transaction import Store

# None: of nobody alone. What begins an installation, or runs it, has nobody to ask yet; playbooks
# are the city's own work, and what publishes them asks for hands of its own.
DUTIES: Final[Mapping[str, str | None]] = {
    "init": None,
    "serve": None,
    "restore": None,
    "check": None,
    "backup": SYSTEM,
    "notices held": SYSTEM,
    "notices release": SYSTEM,
    "notices drop": SYSTEM,
    "promises reapply": SYSTEM,
    "promises load-year": SYSTEM,
    "replay": SYSTEM,
    "person add": SECURITY,
    "person disable": SECURITY,
    "person grant": SECURITY,
    "person link": SECURITY,
    "person sign-ins": SECURITY,
    "person sign-out": SECURITY,
    "person reset-second-factor": SECURITY,
    "token": SECURITY,
    "verify": AUDIT,
    "due": None,
    "report": None,
    "playbook check": None,
    "playbook test": None,
    "playbook explain": None,
    "playbook find": None,
    "playbook replay": None,
    "playbook publish": None,
    "playbook diff": None,
    "playbook import": None,
    "playbook export": None,
    "playbook versions": None,
}


def take_responsibility(store: Store) -> None:
    """Who runs this command is asked where administrators are kept apart, and stands in the audit
    trail wherever it is said. Raises Refused acting_as_whom, unknown_person, admins_apart, or that
    it belongs to another administrator.

    That somebody is who they say is believed: whoever has a shell here can read the key itself.
    """
    context = click.get_current_context()
    command = _name_of(context)
    who: str | None = context.find_root().meta.get(ACTING)
    kind = DUTIES.get(command) if store.settings.three_admins else None
    if who is None:
        if kind is not None:
            raise Refused("acting_as_whom")
        return
    actor = _answerable(store, who, kind)
    with store.write() as tx:
        tx.audit(AuditEvent(COMMAND_RUN, actor=actor, codes={"command": command}))


def _answerable(store: Store, who: str, kind: str | None) -> str:
    """The id of the person, who may do deeds of this kind."""
    with store.read() as session:
        person = find_person(session, store.seal, who)
        if person is None or person.disabled_at is not None:
            raise Refused("unknown_person", name=who)
        if kind is not None:
            roles = [grant.role for grant in grants_of(session, person.id, clock.wall())]
            is_filled = bool(units_with_people(session, (ROLE_OF[kind],)))
            refuse_anothers_deed(kind, roles, is_filled=is_filled)
        return person.id


def _name_of(context: click.Context) -> str:
    """The command as it is typed behind the program's own name."""
    if context.parent is None:
        return ""
    return f"{_name_of(context.parent)} {context.info_name}".strip()
