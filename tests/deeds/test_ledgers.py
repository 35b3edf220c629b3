"""Whole walks, with every row that each deed writes: `tests/data/ledgers.json` says them.

Whoever changes on purpose what a deed writes makes the file again:
`PYTHONPATH=tests:. python tests/deeds/write_ledgers.py`. Then read what differs.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from ledger import Ledger
from stage import HERE, MONDAY, City
from town import FILES, as_bytes

from dispatch import clock
from dispatch.domain.reading import NamedGrid, Position
from dispatch.errors import Refused
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.playbooks import publish_version
from dispatch.sweep.sweep_promises import sweep_promises

TOLD = Path(__file__).parents[1] / "data" / "ledgers.json"
PROMISED = """promises:
  {accept: 30 minutes, sign: 2 work_hours, contact: 4 work_hours, arrive: 3 work_hours,
   dispose: 2 days, verify: 1 work_days, rate: 3 days, ruling: 1 work_days}"""
RUNGS = """snooze_minutes: 120, rungs: [
  {at: 50%, do: notice, to: [handler, lead]},
  {at: 80%, do: notice, to: [lead], working_hours_only: true},
  {at: due, do: urge, to: [district], repeat: 1, every: 2 hours},
  {at: 150%, do: open_supervision, to: [supervisor]}]"""
CHANGES = [
    (
        "promises.yaml",
        "promises: {accept: 30 minutes, sign: 2 work_hours, dispose: 2 days}",
        PROMISED,
    ),
    ("ladders.yaml", "rungs: [{at: 80%, do: notice, to: [lead]}]", RUNGS),
    ("departments.yaml", "  WATER:", "  TREES: {label: Trees}\n  WATER:"),
    ("district.yaml", "areas:\n", "assumptions: {reopen_days: 10}\nareas:\n"),
]
HOLE = ReportedProblem(
    "hole", text="路面塌了一块", position=HERE, answers={"urgency": "ordinary", "depth": 1}
)
WITH_PHOTO = ReportedProblem("hole", text="两个坑", position=HERE, photos=("1" * 64,))
NOISE = ReportedProblem("noise", text="夜里施工", position=HERE)
DANGER = ReportedProblem("hole", text="有人掉下去", position=HERE, answers={"urgency": "danger"})
SOUTH = Position(114.05, 22.45, 10.0, "wgs84")


class TownCity(City):
    """The small town with every clock, and people of all its units."""

    def __init__(self, store):
        self.store = store
        files = dict(FILES)
        for file, old, new in CHANGES:
            assert old in files[file], old
            files[file] = files[file].replace(old, new)
        with store.write() as tx:
            publish_version(tx.session, as_bytes(files), "town", tx.now)
        with store.read() as session:
            self.organisation = store.playbook(session).organisation
        self.cast = {
            name: self.someone(role, unit)
            for name, role, unit in (
                ("reporter", "volunteer", "town"),
                ("other", "volunteer", "town"),
                ("street", "street_dispatcher", "north"),
                ("southern", "street_dispatcher", "south"),
                ("grid", "grid_worker", "north"),
                ("desk", "department_dispatcher", "ROADS"),
                ("hand", "handler", "ROADS"),
                ("water", "department_dispatcher", "WATER"),
                ("diver", "handler", "WATER"),
                ("trees", "department_dispatcher", "TREES"),
                ("district", "district_dispatcher", "town"),
                ("second", "district_dispatcher", "town"),
                ("boss", "supervisor", "town"),
            )
        }
        self.alerts = {}

    def people(self):
        return {access.person_id: name for name, access in self.cast.items()}

    def does(self, who, step, **values: object):
        """A step of somebody, a report, or the sweep; the refusal where there is one."""
        values = {name: self._meant(name, value) for name, value in values.items()}
        try:
            if step == "report":
                self.report(values["what"], by=self.cast[who])
                self.alerts[values["name"]] = self.alert_id
            elif step == "sweep":
                return f"fired: {sweep_promises(self.store)}"
            else:
                self.alert_id = self.alerts[values.pop("of", "one")]
                answer = self.step(self.cast[who], step, **values)
                return f"{answer['status']} {answer['version']}"
        except Refused as refused:
            faults = [f"{each.field}: {each.code}" for each in refused.faults]
            return " ".join([f"refused: {refused.code}", *faults])
        return "reported"

    def _meant(self, name, value):
        if name == "to" and value in self.cast:
            return self.cast[value].person_id
        return self.alerts[value] if name == "into" else value


def report(name="one", what=HOLE, who="reporter"):
    return (0, who, "report", {"name": name, "what": what})


def step(after, who, name, **values: object):
    return (after, who, name, values)


def sweep(after):
    return (after, "", "sweep", {})


WHY = {"reason": "说明原因"}
PHOTO = {"photos": ["2" * 64]}
TO_THE_PLACE = [
    report(),
    step(5, "desk", "sign", to="hand", note="快去"),
    step(5, "hand", "arrive", position=HERE),
]
DONE = [
    step(30, "hand", "submit", done="补好了", **PHOTO),
    step(5, "desk", "confirm", note="看过"),
]
WALKS = {
    "done, sent back, failed, rated and taken up again": [
        report(),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "contact", message="下午到"),
        step(5, "hand", "contact", message="再说一次"),
        step(5, "hand", "arrive", position=SOUTH),
        step(5, "hand", "arrive", position=HERE, **PHOTO),
        step(5, "hand", "note", note="电话13812345678", **PHOTO),
        step(5, "hand", "submit", done="补好了"),
        step(5, "desk", "send_back", **WHY),
        *DONE,
        step(60, "grid", "verify_fail", **WHY, photos=["3" * 64]),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        step(5, "grid", "verify_ok", grade="poor"),
        step(5, "grid", "verify_ok", grade="good"),
        step(60, "reporter", "rate", solved=False, note="还在漏"),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        step(5, "street", "verify_ok"),
        step(60, "reporter", "rate", solved=False),
        step(5, "street", "verify_ok", grade="fair"),
        step(60, "reporter", "rate", solved=True, grade="good"),
        step(600, "street", "reopen", **WHY),
        step(5, "desk", "assign", to="GANG"),
        step(5, "desk", "assign", to="ROADS-TEAM"),
    ],
    "several units help": [
        report(what=WITH_PHOTO),
        step(5, "desk", "sign", to="ROADS-TEAM"),
        step(5, "water", "support_sign", to="diver", note="收到"),
        step(5, "water", "support_assign", to="hand"),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "street", "call_support", unit="north", mode="informed", **WHY),
        step(5, "diver", "support_arrive", position=HERE),
        step(5, "trees", "support_sign"),
        step(5, "desk", "release_support", unit="TREES", **WHY),
        step(5, "desk", "call_support", unit="TREES", mode="required", **WHY),
        step(5, "desk", "escalate", clock="sign", unit="TREES", **WHY),
        step(5, "street", "urge", note="快"),
        step(5, "street", "urge"),
        step(5, "hand", "arrive", position=HERE),
        step(5, "hand", "submit", done="补好了", **PHOTO),
        step(5, "desk", "confirm"),
        step(5, "diver", "support_finish", done="关阀", **PHOTO),
        step(5, "trees", "support_sign"),
        step(5, "trees", "support_finish", done="砍了"),
    ],
    "given back, ruled and given to others": [
        report(),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        step(60, "district", "rule", verdict="rejected", **WHY),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        step(5, "desk", "sign"),
        step(5, "street", "reassign", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
        step(5, "water", "return", proposed="ROADS", clause="三定", finding="不是管道", **WHY),
        step(60, "district", "rule", verdict="upheld", lead="TREES", final=True, **WHY),
        step(5, "trees", "return", proposed="ROADS", clause="三定", **WHY),
        step(5, "trees", "sign"),
        step(5, "district", "reassign", lead="ROADS", **WHY),
    ],
    "ruled as a matter of two": [
        report(),
        step(5, "desk", "sign"),
        step(5, "desk", "return", proposed="WATER", clause="三定", finding="有管道", **WHY),
        step(60, "district", "rule", verdict="joint", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
    ],
    "more time is asked for": [
        *TO_THE_PLACE,
        step(5, "desk", "extend", by=3, told="缺料", **WHY),
        step(5, "desk", "extend", by=1, told="缺料", **WHY),
        step(5, "desk", "suspend", until=date(2026, 12, 1), plan="等雨停", **WHY),
        step(60, "district", "refuse_extension", **WHY),
        step(5, "desk", "extend", by=1, **WHY),
        step(5, "district", "grant_extension", note="同意"),
        step(5, "desk", "suspend", until=date(2026, 12, 1), plan="等雨停", **WHY),
        step(5, "district", "refuse_suspension", **WHY),
        step(5, "desk", "suspend", until=date(2026, 11, 25), plan="等雨停", **WHY),
        step(5, "district", "grant_suspension"),
        sweep(5),
        step(60, "desk", "resume", note="雨停了"),
        *DONE,
    ],
    "put off until a day that comes": [
        *TO_THE_PLACE,
        step(5, "desk", "suspend", until=date(2026, 11, 24), plan="等雨停", **WHY),
        step(5, "district", "grant_suspension"),
        sweep(1440),
    ],
    "one problem, two reports": [
        report(),
        report("two", who="other"),
        step(5, "street", "merge", of="two", into="one", note="同一个坑"),
        step(5, "desk", "sign", to="hand"),
        step(5, "street", "unmerge", of="two", **WHY),
        step(5, "street", "merge", of="one", into="two"),
        step(5, "desk", "sign", of="two"),
        step(5, "other", "withdraw", of="two"),
    ],
    "never begun": [
        report(),
        step(5, "street", "void", **WHY),
        step(5, "street", "refuse_void", **WHY),
        step(5, "street", "void", **WHY),
        step(5, "street", "confirm_void"),
        step(5, "district", "confirm_void", note="是误报"),
        report("two"),
        step(5, "reporter", "withdraw", of="two", note="弄错了"),
        report("three", what=NOISE),
        step(5, "street", "decline", of="three", reason="other_channel", where_instead="12345"),
        step(5, "street", "decline", of="three", reason="accusation", where_instead="12388"),
        report("four", what=NOISE),
        step(5, "street", "accept", of="four", lead="WATER", note="请看"),
        step(5, "water", "sign", of="four", to="diver"),
        step(5, "diver", "submit", of="four", done="已劝"),
    ],
    "corrected while it goes on": [
        report(),
        step(5, "street", "correct", severity="severity_1", **WHY),
        step(5, "street", "correct", severity="severity_1", **WHY),
        step(5, "street", "correct", category="leak", **WHY),
        step(5, "water", "sign", to="diver"),
        step(5, "street", "correct", place=SOUTH, **WHY),
        step(5, "southern", "correct", place=NamedGrid("north-1-1"), **WHY),
        step(5, "street", "correct", life_safety=True, **WHY),
        step(5, "street", "correct", category="hole", life_safety=False, **WHY),
        step(5, "street", "correct", category="nothing", **WHY),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "arrive", position=HERE),
        step(5, "street", "correct", category="noise", **WHY),
    ],
    "corrected before anybody has it": [
        report(what=NOISE),
        step(5, "street", "correct", life_safety=True, **WHY),
        step(5, "street", "correct", category="leak", place=SOUTH, **WHY),
        step(5, "southern", "accept", lead="WATER", category="hole", note="是坑"),
    ],
    "life is in danger": [
        report(what=DANGER),
        step(5, "reporter", "withdraw"),
        step(5, "desk", "return", proposed="WATER", clause="三定", **WHY),
        sweep(60),
        step(5, "district", "rule", verdict="upheld", lead="WATER", **WHY),
        step(5, "water", "sign", to="diver"),
        sweep(180),
        step(5, "diver", "arrive", position=HERE),
    ],
    "reminders come, are put off and sent early": [
        report(),
        step(5, "desk", "sign", to="hand"),
        step(5, "hand", "snooze", clock="dispose", span="hour", **WHY),
        step(5, "hand", "snooze", clock="dispose", span="half_hour", **WHY),
        step(5, "desk", "snooze", clock="dispose", span="hour", **WHY),
        step(5, "boss", "escalate", clock="arrive", **WHY),
        step(5, "street", "escalate", clock="contact", **WHY),
        sweep(120),
        sweep(300),
        sweep(1440),
        sweep(1440),
        sweep(1440),
        step(5, "hand", "arrive", position=HERE),
        *DONE,
        sweep(2880),
        step(5, "grid", "verify_ok"),
        sweep(4319),
        sweep(1),
    ],
    "nobody decides in time": [
        *TO_THE_PLACE,
        step(60, "desk", "extend", by=2, **WHY),
        sweep(2880),
        *DONE,
        step(60, "district", "grant_extension"),
        step(60, "grid", "verify_fail", **WHY, photos=["3" * 64]),
    ],
}


def walked(store, walk):
    """What came of each deed of a walk, and the rows that it wrote."""
    with clock.at(MONDAY):
        city = TownCity(store)
    ledger, now, told = Ledger(store, city.people()), MONDAY, []
    for after, who, name, values in WALKS[walk]:
        now += timedelta(minutes=after)
        with clock.at(now):
            outcome = city.does(who, name, **values)
        told.append([f"{who} {name}".strip(), outcome, *ledger.changes()])
    return told


@pytest.fixture(scope="module")
def written():
    return json.loads(TOLD.read_text(encoding="utf-8"))


@pytest.mark.parametrize("walk", WALKS)
def test_each_deed_writes_the_rows_that_it_wrote_before(store, written, walk):
    for number, (now, before) in enumerate(zip(walked(store, walk), written[walk], strict=True)):
        assert now == before, f"deed {number} of the walk"
