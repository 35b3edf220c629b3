"""What the guide teaches works: its examples are put into Futian's playbook and checked."""

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest

import dispatch.rules
from dispatch.rules.answers import COMPARISONS
from dispatch.rules.checks import check
from dispatch.rules.loading import FILES, read_folder
from dispatch.rules.operators import OPERATORS

RULES = Path(dispatch.rules.__file__).parent
GUIDE = (RULES / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```yaml (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(kind):
    return [text for found, text in BLOCK.findall(GUIDE) if found == kind]


def conditions():
    lines = [line for text in blocks("when") for line in text.splitlines()]
    return [
        f"- id: condition-{number}\n  when: {line.removeprefix('- ')}\n  tags: [x]\n"
        for number, line in enumerate(lines)
    ]


def taught():
    """Futian's playbook with every example of the guide in its place."""
    files = {name: text.decode() for name, text in read_folder(RULES / "playbooks/futian").items()}
    additions = {
        ("rules.yaml", "rules:\n"): blocks("rules"),
        ("rules.yaml", "also:\n"): [*blocks("also"), *conditions()],
        ("categories.yaml", "\ncategories:\n"): blocks("categories"),
        ("cases.yaml", "cases:\n"): blocks("cases"),
    }
    for (name, heading), texts in additions.items():
        assert texts, f"the guide shows nothing for {heading}"
        assert heading in files[name]
        added = textwrap.indent("".join(texts), "  ")
        files[name] = files[name].replace(heading, heading + added, 1)
    return {name: text.encode() for name, text in files.items()}


def test_every_example_of_the_guide_works_in_futian():
    faults = check(taught(), date(2026, 11, 23))
    assert [fault.sentence("en") for fault in faults if fault.level == "error"] == []


def test_the_case_of_the_guide_guards_its_rule():
    files = taught()
    files["rules.yaml"] = files["rules.yaml"].replace(b"lead: XFDD", b"lead: CGJ", 1)
    codes = {fault.code for fault in check(files, date(2026, 11, 23))}
    assert "case_failed" in codes


@pytest.mark.parametrize("word", [*OPERATORS, *COMPARISONS, *FILES])
def test_every_word_of_the_language_is_in_the_guide(word):
    assert f"`{word}`" in GUIDE
