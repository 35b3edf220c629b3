"""Which words the catalogues lack, each with the file in which to write it."""

from collections.abc import Iterable

from dispatch.translations import LANGUAGES, catalogue


def words_to_write(keys: Iterable[str]) -> list[str]:
    """`fact.depth in dispatch/translations/en/playbook.json`, for each key and language."""
    return [
        f"{key.partition('.')[2]} in dispatch/translations/{language}/{key.partition('.')[0]}.json"
        for key in keys
        for language in LANGUAGES
        if key not in catalogue(language)
    ]
