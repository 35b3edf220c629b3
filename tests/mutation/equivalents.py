"""Mutants that change nothing anybody could see, each argued: equivalents.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from mutation.changes import Mutant

FILE = Path(__file__).with_name("equivalents.toml")


@dataclass(frozen=True)
class Equivalent:
    """A line of a file, what the mutant makes of it, and why that is the same."""

    file: str
    line: str
    becomes: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        return (self.file, self.line, self.becomes) == (mutant.file, mutant.line, mutant.becomes)


def equivalents() -> list[Equivalent]:
    """All that were argued; raises TypeError where a part is missing."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [Equivalent(**each) for each in told.get("equivalent", [])]
