"""What a deed registers can be said: its notices, and each variant of its sentence."""

import pytest
from wording import words_to_write

import dispatch.deeds  # noqa: F401 - each deed registers itself at import
from dispatch.deeds.machinery import registry
from dispatch.domain.law.deed_table import DEED_TABLE
from dispatch.domain.law.events import EVENTS


@pytest.mark.parametrize("name", DEED_TABLE)
def test_whoever_is_told_of_a_deed_is_told_in_words(name):
    entry = DEED_TABLE[name]
    notices = {tells.notice for tells in entry.tells} | {entry.tells_followers}
    lacking = words_to_write(sorted(f"notices.{notice}" for notice in notices if notice))
    assert not lacking, f"write what {name} tells: {'; '.join(lacking)}"


@pytest.mark.parametrize("name", DEED_TABLE)
def test_each_variant_of_a_deed_has_a_sentence_of_its_own(name):
    lacking = words_to_write(f"log.{name}.{variant}" for variant in DEED_TABLE[name].variants)
    assert not lacking, f"write the sentences of {name}: {'; '.join(lacking)}"


def test_what_the_city_itself_records_has_a_sentence():
    lacking = words_to_write(sorted(f"log.{event}" for event in EVENTS))
    assert not lacking, f"write these: {'; '.join(lacking)}"


def test_a_step_without_its_deed_is_told_with_the_file_to_write(monkeypatch):
    monkeypatch.setattr(registry, "steps_without_deed", lambda: ["return"])
    with pytest.raises(LookupError, match=r"'return' .*: write dispatch/deeds/return_\.py"):
        registry.check_complete()


def test_a_deed_without_words_is_told_with_the_file_to_write_them_into(monkeypatch):
    words = dict(registry.catalogue("en"))
    del words["log.sign"]
    monkeypatch.setattr(registry, "catalogue", lambda _language: words)
    wanted = r"'sign' has no words: write 'sign' into dispatch/translations/\w+/log\.json"
    with pytest.raises(LookupError, match=wanted):
        registry.check_complete()
