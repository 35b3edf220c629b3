"""The examples of the clerk's guide, put into Futian's playbook."""

import re
import textwrap
from pathlib import Path

import dispatch.rules
from dispatch.rules.book.loading import read_folder

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
        ("calendars.yaml", "\ncalendars:\n"): blocks("calendars"),
    }
    for (name, heading), texts in additions.items():
        assert texts, f"the guide shows nothing for {heading}"
        assert heading in files[name]
        added = textwrap.indent("".join(texts), "  ")
        files[name] = files[name].replace(heading, heading + added, 1)
    return {name: text.encode() for name, text in files.items()}
