"""The closed sets of words, and the writings, that the texts of answers keep to."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, get_args

from dispatch.domain.law.clock_names import CLOCKS, PROMISE_STATES
from dispatch.domain.law.deed_table import ButtonPlace
from dispatch.domain.law.request_names import TO_DECIDE
from dispatch.domain.law.rows.step import INSIDE, TOLD, TOLD_ONCE
from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.law.step_fields import FIELD_KINDS
from dispatch.domain.law.steps import STEPS
from dispatch.domain.reading import Schema
from dispatch.domain.roles import ROLES
from dispatch.domain.supports import RULE_MODES, STATES
from dispatch.domain.time.ladders import MILDEST_FIRST
from dispatch.domain.time.promises import TIME_UNITS
from dispatch.errors import PROBLEMS
from dispatch.refusals.faults import FAULTS
from dispatch.shapes.filters import FILTERS


@dataclass(frozen=True)
class OneOf:
    """Marks a text as one of a table's words, as in `Annotated[str, OneOf("Clock", CLOCKS)]`.

    mypy takes it for a text. The TypeScript is a union called `name`; pydantic, which the tests
    use, refuses any other word.
    """

    name: str
    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> dict[str, Any]:
        return {"type": "literal", "expected": list(self.words)}


@dataclass(frozen=True)
class Written:
    """Marks a text as written in one way. The TypeScript is a string called `name`."""

    name: str
    pattern: str

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> dict[str, Any]:
        return {"type": "str", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True, eq=False)
class Sent:
    """Marks what a request sends as written in the way that its reader takes, as JSON Schema. To
    mypy and to TypeScript it is what it marks.
    """

    schema: Schema


_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME: Final = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?"

# ISO 8601 in UTC, with Z.
Instant = Annotated[str, Written("Instant", rf"{_DAY}T{_TIME}Z")]
# A day of the city's calendar.
Day = Annotated[str, Written("Day", _DAY)]

Status = Annotated[str, OneOf("Status", tuple(STATUSES))]
Clock = Annotated[str, OneOf("Clock", CLOCKS)]
StepName = Annotated[str, OneOf("StepName", tuple(STEPS))]
FieldKind = Annotated[str, OneOf("FieldKind", FIELD_KINDS)]
# Whom a text that staff write is for: `told_once` the district grants it.
WordsAudience = Annotated[str, OneOf("WordsAudience", (INSIDE, TOLD, TOLD_ONCE))]
# The one big button, one beside it, behind 「更多」, or apart because it ends the alert.
StepPlace = Annotated[str, OneOf("StepPlace", get_args(ButtonPlace))]
# The cards of an alert, the mildest first.
Tier = Annotated[str, OneOf("Tier", MILDEST_FIRST)]
TimeUnit = Annotated[str, OneOf("TimeUnit", TIME_UNITS)]
PromiseState = Annotated[str, OneOf("PromiseState", PROMISE_STATES)]
# What is asked on an open alert, and decided by somebody else.
RequestKind = Annotated[str, OneOf("RequestKind", TO_DECIDE)]
RoleName = Annotated[str, OneOf("RoleName", tuple(ROLES))]
SupportMode = Annotated[str, OneOf("SupportMode", RULE_MODES)]
SupportState = Annotated[str, OneOf("SupportState", STATES)]
RefusalCode = Annotated[str, OneOf("RefusalCode", tuple(PROBLEMS))]
FaultCode = Annotated[str, OneOf("FaultCode", tuple(FAULTS))]
FilterName = Annotated[str, OneOf("FilterName", tuple(each.name for each in FILTERS))]
