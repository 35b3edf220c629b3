"""Every effect of a rule is told, in words that every language has."""

from dataclasses import fields

import pytest
from wording import words_to_write

from dispatch.rules.book.files.effects import EFFECTS
from dispatch.rules.book.rule import Effects
from dispatch.rules.telling.effects_in_words import TELLERS
from dispatch.rules.telling.schema import playbook_schema

TOLD_APART = {"lead", "needs_person"}  # the head of every explanation


def test_every_effect_of_a_rule_stands_in_the_table():
    assert [field.name for field in fields(Effects)] == [*EFFECTS]


def test_every_effect_is_told():
    lacking = EFFECTS.keys() - TELLERS.keys() - TOLD_APART
    assert not lacking, (
        f"write how these are told into TELLERS of telling/effects_told.py: {lacking}"
    )
    assert TELLERS.keys() <= EFFECTS.keys()


@pytest.mark.parametrize("effect", TELLERS)
def test_every_effect_has_its_words(effect):
    lacking = words_to_write(TELLERS[effect].words)
    assert not lacking, f"write for {effect}: {'; '.join(lacking)}"


def test_editors_are_offered_every_effect():
    rules = playbook_schema()["$defs"]["rules.yaml"]["properties"]["rules"]["items"]["properties"]
    assert {name: rules[name] for name in EFFECTS} == {
        name: effect.schema for name, effect in EFFECTS.items()
    }
