"""The guides of dispatch/rules/ and their examples.

Futian's playbook with all of them put in, and the whole city at their end.
"""

import re
import textwrap
from pathlib import Path

import dispatch.rules
from dispatch.rules.book.loading import read_folder

RULES = Path(dispatch.rules.__file__).parent
GUIDES = {
    name: (RULES / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")
}
GUIDE = GUIDES["README.md"]
BLOCK = re.compile(r"^```yaml (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```yaml file=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"python -m dispatch ([a-z].*)")
SPAN = re.compile(r"`([^`\n]+)`")
WORD = re.compile(r"[a-z]\w*", re.IGNORECASE)


def blocks(kind, guide=GUIDE):
    return [text for found, text in BLOCK.findall(guide) if found == kind]


def whole_city(guide):
    """The files of the city that a guide writes from nothing."""
    return {name: text.encode() for name, text in FILE.findall(guide)}


def named_in(guide):
    """Every word that a guide sets as code outside its examples."""
    prose = re.sub(r"^```.*?^```", "", guide, flags=re.MULTILINE | re.DOTALL)
    return {word for span in SPAN.findall(prose) for word in WORD.findall(span)}


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
        ("calendars.yaml", "\ncalendars:\n"): blocks("calendars"),
    }
    for (name, heading), texts in additions.items():
        assert texts, f"the guide shows nothing for {heading}"
        assert heading in files[name]
        added = textwrap.indent("".join(texts), "  ")
        files[name] = files[name].replace(heading, heading + added, 1)
    return {name: text.encode() for name, text in files.items()}
