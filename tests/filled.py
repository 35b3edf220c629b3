"""A small town with full tables: what each earlier version left, kept as JSON and restored.

`PYTHONPATH=. python tests/filled.py FILE` fills a new database by today's code and writes its rows
to FILE, as JSON by table. Each file in tests/data/filled is of the revision that it is
named after; nobody writes an old one again, for the code that made it is gone.
"""

import base64
import json
import sys
import tempfile
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import LargeBinary, MetaData, create_engine, func, insert, select
from town import FILES, as_bytes

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.reading import Position
from dispatch.domain.roles import Access, Grant
from dispatch.installation.people.add_person import add_person
from dispatch.intake.report_alert import report_alert
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.settings import load_settings
from dispatch.store.alerts import alert_by_id
from dispatch.store.enrolment import NewPerson
from dispatch.store.playbooks import publish_version
from dispatch.store.second_factors import keep_second_factor
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises

FOLDER = Path(__file__).parent / "data" / "filled"
MIGRATIONS = Path(__file__).parents[1] / "dispatch" / "store" / "migrations"
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in the small town
HERE = Position(114.05, 22.55, 20.0, "wgs84")
CAST = {
    "volunteer": Grant("volunteer", "north"),
    "street": Grant("street_dispatcher", "north"),
    "grid_worker": Grant("grid_worker", "north"),
    "roads": Grant("department_dispatcher", "ROADS"),
    "water": Grant("department_dispatcher", "WATER"),
    "handler": Grant("handler", "ROADS"),
    "plumber": Grant("handler", "WATER"),
    "district": Grant("district_dispatcher", "town"),
}
RETURNED = {"reason": "Not ours", "proposed": "WATER", "clause": "3.2"}
GIVEN = {"verdict": "upheld", "lead": "WATER", "reason": "So it is"}
ARRIVED = ("arrive", "handler", {"position": HERE})
SUBMITTED = ("submit", "handler", {"done": "Filled"})
RELEASED = ("release_support", "street", {"unit": "WATER", "reason": "All dry"})
VERIFYING = (("sign", "roads", {}), ARRIVED, SUBMITTED, RELEASED, ("confirm", "roads", {}))
RESOLVED = (*VERIFYING, ("verify_ok", "grid_worker", {}))
REWORKED = {"reason": "Deep", "photos": ["0" * 64]}
SIGNED = ("sign", "roads", {})
CALLED = {"unit": "north", "mode": "required", "reason": "Close the road"}
PLANNED = {"until": date(2026, 12, 4), "plan": "New stone on Friday", "reason": "No stone"}
LONGER = ("extend", "roads", {"by": 1, "reason": "No stone"})
# What happened to each alert of the town, by the name of the story; they begin dispatched.
STORIES = {
    "dispatched": (),
    "returned": (("return", "roads", RETURNED),),
    "ruled": (("return", "roads", RETURNED), ("rule", "district", GIVEN)),
    "joint": (
        ("return", "roads", RETURNED),
        ("rule", "district", {"verdict": "joint", "lead": "WATER", "reason": "Both"}),
        ("sign", "roads", {}),
    ),
    "signed": (("sign", "roads", {}),),
    "helped": (SIGNED, ("call_support", "roads", CALLED)),
    "reassigned": (
        ("sign", "roads", {}),
        ("reassign", "street", {"lead": "WATER", "reason": "A pipe"}),
    ),
    "on_site": (("sign", "roads", {}), ARRIVED),
    "submitted": VERIFYING[:3],
    "verifying": VERIFYING,
    "reworked": (*VERIFYING, ("verify_fail", "grid_worker", REWORKED)),
    "resolved": RESOLVED,
    "closed": (*RESOLVED, ("rate", "volunteer", {"solved": True})),
    "withdrawn": (("withdraw", "volunteer", {}),),
    "suspended": (SIGNED, ("suspend", "roads", PLANNED), ("grant_suspension", "district", {})),
    "extended": (SIGNED, LONGER, ("grant_extension", "district", {})),
    "undecided": (SIGNED, LONGER),
    "merged": (),
}


class Town:
    """The store and its people, who act without HTTP."""

    def __init__(self, store: Store, ids: dict[str, str]) -> None:
        self.store = store
        with store.read() as session:
            self.organisation = store.playbook(session).organisation
        self.people = {name: Access(ids[name], (CAST[name],)) for name in CAST}

    def report(self, category: str, answers: dict, photos: tuple[str, ...] = ()) -> str:
        alert_id, who = str(uuid.uuid4()), self.people["volunteer"]
        report = ReportedProblem(category, "A hole", HERE, answers=answers, photos=photos)
        report_alert(self.store, who, who.grants[0], alert_id, report)
        return alert_id

    def step(self, alert_id: str, step: str, who: str, values: dict) -> dict:
        with self.store.read() as session:
            version = alert_by_id(session, alert_id).version
        wish = StepCommand(step, str(uuid.uuid4()), values, version)
        access = self.people[who]
        return take_step(self.store, access, self.organisation, alert_id, wish).answer


def settings(url: str, folder: Path):
    """The kept rows are sealed with this key, so the upgraded city needs it as well."""
    return load_settings(
        {
            "DISPATCH_ENV": "test",
            "DISPATCH_DATA_DIR": str(folder),
            "DISPATCH_DATABASE_URL": url,
            "DISPATCH_SYNCHRONOUS": "NORMAL",
            "DISPATCH_SEAL_KEY": "a town on paper",
        },
    )


def fill(store: Store) -> dict[str, str]:
    """Every story on one Monday, one alert late with its cards and one unread; ids by name."""
    with store.write() as tx:
        publish_version(tx.session, as_bytes(FILES), "first", tx.now)
    with store.read() as session:
        organisation = store.playbook(session).organisation
    people = {
        name: add_person(store, NewPerson(name, (grant,)), organisation)
        for name, grant in CAST.items()
    }
    with store.write() as tx:
        keep_second_factor(tx, people["district"], "A" * 32, 0, tx.now)
    town = Town(store, people)
    late = town.report("hole", {"urgency": "danger"})
    with clock.at(MONDAY + timedelta(hours=5)):
        sweep_promises(store)
        alerts = {"late": late, "reported": town.report("noise", {"urgency": "ordinary"})}
        for name, steps in STORIES.items():
            alerts[name] = town.report("hole", {"urgency": "ordinary"}, ("1" * 64,))
            for minute, (step, who, values) in enumerate(steps):
                with clock.at(MONDAY + timedelta(hours=5, minutes=10 * minute)):
                    town.step(alerts[name], step, who, values)
        town.step(alerts["merged"], "merge", "street", {"into": alerts["extended"]})
    return people | alerts


def kept_rows(engine) -> dict[str, list[dict]]:
    """Every row of every table, bytes in base64."""
    with engine.connect() as connection:
        return {
            table.name: [
                {name: _plain(value) for name, value in row.items()}
                for row in connection.execute(select(table)).mappings()
            ]
            for table in _tables(connection)
        }


def restore(engine, revision: str) -> dict[str, str]:
    """Tables of that revision with the rows kept for it; the ids of people and alerts by name."""
    kept = json.loads((FOLDER / f"{revision}.json").read_text())
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.begin() as connection:
        for table in _tables(connection):
            rows = [_typed(table, row) for row in kept["rows"].get(table.name, ())]
            if rows:
                connection.execute(insert(table), rows)
            _count_on(connection, table)
    return kept["ids"]


def _count_on(connection, table) -> None:
    """Rows that came with their numbers leave PostgreSQL's own count behind."""
    key = table.primary_key.columns[0]
    if connection.dialect.name == "postgresql" and key.autoincrement is True:
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(select(func.setval(sequence, func.max(key))))


def _tables(connection):
    """As they are in this database, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _plain(value):
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _typed(table, row: dict) -> dict:
    def typed(column, value):
        if value is not None and isinstance(column.type, LargeBinary):
            return base64.b64decode(value)
        return value

    return {name: typed(table.c[name], value) for name, value in row.items()}


def main(file: str) -> None:
    with tempfile.TemporaryDirectory() as folder, clock.at(MONDAY):
        url = f"sqlite:///{folder}/town.sqlite3"
        store = Store(settings(url, Path(folder)))
        store.migrate()
        ids = fill(store)
        store.close()
        rows = kept_rows(create_engine(url))
    kept = json.dumps({"ids": ids, "rows": rows}, ensure_ascii=False, sort_keys=True)
    Path(file).write_text(kept.replace('}, {"', '},\n{"') + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
