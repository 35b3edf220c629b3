"""Two steps proposed on one version of an alert: scenes, who takes which step, and what came."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from city import CIVIC_CENTRE, Alert, City, Person

from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.law.step_fields import read_step_fields
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access, Grant
from dispatch.errors import Refused
from dispatch.store.transaction import Transaction

HERE = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
WHY = {"reason": "现场看过"}
CALL = {"unit": "SWJ", "mode": "required", **WHY}
EXTEND, SUSPEND = {"by": 2, **WHY}, {"until": "2026-12-20", "plan": "等配件", **WHY}
# step: who takes it, and what they fill in
ACTS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "accept": ("street", {"lead": "CGJ", "category": "E0114"}),
    "decline": ("street", {"reason": "other_channel", "where_instead": "请打 12345"}),
    "withdraw": ("volunteer", {}),
    "sign": ("department", {}),
    "assign": ("department", {"to": "handler"}),
    "contact": ("department", {"message": "今天下午去看"}),
    "return": ("department", {"proposed": "CGJ", "clause": "第三条", "finding": "在绿化带", **WHY}),
    "rule": ("district", {"verdict": "rejected", **WHY}),
    "reassign": ("district", {"lead": "CGJ", **WHY}),
    "call_support": ("street", {"unit": "SWJ", "mode": "required", **WHY}),
    "release_support": ("street", {"unit": "SWJ", **WHY}),
    "ask_release": ("department", {"unit": "SWJ", **WHY}),
    "agree_release": ("street", {}),
    "refuse_release": ("street", WHY),
    "support_sign": ("water", {}),
    "support_assign": ("water", {"to": "water hand"}),
    "support_arrive": ("water hand", {"position": HERE}),
    "support_finish": ("water hand", {"done": "已关阀"}),
    "arrive": ("handler", {"position": HERE}),
    "note": ("grid_worker", {"note": "路边已围挡"}),
    "submit": ("handler", {"done": "已回填", "photos": ["0" * 64]}),
    "send_back": ("department", WHY),
    "confirm": ("department", {}),
    "verify_ok": ("grid_worker", {}),
    "verify_fail": ("street", {"photos": ["1" * 64], **WHY}),
    "rate": ("volunteer", {"solved": True}),
    "extend": ("department", EXTEND),
    "grant_extension": ("district", {}),
    "refuse_extension": ("district", WHY),
    "suspend": ("department", SUSPEND),
    "grant_suspension": ("district", {}),
    "refuse_suspension": ("district", WHY),
    "resume": ("department", {}),
    "merge": ("street", {"into": "another"}),
    "unmerge": ("street", WHY),
    "urge": ("supervisor", {}),
    "snooze": ("handler", {"clock": "dispose", "span": "half_hour", **WHY}),
    "escalate": ("district", WHY),
    "void": ("street", WHY),
    "confirm_void": ("district", {}),
    "refuse_void": ("district", WHY),
    "correct": ("street", {"severity": "severity_1", **WHY}),
    "reopen": ("street", WHY),
}
# By status, a clock that runs and can be escalated.
RUNNING = {
    "reported": "accept",
    "returned": "ruling",
    "verifying": "verify",
    **dict.fromkeys(("dispatched", "signed", "on_site", "submitted"), "dispose"),
}
CAST = {
    "water": Grant("department_dispatcher", "SWJ"),
    "water hand": Grant("handler", "SWJ"),
}


class _UndoneError(Exception):
    """Rolls back everything that was tried."""


class Crossing:
    """The city, and an alert into which others could be merged."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.another = city.person("neighbour").reports().seen["number"]
        for name, grant in CAST.items():
            city.person(name, grant)

    def takes(self, alert: Alert, *steps: str) -> None:
        """Over HTTP, one after the other, as a scene is set."""
        for step in steps:
            who, fields = self._act(step, alert)
            who.takes(step, alert, **fields)

    def answers(self, alert: Alert, steps: list[str]) -> dict[str, dict[str, str]]:
        """By first and second step, the status of the second's answer where both were proposed on
        the version that the alert has now; `""`: of the first's own. Nothing of it is kept.
        """
        found: dict[str, dict[str, str]] = {}
        wishes = {step: self._wish(step, alert) for step in steps}  # people are made before
        with suppress(_UndoneError), self.city.store.history() as whole:
            for first in steps:
                with _undone(whole):
                    found[first] = {"": self._try(alert, wishes[first])}
                    for second in steps:
                        with _undone(whole):
                            found[first][second] = self._try(alert, wishes[second])
            raise _UndoneError
        return found

    def _try(self, alert: Alert, wish: tuple[Access, StepCommand]) -> str:
        access, command = wish
        again = replace(command, client_id=str(uuid.uuid4()))
        try:
            take_step(self.city.store, access, self.city.organisation, alert.id, again)
        except Refused as refused:
            return str(refused.status)
        return "201"

    def _wish(self, step: str, alert: Alert) -> tuple[Access, StepCommand]:
        who, fields = self._act(step, alert)
        values = read_step_fields(STEPS[step], fields)
        return Access(who.id, who.grants), StepCommand(step, "", values, alert.version)

    def _act(self, step: str, alert: Alert) -> tuple[Person, dict[str, Any]]:
        name, fields = ACTS[step]
        filled = dict(fields)
        if "to" in filled:
            filled["to"] = self.city.person(filled["to"]).id
        if "into" in filled:
            filled["into"] = self.another
        if step == "escalate":
            filled["clock"] = RUNNING.get(alert.status, "dispose")
        return self.city.person(name), filled


@contextmanager
def _undone(whole: Transaction) -> Iterator[None]:
    savepoint = whole.session.begin_nested()
    yield
    savepoint.rollback()
    whole.session.expire_all()
