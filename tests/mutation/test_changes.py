"""The mutation tool itself: what it breaks, where, and that nothing else moves."""

import ast

import pytest

from mutation import __main__ as tool
from mutation.changes import mutants_of
from mutation.equivalents import equivalents

TABLE = [
    ("a < b", {"boundary: (a <= b)", "comparison: (a >= b)"}),
    ("a == b", {"comparison: (a != b)"}),
    ("a not in b", {"comparison: (a in b)"}),
    ("a is None", {"comparison: (a is not None)"}),
    ("a and b", {"and/or: (a or b)"}),
    ("not a", {"negation: (a)"}),
    ("a + b", {"arithmetic: (a - b)"}),
    ("a | b", {"arithmetic: (a & b)"}),
    ("f(a, b, c=a)", {"swapped: f(b, a, c=a)", "dropped: pass"}),
    ("f(a, a)", {"dropped: pass"}),
    ("x = max(a, b)", set()),
    ("x = y.where(a, b)", set()),
    ("x = 5", {"constant: (6)", "constant: (4)"}),
    ("x = True", {"constant: False"}),
    ("x = 'five'", set()),
    ("x = f'{a + 1}'", set()),
    ("x: 'list[1]' = a", set()),
    ("x += a", {"dropped: pass"}),
    ("if a: f()", {"negation: if (not (a)): f()", "dropped: pass"}),
    ("x = b if a else c", {"negation: b if (not (a)) else c"}),
]


def changes(source):
    return {f"{each.kind}: {each.instead}" for each in mutants_of("x.py", source.encode())}


@pytest.mark.parametrize(("source", "expected"), TABLE)
def test_what_can_be_broken(source, expected):
    assert changes(source) == expected


def test_only_the_place_itself_changes_and_characters_are_counted_as_bytes():
    source = '"""哨到"""\n\n\ndef f(a):\n    """路面"""\n    return a > 3  # 坑\n'.encode()
    boundary = next(each for each in mutants_of("x.py", source) if each.kind == "boundary")
    assert boundary.applied(source).decode() == source.decode().replace("a > 3", "(a >= 3)")
    assert (boundary.number, boundary.function) == (6, "f")
    assert (boundary.line, boundary.becomes) == (
        "return a > 3  # 坑",
        "return (a >= 3)  # 坑",
    )


def test_functions_are_named_as_their_code_objects_are():
    source = (
        b"x = 1\nclass A:\n    y = 2\n    def f(self):\n        def g():\n            return 3\n"
    )
    named = {each.line: each.function for each in mutants_of("x.py", source)}
    assert named == {"x = 1": "", "y = 2": "A", "return 3": "A.f.<locals>.g"}


def test_every_mutant_of_the_rooms_is_python_and_another_text():
    mutants = tool.every_mutant()
    assert {each.file.split("/")[1] for each in mutants} == set(tool.ROOMS)
    for mutant in mutants[::97]:
        source = (tool.HOUSE / mutant.file).read_bytes()
        broken = mutant.applied(source)
        assert broken != source
        ast.parse(broken)


def test_the_same_seed_draws_the_same_mutants():
    assert tool.drawn(7, 20) == tool.drawn(7, 20) != tool.drawn(8, 20)


def test_every_equivalent_that_was_argued_can_still_be_drawn():
    possible = {(each.file, each.line, each.becomes) for each in tool.every_mutant()}
    stale = [each for each in equivalents() if (each.file, each.line, each.becomes) not in possible]
    assert not stale, "argue these anew, their lines have changed"
    assert all(len(each.reason) > 20 for each in equivalents()), "an argument is a sentence"
