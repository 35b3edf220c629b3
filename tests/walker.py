"""A random walk of a whole city that presses only what its pages offer, and fills forms by them."""

import random
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from city import CIVIC_CENTRE, City, Person, RefusedByCity
from forms_filled import Filler, plausible
from sqlalchemy import select

from dispatch import clock
from dispatch.domain.law.allowed import allowed, allowed_steps
from dispatch.domain.law.deed_table import DEED_TABLE
from dispatch.domain.law.relations import may_take, relations
from dispatch.domain.law.situation import Situation
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import (
    DISTRICT,
    GRID_WORKER,
    HANDLER,
    LEAD_UNIT,
    REPORTER,
    STREET,
    SUPERVISOR,
    SUPPORT_HANDLER,
    SUPPORT_UNIT,
    UNIT_STAFF,
    VERIFIER,
)
from dispatch.domain.roles import Access, Grant
from dispatch.store.alerts import alert_by_id, alert_facts, assignments_of
from dispatch.store.situations import AlertRows, read_alert_rows, situation_of
from dispatch.store.tables import Notice
from dispatch.views.reader import Reader

# Kinds that differ in what the law asks: who visits, the closing photo, danger, home, complaint.
KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("E0113", {"answers": {"urgency": "disrupts"}}),
    ("E0113", {"answers": {"urgency": "danger"}}),
    ("E0505", {"answers": {}}),
    ("P0101", {"answers": {"urgency": "ordinary"}}),
    ("P0130", {"answers": {}}),
    ("N0101", {"answers": {}}),
    ("N0107", {"answers": {}}),
    ("N0201", {"answers": {}}),
    ("N0303", {"answers": {}}),
    ("N1302", {"answers": {"unit": "SWJ"}}),
    *[("unsure", {"answers": {}})] * 3,
)
PRESSED = sorted(
    step.name
    for step in STEPS.values()
    if not step.later and step.sources and step.name != "record_outcome"
)
# The way of an alert to its end: without a push along it a walk seldom comes to verify and rate.
TO_THE_END = ("sign", "arrive", "submit", "confirm", "verify_ok", "verify_fail", "rate", "reopen")
# What has to be pressed before others can be: it is as rare as they are.
OPENS = {
    "ask_release": ("agree_release", "refuse_release"),
    "extend": ("grant_extension", "refuse_extension"),
    "merge": ("unmerge",),
    "rate": ("reopen",),
    "return": ("rule",),
    "suspend": ("grant_suspension", "refuse_suspension"),
    "void": ("confirm_void", "refuse_void"),
}
# By notice, the step that it asks its reader to take.
ASKS = {
    tells.notice: tells.asks for entry in DEED_TABLE.values() for tells in entry.tells if tells.asks
}
# By clock, the steps that bring it on. Whoever hears of it from its ladder may take one of them, or
# push those who may.
HELPS = {
    "accept": ("accept", "decline"),
    "ruling": ("rule",),
    "sign": ("sign", "support_sign"),
    "contact": ("contact",),
    "arrive": ("arrive", "assign", "support_arrive", "support_assign"),
    "dispose": ("submit", "confirm", "support_finish"),
    "verify": ("verify_ok", "verify_fail"),
}
PUSHES = {STREET, DISTRICT, SUPERVISOR}
# The notices of ladders.
OF_LADDERS = ("remind", "notify", "card", "undecided", "supervise")
# Where the walk looks first for somebody who stands so to an alert.
LIKELY = {
    REPORTER: ("volunteer", "neighbour"),
    STREET: ("street", "second street"),
    GRID_WORKER: ("grid_worker", "second grid_worker"),
    VERIFIER: ("street", "grid_worker", "second grid_worker", "district"),
    DISTRICT: ("district", "second district"),
    SUPERVISOR: ("supervisor",),
}


@dataclass
class Walk:
    """What a walk did: presses by step; refusals of what a page offered; steps that the law allows
    and the page did not offer, and those that it offered though the law does not allow them; forms
    that could not be filled, each with the field; steps that were taken though no page offered
    them; desks and people that were asked for a step which is not theirs, or were reminded or urged
    though no step of theirs helps, of so many `asked`.
    """

    presses: Counter = field(default_factory=Counter)
    refused: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    forbidden: list[tuple[str, str]] = field(default_factory=list)
    unfilled: list[tuple[str, str]] = field(default_factory=list)
    taken_unoffered: list[tuple[str, str]] = field(default_factory=list)
    asked_in_vain: list[tuple[str, str, str]] = field(default_factory=list)
    asked: Counter = field(default_factory=Counter)


class Walker:
    """Presses steps, those pressed least first, on a few alerts at a time."""

    def __init__(self, city: City, seed: int, alerts: int = 30) -> None:
        self.city = city
        self.dice = random.Random(seed)
        with city.store.read() as session:
            self.playbook = city.store.playbook(session)  # nobody publishes on the way
        self.filler = Filler(self.dice)
        self.walk = Walk(unfilled=self.filler.unfilled)
        self.most = alerts
        self.alerts: dict[str, str] = {}  # id → status as last seen
        self.leads: dict[str, str | None] = {}
        self.helping: dict[str, list[str]] = {}
        self._known: dict[str, dict[str, Situation]] = {}
        self._rows: dict[str, AlertRows] = {}
        self._read: set[str] = set()  # notices
        self._in_vain: Counter = Counter()  # by step, the forms that nobody could fill

    def goes(self, presses: int) -> Walk:
        while sum(self.walk.presses.values()) < presses:
            self._turn()
        return self.walk

    def _turn(self) -> None:
        if sum(status in OPEN for status in self.alerts.values()) < self.most:
            self._report()
        if self.dice.random() < 0.02:
            self.city.clock.advance(minutes=self.dice.choice((5, 40, 90)))
            self._time_passed()
        if self.dice.random() < 0.002:
            self.city.clock.jump(hours=self.dice.choice((20, 70)))
            self._time_passed()
        order = self._rarest()
        if self.dice.random() < 0.4:
            order = [*self.dice.sample(TO_THE_END, len(TO_THE_END)), *order]
        if self.dice.random() < 0.05:  # of many steps the first that may be undone within a day
            order = ["unmerge", "merge", *order]
        found = next((each for each in map(self._find, order) if each), None)
        if found:
            self._press(*found)
        if self.dice.random() < 0.1:
            self._press_unoffered()

    def _time_passed(self) -> None:
        self._forget(*self.alerts)
        self._check_ladders(*self.alerts)

    def _rarest(self) -> list[str]:
        pressed, in_vain = self.walk.presses, self._in_vain
        rarity = {
            name: min(pressed[each] for each in (name, *OPENS.get(name, ()))) + in_vain[name]
            for name in PRESSED
        }
        return sorted(PRESSED, key=lambda name: (rarity[name], self.dice.random()))

    def _find(self, step: str) -> tuple[Person, str, str] | None:
        """Somebody who may take the step now, by the law itself, and on which alert."""
        fitting = [each for each, status in self.alerts.items() if status in STEPS[step].sources]
        for alert in self.dice.sample(fitting, min(24, len(fitting))):
            who = self._somebody(step, alert)
            if allowed(STEPS[step], self._as_known(who, alert)) is None:
                return who, alert, step
        return None

    def _as_known(self, who: Person, alert: str) -> Situation:
        """What the law saw of it last, as long as nobody touched the alert: good for looking. The
        press itself compares the page with the law as it stands then.
        """
        known = self._known.setdefault(alert, {})
        if who.id not in known:
            if alert not in self._rows:
                with self.city.store.read() as session:
                    self._rows[alert] = read_alert_rows(session, alert_by_id(session, alert))
            known[who.id] = self._standing(who, alert, self._rows[alert])
        return known[who.id]

    def _forget(self, *alerts: str) -> None:
        for each in alerts:
            self._known.pop(each, None)
            self._rows.pop(each, None)

    def _standing(self, who: Person, alert: str, rows: AlertRows | None = None) -> Situation:
        """What the law sees: read beside the city's pages, from the same rows; `rows`: as they
        were read before.
        """
        store = self.city.store
        with store.read() as session:
            reader = Reader(
                Access(who.id, who.grants, "zh_Hans_CN"),
                self.playbook.organisation,
                self.playbook,
                store.seal,
                "zh_Hans_CN",
                clock.now(),
                versions=partial(store.playbook_at, session),
            )
            rows = rows or read_alert_rows(session, alert_by_id(session, alert))
            return situation_of(session, reader, rows)

    def _report(self) -> None:
        kind, said = self.dice.choice(KINDS)
        at = tuple(each + self.dice.uniform(-0.0003, 0.0003) for each in CIVIC_CENTRE)
        who = self.city.person(self.dice.choice(("volunteer", "neighbour")))
        alert = who.reports(kind, at=at, **said)
        self._saw(alert.id, who.asks("GET", f"alerts/{alert.id}"))
        self._check_notices(alert.id)

    def _saw(self, alert: str, page: dict[str, Any]) -> None:
        self.alerts[alert] = page["status"]
        self.leads[alert] = page["lead"]
        self.helping[alert] = [each["unit"] for each in page.get("helping", [])]

    def _somebody(self, step: str, alert: str) -> Person:
        relation = self.dice.choice(STEPS[step].who)
        if relation in LIKELY:
            return self.city.person(*self._cast(self.dice.choice(LIKELY[relation])))
        unit = self.leads[alert]
        if relation in {SUPPORT_UNIT, SUPPORT_HANDLER} and self.helping[alert]:
            unit = self.dice.choice(self.helping[alert])
        hand = relation in {HANDLER, SUPPORT_HANDLER}
        if relation == UNIT_STAFF:
            return self._anybody(alert)
        assert relation in {LEAD_UNIT, HANDLER, SUPPORT_UNIT, SUPPORT_HANDLER}, relation
        return self._of_unit(unit, hand=hand)

    def _anybody(self, alert: str) -> Person:
        names = [name for cast in LIKELY.values() for name in cast]
        if self.dice.random() < 0.5:
            return self._of_unit(self.leads[alert], hand=self.dice.random() < 0.5)
        return self.city.person(*self._cast(self.dice.choice(names)))

    def _of_unit(self, unit: str | None, *, hand: bool) -> Person:
        """A desk or a hand of a unit, the first or the second of their kind."""
        unit = unit or "street-futian"
        role = "handler" if hand else self._desk_of(unit).role
        number = self.dice.choice((1, 2))
        return self.city.person(f"{role} {number} of {unit}", Grant(role, unit))

    def _cast(self, name: str) -> tuple[str, Grant | None]:
        seconds = {
            "second street": Grant("street_dispatcher", "street-futian"),
            "second grid_worker": Grant("grid_worker", "street-futian"),
            "second district": Grant("district_dispatcher", "futian"),
        }
        return name, seconds.get(name)

    def _press(self, who: Person, alert: str, step: str) -> None:
        page = who.asks("GET", f"alerts/{alert}")
        self._saw(alert, page)
        offers = {offer["step"]: offer for offer in page["steps"]}
        lawful = {each.name for each in allowed_steps(self._standing(who, alert))}
        self.walk.hidden += [(each, page["status"]) for each in lawful - offers.keys()]
        self.walk.forbidden += [(each, page["status"]) for each in offers.keys() - lawful]
        if step in offers:
            self._take(who, alert, page, offers[step])
        else:
            self._forget(alert)  # somebody touched it by another alert

    def _take(self, who: Person, alert: str, page: dict[str, Any], offer: dict[str, Any]) -> None:
        step, filled = offer["step"], self.filler.fills(page, offer)
        if filled is None:
            self._in_vain[step] += 1
            return
        body = {"step": step, "client_id": str(uuid.uuid4()), "version": page["version"]}
        self.walk.presses[step] += 1
        try:
            self._saw_after(alert, who.asks("POST", f"alerts/{alert}/steps", json=body | filled))
        except RefusedByCity as refused:
            self.walk.refused.append((step, filled, str(refused)))
        self._check_notices(alert)
        self._check_ladders(alert)  # people push ladders, too

    def _saw_after(self, alert: str, answer: dict[str, Any]) -> None:
        self.alerts[alert], self.leads[alert] = answer["status"], answer["lead"]
        self._forget(alert)

    def _check_notices(self, alert: str) -> None:
        """Whoever was asked just now to take a step is somebody whom the law lets take it."""
        with self.city.store.read() as session:
            found = session.scalars(
                select(Notice).where(Notice.alert_id == alert).order_by(Notice.id)
            ).all()
        for notice in found:
            if notice.id in self._read or notice.code not in ASKS or notice.to_kind == "reporter":
                continue
            self._read.add(notice.id)
            step = STEPS[ASKS[notice.code]]
            self.walk.asked[notice.code] += 1
            if may_take(step, self._held(notice, alert)) is None:
                self.walk.asked_in_vain.append((notice.code, notice.to_ref, step.name))

    def _check_ladders(self, *alerts: str) -> None:
        """Whoever the ladders told just now can do something about the clock."""
        with self.city.store.read() as session:
            of_ladders = (Notice.code.in_(OF_LADDERS), Notice.alert_id.in_(alerts))
            found = session.scalars(select(Notice).where(*of_ladders)).all()
        for notice in found:
            if notice.id in self._read:
                continue
            self._read.add(notice.id)
            self.walk.asked[notice.code] += 1
            held, clock_name = self._held(notice, notice.alert_id), notice.params["clock"]
            helps = any(may_take(STEPS[each], held) for each in HELPS[clock_name])
            if not helps and PUSHES.isdisjoint(held):
                self.walk.asked_in_vain.append((notice.code, notice.to_ref, clock_name))

    def _held(self, notice: Notice, alert: str) -> Mapping[str, Grant]:
        """How somebody at the desk, or the person themselves, stands to the alert."""
        with self.city.store.read() as session:
            row = alert_by_id(session, alert)
            facts = alert_facts(row, assignments_of(session, alert), is_reporter=False)
        if notice.to_kind == "person":
            person = next(p for p in self.city.people() if p.id == notice.to_ref)
            return relations(Access(person.id, person.grants), facts, self.city.organisation)
        grant = self._desk_of(notice.to_ref)
        return relations(Access("somebody new", (grant,)), facts, self.city.organisation)

    def _desk_of(self, desk: str) -> Grant:
        unit = "futian" if desk in {"district", "supervisor"} else desk
        kind = self.city.organisation.kind(unit)
        roles = dict.fromkeys(("street", "community"), "street_dispatcher")
        roles["district"] = "supervisor" if desk == "supervisor" else "district_dispatcher"
        return Grant(roles.get(kind or "", "department_dispatcher"), unit)

    def _press_unoffered(self) -> None:
        """What no page offers is refused, however well it is filled in."""
        step = STEPS[self.dice.choice(PRESSED)]
        alert = self.dice.choice(list(self.alerts))
        who = self._anybody(alert)
        if allowed(step, self._standing(who, alert)) is None:
            return
        page = self.city.supervisor().asks("GET", f"alerts/{alert}")
        filled = {each.name: plausible(each, page) for each in step.fields}
        body = {"step": step.name, "client_id": str(uuid.uuid4()), "version": page["version"]}
        try:
            self._saw_after(alert, who.asks("POST", f"alerts/{alert}/steps", json=body | filled))
        except RefusedByCity:
            return
        self.walk.taken_unoffered.append((step.name, page["status"]))
