"""The parameters of a refusal as people call them: names of steps and units, and local times."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from dispatch.blueprints.request_access import store
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.telling.names import tongue_of
from dispatch.translations import has_words, translate
from dispatch.translations.spoken_instant import spoken_instant


def params_in_words(params: Mapping[str, object], language: str) -> dict[str, object]:
    """Codes and instants in words of the language; whatever nothing is known of stays."""
    return {name: _said(name, value, language) for name, value in params.items()}


def _said(name: str, value: object, language: str) -> object:
    if isinstance(value, datetime):
        return spoken_instant(value, _playbook().district.timezone, language)
    read = _READ.get(name)
    return value if read is None or not isinstance(value, str) else read(value, language)


def _word(group: str) -> Callable[[str, str], str]:
    def said(code: str, language: str) -> str:
        key = f"{group}.{code}"
        return translate(language, key) if code and has_words(key) else code

    return said


def _who(codes: str, language: str) -> str:
    said = (_word("words.turn")(code, language) for code in codes.split(","))
    return translate(language, "words.list.comma").join(said)


def _unit(code: str, language: str) -> str:
    """A unit by its label, the reporter or nobody in words."""
    if not code:
        return translate(language, "log.nobody")
    unit = _playbook().units.get(code)
    return unit.label[tongue_of(language)] if unit else _word("words.turn")(code, language)


def _playbook() -> Playbook:
    with store().read() as session:
        return store().playbook(session)


_READ: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "step": _word("words.step"),
    "status": _word("words.status"),
    "who": _who,
    "unit": _unit,
}
