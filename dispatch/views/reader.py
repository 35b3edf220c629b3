"""Who reads an alert: with which rights, in which language, by which playbook, when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dispatch.domain.roles import Access, Organisation
from dispatch.rules.book.playbook import Playbook
from dispatch.store.sealing import Seal
from dispatch.translations import tongue_of
from dispatch.views.countdown import Calendars, no_calendars


@dataclass(frozen=True)
class Reader:
    """Who reads, in which language, by which playbook, when."""

    access: Access
    organisation: Organisation
    playbook: Playbook
    seal: Seal
    language: str
    now: datetime
    calendars: Calendars = no_calendars
    versions: Callable[[int], Playbook] | None = None

    @property
    def editions(self) -> Callable[[int], Playbook]:
        """Every version of the playbook, as it was published; the present one where none were
        given.
        """
        return self.versions or (lambda _version: self.playbook)

    @property
    def tongue(self) -> str:
        """By what labels call the language."""
        return tongue_of(self.language)

    def unit_label(self, slug: str | None) -> str:
        unit = self.playbook.units.get(slug or "")
        return unit.label[self.tongue] if unit else (slug or "")
