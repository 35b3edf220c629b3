"""What somebody asks `playbook explain`, read with the playbook: nothing is taken that it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from dispatch import clock
from dispatch.domain.places import Place
from dispatch.rules.book.category import Category, FormField
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import guess
from dispatch.rules.questions.answers import Answer, UnreadableAnswerError
from dispatch.rules.questions.kinds import KINDS
from dispatch.translations import translate


@dataclass(frozen=True)
class Asked:
    """Raises click.BadParameter, exit code 2, in the words in which the playbook's own faults are
    told.
    """

    book: Playbook
    tongue: str

    def known(self, option: str, code: str, value: str | None, known: Iterable[str]) -> None:
        """Refuse what is not there, and say what was meant."""
        names = list(known)
        if value is None or value in names:
            return
        raise self._refusal(option, code, seen=value, tail=self._meant(value, names))

    def _meant(self, value: str, known: Iterable[str]) -> str:
        hint = guess(value, known).get("hint")
        return translate(self.tongue, "playbook.did_you_mean", hint=hint) if hint else ""

    def units_of_kind(self, kind: str) -> list[str]:
        return [unit.id for unit in self.book.units.values() if unit.kind == kind]

    def place(self, position: tuple[float, float] | None) -> Place | None:
        """Where the polygons say that it is. NaN is between no two numbers."""
        if position is None:
            return None
        lon, lat = position
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise self._refusal("--position", "not_degrees", lon=lon, lat=lat)
        return self.book.places.resolve(lon, lat)

    def instant(self, written: str | None) -> datetime:
        if written is None:
            return clock.now()
        local = self._time("--at", written)
        return (
            local if local.tzinfo else local.replace(tzinfo=ZoneInfo(self.book.district.timezone))
        )

    def answers(self, written: tuple[str, ...], category: Category) -> dict[str, Answer]:
        """NAME=VALUE pairs, read as the category's form asks them."""
        fields = {field.name: field for field in category.fields}
        pairs = [(name, value) for name, _, value in (each.partition("=") for each in written)]
        for name, _ in pairs:
            self.known("--answer", "unknown_field", name, fields)
        return {name: self._answer(value, fields[name]) for name, value in pairs}

    def _answer(self, value: str, field: FormField) -> Answer:
        try:
            return KINDS[field.kind].from_text(value, field.choices)
        except UnreadableAnswerError as wrong:
            meant = self._meant(wrong.seen, wrong.known)
            raise self._refusal("--answer", wrong.code, seen=wrong.seen, tail=meant) from None

    def _time(self, option: str, written: str) -> datetime:
        try:
            return datetime.fromisoformat(written)
        except ValueError:
            raise self._refusal(option, "not_date_time", seen=written) from None

    def _refusal(
        self, option: str, code: str, tail: str = "", **params: object
    ) -> click.BadParameter:
        words = translate(self.tongue, f"playbook.{code}", **params)
        return click.BadParameter(words + tail, param_hint=option)
