"""The table of the kinds of questions, and of the ways in which rules compare their answers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.rules.questions.answers import Wording
from dispatch.rules.questions.choice import CHOICE
from dispatch.rules.questions.choices import CHOICES
from dispatch.rules.questions.comparisons import ASKED, Comparison
from dispatch.rules.questions.date_time import DATE_TIME
from dispatch.rules.questions.kind import Kind
from dispatch.rules.questions.number import NUMBER
from dispatch.rules.questions.text import TEXT
from dispatch.rules.questions.unit import UNIT
from dispatch.rules.questions.yes_no import YES_NO

_ALL: Final = (TEXT, NUMBER, CHOICE, CHOICES, YES_NO, DATE_TIME, UNIT)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _ALL})
# Fields of one name may be of several kinds in different forms: a rule may use every way for each.
COMPARISONS: Final[Mapping[str, Comparison]] = MappingProxyType(
    {name: way for kind in _ALL for name, way in kind.comparisons.items()} | {"asked": ASKED}
)
# The keys that a playbook may write for some kind, beside those of every question.
WRITTEN: Final = MappingProxyType({key: of for kind in _ALL for key, of in kind.schema.items()})


def answer_in_words(answer: object, kind: str | None, wording: Wording) -> str:
    """One answer in words; as it stands where its question is asked no more.

    Yes and no stay what they are, also where the question has become another one.
    """
    if isinstance(answer, bool):
        return YES_NO.say(answer, wording)
    known = KINDS.get(kind or "")
    return known.say(answer, wording) if known else str(answer)
