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
    """Who reads, in which language, by which playbook, when. `decided_by`: the playbook that
    took in the alert that is read.
    """

    access: Access
    organisation: Organisation
    playbook: Playbook
    seal: Seal
    language: str
    now: datetime
    calendars: Calendars = no_calendars
    versions: Callable[[int], Playbook] | None = None
    decided_by: Playbook | None = None

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

    def category_label(self, code: str) -> str:
        label = self.playbook.category_label(code)
        return label[self.tongue] if label else code

    def book_with(self, category: str) -> Playbook:
        """The playbook that has a category: the present one, else that which took the alert in."""
        return self.playbook if category in self.playbook.categories else self._first

    @property
    def _first(self) -> Playbook:
        return self.decided_by or self.playbook

    def rule_label(self, rule_id: str) -> str:
        """What a rule is called, or was when the alert was taken in; else its id."""
        rule = self.playbook.rule(rule_id) or self._first.rule(rule_id)
        return rule.label[self.tongue] if rule else rule_id

    def unit_label(self, slug: str | None) -> str:
        label = self.playbook.unit_label(slug)
        return label[self.tongue] if label else (slug or "")
