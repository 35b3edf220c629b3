"""Who watches the server learns within seconds that its database keeps it waiting, or is gone."""

import time
from contextlib import closing
from dataclasses import replace

import pytest
from callers import open_app
from flask import Flask
from held import frozen, held, lose, own_cluster
from published import publish

from dispatch.blueprints import problems, request_access
from dispatch.blueprints.health import health
from dispatch.errors import Refused
from dispatch.installation.readiness import is_well
from dispatch.store.transaction import Store

PATIENCE_S = 8  # a monitor gives up after ten


def watched_only(store):
    """The addresses alone, where nobody publishes a playbook any more."""
    app = Flask("watched")
    request_access.install(app, store)
    problems.install(app)
    app.register_blueprint(health)
    return app.test_client()


def watched(store):
    app = open_app(store)
    app.register_blueprint(health)
    return app.test_client()


@pytest.fixture
def http(store):
    return watched(store)


@pytest.fixture
def other_city(settings):
    """A PostgreSQL of its own, and a district on it."""
    with own_cluster() as cluster:
        url = cluster.create("elsewhere")
        with closing(Store(replace(settings, database_url=url))) as store:
            store.migrate()
            yield cluster, watched(store), store


def look(http):
    """What both addresses answer, status and reason, and that they answer in time."""
    begun = time.monotonic()
    ready, meters = http.get("/readyz"), http.get("/metrics")
    assert time.monotonic() - begun < 2 * PATIENCE_S
    if ready.status_code == 200:
        return [(200, None), (meters.status_code, None)]
    assert ready.json["ready"] is False
    [reason] = [warning["code"] for warning in ready.json["warnings"]]
    return [(ready.status_code, reason), (meters.status_code, meters.json["code"])]


WELL = [(200, None)] * 2
SILENT = [(503, "database_silent")] * 2
AWAY = [(503, "database_away")] * 2


@pytest.mark.parametrize(
    ("database_url", "table"),
    [("sqlite", "rung"), ("postgresql", "rung"), ("postgresql", "fact")],
    indirect=["database_url"],
)
def test_a_table_that_somebody_holds_turns_the_server_red_until_it_is_free(http, store, table):
    assert look(http) == WELL
    store.forget_playbook()
    with held(store, table):
        assert look(http) == SILENT
    assert look(http) == WELL


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_process_that_never_read_its_playbook_waits_for_nobody_who_does(store):
    open_app(store)
    with closing(Store(store.settings)) as started, held(store, "playbook_version"):
        http = watched_only(started)
        assert look(http) == SILENT


def test_a_held_table_stops_the_heartbeat_and_its_thread_goes_on(store):
    publish(store)
    assert is_well(store)
    begun = time.monotonic()
    with held(store), pytest.raises(Exception, match="database_silent"):
        is_well(store)
    assert time.monotonic() - begun < PATIENCE_S
    assert is_well(store)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_file_that_is_gone_is_missed_though_it_is_still_open(http, store):
    assert look(http) == WELL
    lose(store)
    assert look(http) == AWAY
    with pytest.raises(Refused, match="database_away"), store.read() as session:
        session.connection()  # nobody gets a new, empty file in its place
    assert look(http) == AWAY


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stopped_cluster_is_missed(other_city):
    cluster, http, _store = other_city
    assert look(http) == WELL
    cluster.stop()
    assert look(http) == AWAY


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_cluster_that_hangs_is_missed(other_city):
    cluster, http, _store = other_city
    assert look(http) == WELL
    with frozen(cluster):
        assert look(http) == AWAY
    assert look(http) == WELL
