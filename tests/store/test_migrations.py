"""A full database of each earlier version becomes one of today, and life goes on in it."""

import uuid
from contextlib import closing, contextmanager

import filled
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filled import ARRIVED, HERE, MONDAY, RELEASED, SUBMITTED, Town
from sqlalchemy import inspect, select

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.store.alerts import alert_by_id, assignments_of
from dispatch.store.engines import open_engines
from dispatch.store.tables import Assignment, Base, Notice, Promise
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.telling.notices import tell_desk

KEPT = sorted(file.stem for file in filled.FOLDER.glob("*.json"))


@pytest.fixture(scope="session", params=KEPT)
def upgraded(request, databases, tmp_path_factory):
    """The small town as that version left it, upgraded once: its name, and the ids in it."""
    name = f"upgraded_{request.param}"
    url = databases.create(name)
    engines = open_engines(url, "NORMAL")
    ids = filled.restore(engines.write, request.param)
    engines.dispose()
    with closing(Store(filled.settings(url, tmp_path_factory.mktemp(name)))) as store:
        store.migrate()
    return name, ids, request.param


@pytest.fixture
def town(upgraded, databases, tmp_path):
    """The upgraded town, to be looked at, on the same Monday's evening."""
    name, ids, _ = upgraded
    with opened(databases.url(name), tmp_path) as store:
        yield Town(store, ids), ids


@pytest.fixture
def lived_in(upgraded, databases, tmp_path):
    """A copy of the upgraded town, in which life goes on."""
    name, ids, _ = upgraded
    with opened(databases.create(f"town_{uuid.uuid4().hex}", like=name), tmp_path) as store:
        yield Town(store, ids), ids


@contextmanager
def opened(url, folder):
    with closing(Store(filled.settings(url, folder))) as store, clock.at(MONDAY.replace(hour=8)):
        yield store


def differences(store):
    return [(each.code, each.params) for check in verify_store(store) for each in check.differences]


def test_each_version_before_todays_was_kept_full():
    config = Config()
    config.set_main_option("script_location", str(filled.MIGRATIONS))
    every = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    missing = sorted(set(every[1:]) - set(KEPT))
    assert not missing, (
        "as the tables were before your change (git stash), run PYTHONPATH=. "
        f"python tests/filled.py tests/data/filled/{missing[0]}.json"
    )


def test_an_upgraded_city_is_as_it_should_be(town):
    town, _ids = town
    assert town.store.is_migrated
    assert differences(town.store) == []


def test_an_upgraded_city_has_todays_tables(town):
    """With their partial indexes: SQLite alters a table by copying it."""
    with town[0].store.write() as tx:
        context = MigrationContext.configure(tx.session.connection())
        lacking = compare_metadata(context, Base.metadata)
        assert not lacking, f"write the next of dispatch/store/migrations/versions/ for: {lacking}"
        [*told] = inspect(tx.session.connection()).get_indexes("notice")
    assert {each["name"] for each in told} >= {"ix_notice_pending", "ix_notice_failed"}


def test_a_notice_may_be_about_no_alert(lived_in):
    town, _ids = lived_in
    with clock.at(MONDAY.replace(hour=8)), town.store.write() as tx:
        tell_desk(tx, "admin", "horizon", {"calendars": [], "last": "2026-12-31"}, "horizon:x")
    with town.store.read() as session:
        assert session.scalar(select(Notice.alert_id).where(Notice.once == "horizon:x")) is None


def test_the_clocks_of_a_lead_name_the_round_that_owes_them(town):
    town, ids = town
    with town.store.read() as session:
        rows = session.execute(
            select(Promise.clock, Promise.unit, Assignment.unit).outerjoin(
                Assignment, Assignment.id == Promise.assignment_id
            )
        ).all()
        leads = assignments_of(session, ids["reassigned"])
        still = select(Promise.assignment_id).where(
            Promise.alert_id == ids["reassigned"], Promise.state == "running"
        )
        assert set(session.scalars(still)) == {leads[-1].id, None}
    of_leads = {"sign", "contact", "arrive", "dispose"}
    assert all(bool(owing) == (clock in of_leads) for clock, _, owing in rows)
    assert all(unit == owing for _, unit, owing in rows if owing)


def disposing_and_told(town, alert_id):
    """The lead's last promise to dispose, and the date that the reporter was told."""
    with town.store.read() as session:
        mine = select(Promise).where(Promise.alert_id == alert_id).order_by(Promise.started_at)
        rows = session.scalars(mine.order_by(Promise.id)).all()
        leads = {each.id for each in assignments_of(session, alert_id) if each.kind == "lead"}
    owed = [each for each in rows if each.clock == "dispose" and each.assignment_id in leads]
    return owed[-1], [each for each in rows if each.clock == "overall"][-1]


def test_each_alert_that_somebody_received_has_the_date_that_its_reporter_was_told(town, upgraded):
    (town, ids), (_, _, version) = town, upgraded
    if version > "0006":
        pytest.skip("this version kept the date apart from what the unit owed")
    dispatched = {"late", *filled.STORIES} - {"returned"}
    for name in sorted(dispatched & ids.keys()):
        disposing, told = disposing_and_told(town, ids[name])
        assert (told.due_at, told.state) == (disposing.due_at, disposing.state), name
        assert (told.started_at, told.stopped_at) == (disposing.started_at, disposing.stopped_at)
        assert (told.unit, told.assignment_id, told.card) == (None, None, None)
    with town.store.read() as session:
        of_nobody = select(Promise).where(Promise.alert_id == ids["reported"])
        assert [each.clock for each in session.scalars(of_nobody)] == ["accept"]


def test_a_return_under_way_no_longer_stops_that_date(town):
    """It is due as on an alert of the same hour and kind that nobody returned."""
    town, ids = town
    disposing, told = disposing_and_told(town, ids["returned"])
    _, of_another = disposing_and_told(town, ids["dispatched"])
    assert (disposing.state, told.state) == ("paused", "running")
    assert told.due_at == of_another.due_at


def has_support(town, alert_id):
    """Those of 0002 and later may have to come."""
    with town.store.read() as session:
        return any(each.kind == "required" for each in assignments_of(session, alert_id))


def test_what_was_under_way_goes_on_to_its_end(lived_in):
    town, ids = lived_in
    helped = [RELEASED] if has_support(town, ids["signed"]) else []
    steps = [ARRIVED, SUBMITTED, *helped, ("confirm", "roads", {})]
    for step, who, values in [
        *steps,
        ("verify_ok", "grid_worker", {}),
        ("rate", "volunteer", {"solved": True}),
    ]:
        town.step(ids["signed"], step, who, values)
    town.step(ids["returned"], "rule", "district", {"verdict": "rejected", "reason": "Yours"})
    town.step(ids["returned"], "sign", "roads", {})
    town.step(ids["reassigned"], "sign", "water", {})
    town.step(ids["reassigned"], "arrive", "plumber", {"position": HERE})
    town.step(ids["reworked"], *ARRIVED)
    with town.store.read() as session:
        names = ("signed", "returned", "reassigned", "reworked")
        stand = [alert_by_id(session, ids[name]).status for name in names]
    assert stand == ["closed", "signed", "on_site", "on_site"]
    assert differences(town.store) == []


def test_its_promises_are_still_kept_an_eye_on(lived_in):
    town, ids = lived_in
    with clock.at(MONDAY.replace(day=30)):
        assert sweep_promises(town.store) > 0
        with town.store.read() as session:
            assert alert_by_id(session, ids["dispatched"]).card is not None
    assert differences(town.store) == []


def test_a_suspension_under_way_ends_on_its_date_for_both(lived_in):
    town, ids = lived_in
    if "suspended" not in ids:
        pytest.skip("no alert of this version was suspended")
    with clock.at(MONDAY.replace(month=12, day=5)):
        sweep_promises(town.store)
        assert [each.state for each in disposing_and_told(town, ids["suspended"])] == [
            "running"
        ] * 2
    assert differences(town.store) == []


def test_a_new_alert_comes_in(lived_in):
    town, _ids = lived_in
    alert_id = town.report("hole", {"urgency": "ordinary"}, ("2" * 64,))
    town.step(alert_id, "sign", "roads", {})
    assert differences(town.store) == []


def test_whoever_called_a_unit_is_known_after_the_upgrade(town):
    """What was called before is released by the same people as what is called today."""
    town, ids = town
    helps = (Assignment.kind != "lead", Assignment.to_at.is_(None))
    with town.store.read() as session:
        rows = session.execute(
            select(Assignment.alert_id, Assignment.unit, Assignment.caller).where(*helps)
        )
        callers = {(row.alert_id, row.unit): row.caller for row in rows}
    by_people = {("helped", "north"): "lead_unit"}
    names = {alert: name for name, alert in ids.items()}
    assert callers == {
        (alert, unit): by_people.get((names[alert], unit), "rules") for alert, unit in callers
    }
