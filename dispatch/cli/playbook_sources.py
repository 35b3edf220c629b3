"""Where the playbook commands take a playbook from: a folder, an archive, a kept version."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from dispatch.cli.installation import installation
from dispatch.cli.playbook_output import output_language, print_faults
from dispatch.rules.book.archives import read_source
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.rules.telling.city_words import city_words
from dispatch.store.playbooks import active_version, files_of
from dispatch.store.transaction import Store
from dispatch.translations import (
    DEFAULT,
    FOR_OTHERS,
    LANGUAGES,
    PACKAGE_WORDS,
    CityWords,
    language_of,
    speaking,
)

SOURCE: Final = click.Path(exists=True, path_type=Path)
ACTIVE: Final = "active"
_LANGUAGE: Final = re.compile(rb"""^language:[ \t]*["']?([a-z]{2,3})\b""", re.MULTILINE)


def loaded(ctx: click.Context, source: str | Path, lang: str | None) -> Playbook:
    """The playbook of a folder, an archive, or a version of the installation; else exit code 1.
    From then on the command speaks its words.
    """
    files: Mapping[str, bytes] = {}
    try:
        files = files_from(str(source))
        book = load(files)
    except PlaybookRefused as refused:
        speak(ctx, words_as_written(files))
        print_faults(refused.faults, output_language(lang))
        ctx.exit(1)
    speak(ctx, city_words(book))
    return book


def speak(ctx: click.Context, words: CityWords) -> None:
    """To the end of the command, refusals included."""
    ctx.find_root().with_resource(speaking(words))


def words_as_written(files: Mapping[str, bytes]) -> CityWords:
    """What a playbook that cannot be read says of its language; the package's words do."""
    district = files.get("district.yaml")
    if district is None:
        return PACKAGE_WORDS
    found = _LANGUAGE.search(district)
    own = language_of(found[1].decode()) if found else DEFAULT
    return CityWords(tuple(dict.fromkeys((own, FOR_OTHERS, *LANGUAGES))))


def files_from(source: str) -> dict[str, bytes]:
    """Raises PlaybookRefused, Refused no_such_version."""
    if source == ACTIVE or source.isdecimal():
        with installation() as store:
            return files_of_version(store, source)
    path = Path(source)
    if not path.exists():
        raise click.BadParameter(source)
    return read_source(path)


def files_of_version(store: Store, version: str) -> dict[str, bytes]:
    """By a number, or ACTIVE; raises Refused no_such_version."""
    with store.read() as session:
        number = active_version(session) if version == ACTIVE else int(version)
        return files_of(session, number or 0)
