"""What a deed registers can be said: its notices, and each variant of its sentence."""

import pytest

import dispatch.deeds  # noqa: F401 - each deed registers itself at import
from dispatch.domain.law.deeds import LORE
from dispatch.domain.law.events import EVENTS
from dispatch.translations import LANGUAGES, catalogue


def missing(keys):
    """By file, the words that a language lacks."""
    lacking = {}
    for language in LANGUAGES:
        for key in sorted(keys - set(catalogue(language))):
            room, _, name = key.partition(".")
            lacking.setdefault(f"dispatch/translations/{language}/{room}.json", []).append(name)
    return lacking


@pytest.mark.parametrize("name", LORE)
def test_whoever_is_told_of_a_deed_is_told_in_words(name):
    lore = LORE[name]
    notices = {tells.notice for tells in lore.tells} | {lore.tells_followers}
    lacking = missing({f"notices.{notice}" for notice in notices if notice})
    assert not lacking, f"write what {name} tells: {lacking}"


@pytest.mark.parametrize("name", LORE)
def test_each_variant_of_a_deed_has_a_sentence_of_its_own(name):
    lacking = missing({f"log.{name}.{variant}" for variant in LORE[name].variants})
    assert not lacking, f"write the sentences of {name}: {lacking}"


def test_what_the_city_itself_records_has_a_sentence():
    lacking = missing({f"log.{event}" for event in EVENTS})
    assert not lacking, f"write these: {lacking}"
