"""Whole walks, with every row that each deed writes: `tests/data/ledgers.json` says them.

Whoever changes on purpose what a deed writes makes the file again:
`PYTHONPATH=tests:. python tests/deeds/write_ledgers.py`. Then read what differs.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from ledger import Ledger
from stage import MONDAY, City
from town import FILES, as_bytes
from walks import WALKS

from dispatch import clock
from dispatch.errors import Refused
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
