"""Signs that mean something to a regular expression mean themselves in a playbook's words."""

import re

import pytest

from dispatch.rules.book.heard import pattern_of


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("a.b", "axb"),
        ("1+1", "11"),
        ("[火]", "火"),
        ("x?", "y"),
        ("^火", "火"),
        ("火$", "火"),
        ("\\d", "7"),
        ("火{2}", "火火"),
        ("x*y", "xxy"),
    ],
)
def test_a_sign_is_itself(word, other):
    heard = re.compile(pattern_of([word]))
    assert heard.search(f"那里有{word}了")
    assert not heard.search(f"那里有{other}了")
