"""A new version: `make release VERSION=0.2.0` numbers, commits and tags it, and prints its notes.

`python release.py ready 0.2.0` says what stands in the way, `tag` for `ready` does it. It pushes
nothing.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).parent
_NUMBER: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_WRITTEN: Final = re.compile(r'^version = "([^"]+)"$', re.MULTILINE)
_HEADING: Final = re.compile(r"^## (.+)$", re.MULTILINE)
_UNRELEASED: Final = "Unreleased"


class NotReadyError(Exception):
    """Why this version cannot be released, and what to do."""


def ready(house: Path, version: str) -> str:
    """The notes of the version; raises NotReadyError where something stands in its way."""
    if _git(house, "status", "--porcelain"):
        raise NotReadyError("commit or put away what is changed first: git status")
    _check_number(house, version)
    if f"v{version}" in _git(house, "tag", "--list").split():
        raise NotReadyError(f"v{version} is tagged already: take the next number")
    told = notes(house, version)
    if _sections(house)[_UNRELEASED].strip():
        where = f"below ## {version} – YYYY-MM-DD"
        raise NotReadyError(f"move what stands under ## {_UNRELEASED} {where}")
    return told


def tag(house: Path, version: str) -> str:
    """Number, commit and tag it; its notes. Raises NotReadyError."""
    told = ready(house, version)
    if version != written_version(house):
        _write_version(house, version)
        _git(house, "commit", "--quiet", "--message", f"Version {version}", "pyproject.toml")
    message = f"Version {version}\n\n{told}"  # whose headings begin with #: they are no comments
    _git(house, "tag", "--annotate", f"v{version}", "--cleanup=whitespace", "--message", message)
    return told


def notes(house: Path, version: str) -> str:
    """What CHANGELOG.md says of a version, below its heading."""
    sections = _sections(house)
    if next(iter(sections), "") != _UNRELEASED:
        raise NotReadyError(f"CHANGELOG.md begins with ## {_UNRELEASED}, for what comes next")
    dated = [text.strip() for heading, text in sections.items() if _is_of(heading, version)]
    if not dated or not dated[0]:
        raise NotReadyError(f"CHANGELOG.md has nothing under ## {version} – YYYY-MM-DD")
    return dated[0]


def written_version(house: Path) -> str:
    """The version in pyproject.toml, the one place that has it."""
    found = _WRITTEN.search((house / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise NotReadyError('pyproject.toml has no line version = "…"')
    return found[1]


def _sections(house: Path) -> dict[str, str]:
    """The text of CHANGELOG.md by heading, in its order."""
    parts = _HEADING.split((house / "CHANGELOG.md").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _is_of(heading: str, version: str) -> bool:
    return re.fullmatch(rf"{re.escape(version)} – \d{{4}}-\d\d-\d\d", heading.strip()) is not None


def _check_number(house: Path, version: str) -> None:
    """Three numbers, and none that lies before the one that is written."""
    before = written_version(house)
    wanted, known = _NUMBER.fullmatch(version), _NUMBER.fullmatch(before)
    if wanted is None:
        raise NotReadyError(f"VERSION is three numbers; the last one was {before}")
    if known is not None and _parts(wanted) < _parts(known):
        raise NotReadyError(f"{version} lies before {before}")


def _parts(number: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, number.groups()))


def _write_version(house: Path, version: str) -> None:
    file = house / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(_WRITTEN.sub(f'version = "{version}"', text, count=1), encoding="utf-8")


def _git(house: Path, *words: str) -> str:
    told = subprocess.run(["git", *words], cwd=house, check=True, capture_output=True, text=True)
    return told.stdout


_DEEDS: Final = {"ready": ready, "tag": tag}


def main(words: list[str]) -> int:
    """`ready` or `tag`, and a version; 1 where it is not ready, 2 for other words."""
    match words:
        case [("ready" | "tag") as deed, version]:
            try:
                told = _DEEDS[deed](HOUSE, version)
            except NotReadyError as why:
                print(why, file=sys.stderr)
                return 1
            print(told if deed == "tag" else f"{version} can be released once the checks are green")
            return 0
    print("usage: python release.py ready|tag VERSION", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
