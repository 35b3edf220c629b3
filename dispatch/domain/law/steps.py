"""The steps of an alert's life as one table: from which status, to which, by whom, asking what.

The law in words is in docs/domain.md.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.domain.law.statuses import IN_WORK, OPEN, WITH_LEAD
from dispatch.domain.law.who import (
    DISTRICT,
    GRID_WORKER,
    HANDLER,
    LEAD_UNIT,
    NOBODY,
    REPORTER,
    STREET,
    SUPERVISOR,
    SUPPORT_HANDLER,
    SUPPORT_UNIT,
    UNIT_STAFF,
    VERIFIER,
)
from dispatch.domain.supports import MODES

INSIDE: Final = "inside"
TOLD: Final = "told"
TOLD_ONCE: Final = "told_once"  # a request is granted


@dataclass(frozen=True)
class Field:
    """What a step asks for. `kind` tells the faces which control to show.

    `audience` of a text: `inside` for staff alone, `told` for the reporter as well, `told_once` for
    the reporter as well when the request is granted. `spared_by`: a required field may stay empty
    where one of these is filled.
    """

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    audience: str = INSIDE
    spared_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of an alert's life.

    `to` None: the status stays. `later`: the law names it, no deed exists yet. `moves_version`: it
    changes who holds the alert, its kind or its place even where the status stays.
    """

    name: str
    sources: frozenset[str]
    to: str | None
    who: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    later: bool = False
    moves_version: bool = False

    @property
    def needs_version(self) -> bool:
        """Whether it is taken on the version that the person saw, and raises it."""
        return self.to is not None or self.moves_version

    @property
    def is_over_http(self) -> bool:
        """Whether people take it on an alert; reporting makes one, and some are the city's own."""
        return bool(self.sources) and self.who != (NOBODY,)


def _from(*names: str) -> frozenset[str]:
    return frozenset(names)


_REASON = Field("reason", "text", required=True)
_NOTE = Field("note", "text")
_OWN_NOTE = Field("note", "text", audience=TOLD)  # the reporter's own
_PHOTOS = Field("photos", "photos")
_LEAD_OR_RULES = Field("lead", "unit", required=True, spared_by=("category", "place"))
_KIND = Field("category", "category")
_WHERE = Field("place", "place")

# The district may also decide on an extension after the work was done: a slow decision makes
# nobody late.
DECIDED_IN: Final = IN_WORK | {"verifying", "resolved"}

_CLOCK = Field("clock", "choice", required=True, choices=PROMISED_CLOCKS)
_WHOSE = Field("unit", "unit")  # whose clock is meant: a unit that helps; missing for the lead's
# Minutes by which a reminder can be put off at a time; the ladder says how many in all.
SPANS: Final = MappingProxyType({"half_hour": 30, "hour": 60, "two_hours": 120, "four_hours": 240})
SHORTEST_SPAN_S: Final = min(SPANS.values()) * 60

DECLINE_REASONS: Final = (
    "not_a_problem_of_place",
    "other_channel",
    "outside_district",
    "not_enough_to_find",
    "accusation",
)
VERDICTS: Final = ("upheld", "rejected", "joint")
GRADES: Final = ("good", "fair", "poor")
# From 1, the worst, to 4.
SEVERITIES: Final = ("severity_1", "severity_2", "severity_3", "severity_4")

STEPS: Final = MappingProxyType(
    {
        step.name: step
        for step in (
            Step("report", frozenset(), "reported", (REPORTER,)),
            Step(
                "accept",
                _from("reported"),
                "dispatched",
                (STREET,),
                # what the rules proposed was for the kind and place before: they may name it anew
                (_LEAD_OR_RULES, _KIND, _WHERE, _NOTE),
            ),
            Step(
                "whistle",
                _from("reported", "dispatched", "signed"),
                "dispatched",
                (STREET,),
                later=True,
            ),
            Step("settle", _from("reported"), "verifying", (STREET, GRID_WORKER), later=True),
            Step(
                "decline",
                _from("reported", "dispatched"),
                "declined",
                (STREET,),
                (
                    Field("reason", "choice", required=True, choices=DECLINE_REASONS),
                    Field("where_instead", "text", required=True, audience=TOLD),
                ),
            ),
            Step("refer", _from("reported"), "referred", (STREET,), later=True),
            Step(
                "withdraw", _from("reported", "dispatched"), "withdrawn", (REPORTER,), (_OWN_NOTE,)
            ),
            Step("ask", OPEN, None, (UNIT_STAFF, STREET), later=True),
            Step("supply", OPEN, None, (REPORTER,), later=True),
            Step("pre_check", _from("reported"), None, (GRID_WORKER,), later=True),
            Step(
                "sign",
                _from("dispatched"),
                "signed",
                (LEAD_UNIT,),
                (Field("to", "person"), _NOTE),
            ),
            Step(
                "assign",
                _from("signed", "on_site"),
                None,
                (LEAD_UNIT,),
                (Field("to", "person", required=True), _NOTE),
                moves_version=True,
            ),
            Step(
                "contact",
                _from("signed", "on_site"),
                None,
                (LEAD_UNIT, HANDLER),
                (Field("message", "text", required=True, audience=TOLD),),
            ),
            Step(
                "return",
                _from("dispatched", "signed"),
                "returned",
                (LEAD_UNIT,),
                (
                    _REASON,
                    Field("proposed", "unit", required=True),
                    Field("clause", "text", required=True),
                    Field("finding", "text"),
                ),
            ),
            Step(
                "rule",
                _from("returned"),
                "dispatched",
                (DISTRICT,),
                (
                    Field("verdict", "choice", required=True, choices=VERDICTS),
                    Field("lead", "unit"),
                    Field("final", "yes_no"),
                    _REASON,
                ),
            ),
            Step(
                "reassign",
                _from("dispatched", "signed", "on_site"),
                "dispatched",
                (STREET, DISTRICT),
                (Field("lead", "unit", required=True), _REASON),
                moves_version=True,
            ),
            Step(
                "call_support",
                _from("signed", "on_site"),
                None,
                (LEAD_UNIT, STREET),
                (
                    Field("unit", "unit", required=True),
                    Field("mode", "choice", required=True, choices=MODES),
                    _REASON,
                ),
            ),
            Step(
                "release_support",
                _from("signed", "on_site", "submitted"),
                None,
                (LEAD_UNIT, STREET),
                (Field("unit", "unit", required=True), _REASON),
            ),
            Step("support_sign", WITH_LEAD, None, (SUPPORT_UNIT,), (Field("to", "person"), _NOTE)),
            Step(
                "support_assign",
                WITH_LEAD,
                None,
                (SUPPORT_UNIT,),
                (Field("to", "person", required=True), _NOTE),
            ),
            Step(
                "support_arrive",
                WITH_LEAD,
                None,
                (SUPPORT_HANDLER,),
                (Field("position", "position"), _PHOTOS, Field("reason", "text")),
            ),
            Step(
                "support_finish",
                WITH_LEAD,
                None,
                (SUPPORT_HANDLER, SUPPORT_UNIT),
                (Field("done", "text", required=True), _PHOTOS),
            ),
            Step(
                "arrive",
                _from("signed"),
                "on_site",
                (HANDLER,),
                (
                    Field("position", "position"),
                    _PHOTOS,
                    Field("reason", "text"),
                ),
            ),
            Step(
                "note",
                OPEN,
                None,
                (UNIT_STAFF,),
                (Field("note", "text", required=True), _PHOTOS),
            ),
            Step(
                "submit",
                _from("signed", "on_site"),
                "submitted",
                (HANDLER,),
                (Field("done", "text", required=True, audience=TOLD), _PHOTOS),
            ),
            Step("send_back", _from("submitted"), "on_site", (LEAD_UNIT,), (_REASON,)),
            Step("confirm", _from("submitted"), "verifying", (LEAD_UNIT,), (_NOTE,)),
            Step(
                "verify_ok",
                _from("verifying"),
                "resolved",
                (VERIFIER,),
                (
                    Field("grade", "grade", choices=GRADES),
                    Field("reason", "text"),
                    _PHOTOS,
                ),
            ),
            Step(
                "verify_fail",
                _from("verifying"),
                "signed",
                (VERIFIER,),
                (_REASON, Field("photos", "photos", required=True)),
            ),
            Step(
                "rate",
                _from("resolved"),
                "closed",
                (REPORTER,),
                (
                    Field("solved", "yes_no", required=True),
                    Field("grade", "grade", choices=GRADES),
                    _OWN_NOTE,
                ),
            ),
            Step(
                "extend",
                _from("signed", "on_site"),
                None,
                (LEAD_UNIT,),
                (
                    Field("by", "number", required=True),
                    _REASON,
                    Field("told", "text", audience=TOLD_ONCE),
                ),
            ),
            Step("grant_extension", DECIDED_IN, None, (DISTRICT,), (_NOTE,)),
            Step("refuse_extension", DECIDED_IN, None, (DISTRICT,), (_REASON,)),
            Step(
                "suspend",
                _from("signed", "on_site"),
                None,
                (LEAD_UNIT,),
                (
                    Field("until", "date", required=True),
                    Field("plan", "text", required=True, audience=TOLD_ONCE),
                    _REASON,
                ),
            ),
            Step(
                "grant_suspension",
                _from("signed", "on_site"),
                "suspended",
                (DISTRICT,),
                (_NOTE,),
            ),
            Step("refuse_suspension", _from("signed", "on_site"), None, (DISTRICT,), (_REASON,)),
            Step("resume", _from("suspended"), "signed", (LEAD_UNIT, DISTRICT), (_NOTE,)),
            Step(
                "merge",
                _from("reported", "dispatched", "signed"),
                "merged",
                (STREET,),
                (Field("into", "alert", required=True), _NOTE),
            ),
            Step("unmerge", _from("merged"), "reported", (STREET,), (_REASON,)),
            Step("witness", OPEN, None, (REPORTER,), later=True),
            Step("urge", OPEN, None, (STREET, SUPERVISOR), (_NOTE,)),
            Step(
                "snooze",
                OPEN,
                None,
                (LEAD_UNIT, HANDLER, SUPPORT_UNIT, SUPPORT_HANDLER),
                (
                    _CLOCK,
                    _WHOSE,
                    Field("span", "choice", required=True, choices=tuple(SPANS)),
                    _REASON,
                ),
            ),
            Step(
                "escalate",
                OPEN,
                None,
                (STREET, DISTRICT, SUPERVISOR, LEAD_UNIT),
                (_CLOCK, _WHOSE, _REASON),
            ),
            Step("supervise", OPEN, None, (SUPERVISOR,), later=True),
            Step("answer", OPEN, None, (LEAD_UNIT,), later=True),
            Step("lift", OPEN, None, (SUPERVISOR,), later=True),
            Step("appeal", _from("closed"), None, (LEAD_UNIT,), later=True),
            Step("excuse", _from("closed"), None, (SUPERVISOR,), later=True),
            Step("void", OPEN, None, (STREET,), (_REASON,)),
            Step("confirm_void", OPEN, "voided", (STREET, DISTRICT), (_NOTE,)),
            Step("refuse_void", OPEN, None, (STREET, DISTRICT), (_REASON,)),
            Step(
                "correct",
                OPEN,
                None,
                (STREET, DISTRICT),
                (
                    _KIND,
                    _WHERE,
                    Field("severity", "choice", choices=SEVERITIES),
                    Field("life_safety", "yes_no"),
                    _REASON,
                ),
                moves_version=True,
            ),
            Step("reopen", _from("closed"), "signed", (STREET,), (_REASON, _PHOTOS)),
            Step("record_outcome", OPEN, "closed", (NOBODY,)),
        )
    },
)
# The steps that name the person or team who does the work, of the lead or of a support.
HAND_STEPS: Final = tuple(
    step.name for step in STEPS.values() if any(field.kind == "person" for field in step.fields)
)
