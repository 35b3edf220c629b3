"""Every component of somebody else's is named with its version and its digest."""

import json
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PYTHON = ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"]


@pytest.mark.parametrize("name", PYTHON)
def test_every_component_is_pinned_by_its_digest(name):
    written = re.sub(r"\\\n\s*", " ", (HOUSE / name).read_text(encoding="utf-8"))
    lines = [line for line in written.splitlines() if line and not line.lstrip().startswith("#")]
    loose = [line for line in lines if not re.match(r"[\w.\-\[\]]+==\S+ .*--hash=sha256:", line)]
    assert lines
    assert not loose


def test_every_component_of_the_faces_is_pinned_by_its_digest():
    packages = json.loads((HOUSE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: each for name, each in packages.items() if name and not each.get("link")}
    assert fetched
    assert not [
        n for n, each in fetched.items() if not each.get("integrity", "").startswith("sha512-")
    ]
