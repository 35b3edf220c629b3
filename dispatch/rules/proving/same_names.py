"""Tells units and words of the city that are called the same: nobody can tell them apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from dispatch.rules.book.district import Unit
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookFault
from dispatch.translations import catalogue, language_of

_TERMS: Final = "terms."
Named = Iterable[tuple[str, str]]


def units_of_one_name(playbook: Playbook) -> Iterator[PlaybookFault]:
    """Two that one can choose, or two areas below the same one, with one label."""
    small = {"community", "grid"}
    beside: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in playbook.units.values():
        beside[(unit.parent or "") if unit.kind in small else ""].append(unit)
    for here in beside.values():
        named = ((unit.id, unit.label[playbook.district.language]) for unit in here)
        for one, other, name in _doubles(named):
            told = {"unit": other, "other": one, "name": name}
            yield _fault(playbook, _where(playbook, other), "units_of_one_name", told)


def _where(playbook: Playbook, unit: str) -> str:
    return f"units.{unit}" if f"units.{unit}" in playbook.written else f"areas.{unit}"


def terms_of_one_name(playbook: Playbook) -> Iterator[PlaybookFault]:
    """The city's word for one thing is the word for another one, its own or the package's."""
    for tongue in playbook.district.languages:
        package = {
            key.removeprefix(_TERMS): words
            for key, words in catalogue(language_of(tongue)).items()
            if key.startswith(_TERMS)
        }
        own = {term: label[tongue] for term, label in playbook.labels.items()}
        for one, other, name in _doubles({**package, **own}.items()):
            if one in own or other in own:
                term, beside = (other, one) if other in own else (one, other)
                told = {"term": term, "other": beside, "name": name}
                yield _fault(playbook, term, "terms_of_one_name", told)


def _doubles(named: Named) -> Iterator[tuple[str, str, str]]:
    """The first of a name, the next one, and the name."""
    first: dict[str, str] = {}
    for own_id, name in named:
        if name.strip() and (one := first.setdefault(name.strip().casefold(), own_id)) != own_id:
            yield one, own_id, name


def _fault(playbook: Playbook, where: str, code: str, told: dict[str, str]) -> PlaybookFault:
    at = playbook.written[where]
    return PlaybookFault(at.file, at.line, at.column, at.path, code, told, "warning")
