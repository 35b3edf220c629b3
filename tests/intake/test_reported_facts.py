"""What the rules are told about what lies around a new alert, and what it costs to ask."""

from dataclasses import replace

import pytest
from sqlalchemy import event, select
from stage import HERE, HOLE, MONDAY, City, later

from dispatch import clock
from dispatch.domain.reading import Position
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.rules.book.loading import read_folder
from dispatch.store import nearby
from dispatch.store.nearby import alerts_nearby
from dispatch.store.past_alerts import past_alerts
from dispatch.store.playbooks import activate
from dispatch.store.tables import Alert, LogDetail, Promise

RULES = """rules:
  - {id: many, when: {category: E0113, open_nearby: {at_least: 1}}, lead: CGJ, basis: assumed}
  - {id: again, when: {category: E0113, repeat: {within_days: 7}}, lead: SWJ, basis: assumed}
"""


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = City(store)
        files = read_folder(store.settings.playbook)
        files["rules.yaml"] = files["rules.yaml"].replace(b"rules:\n", RULES.encode(), 1)
        no_place = b"  plausible_km: 50\n  default_points: [{lon: 114.0500, lat: 22.5400}]\n"
        files["district.yaml"] = files["district.yaml"].replace(b"  plausible_km: 50\n", no_place)
        publish_playbook(store, Publication(keep_playbook(store, files, "", None)))
        yield city


def led(city, report=HOLE):
    city.report(report)
    return city.alert().lead


def at(lon, lat):
    return replace(HOLE, position=Position(lon, lat, 20.0, "wgs84"))


def test_an_open_alert_of_the_same_kind_nearby_is_counted(city):
    assert led(city) == "JTJ"
    assert led(city) == "CGJ"
    assert led(city, at(HERE.lon, HERE.lat + 0.00044)) == "CGJ"  # 49 m
    assert led(city, at(HERE.lon, HERE.lat - 0.00046)) == "JTJ"  # 51 m
    assert led(city, replace(HOLE, category="P0204")) == "JTJ"


def test_near_is_a_circle_and_no_square(city):
    led(city)
    assert led(city, at(HERE.lon + 0.0004, HERE.lat + 0.0004)) == "JTJ"  # 60 m, 44 m on each side


def test_one_that_was_done_is_a_repetition_for_as_long_as_the_rule_says(city):
    led(city)
    with city.store.write() as tx:
        tx.session.execute(Alert.__table__.update().values(status="closed"))
    with later(days=7):
        assert led(city) == "SWJ"
        with city.store.write() as tx:
            tx.session.execute(Alert.__table__.update().values(status="closed"))
    with later(days=15):
        assert led(city) == "JTJ"


def test_a_withdrawn_one_repeats_nothing(city):
    led(city)
    with city.store.write() as tx:
        tx.session.execute(Alert.__table__.update().values(status="withdrawn"))
    assert led(city) == "JTJ"


def test_a_point_that_stands_for_no_place_never_clusters(city):
    town_hall = at(114.05, 22.54)
    assert [led(city, town_hall), led(city, town_hall)] == ["JTJ", "JTJ"]


def statements(city, report):
    seen = []

    def count(_connection, _cursor, statement, _parameters, _context, _many):
        seen.append(statement)

    with city.store.read() as session:
        engine = session.get_bind()
    for each in {engine, city.store._engines.write}:  # noqa: SLF001 - what intake sends
        event.listen(each, "before_cursor_execute", count)
    city.report(report)
    for each in {engine, city.store._engines.write}:  # noqa: SLF001
        event.remove(each, "before_cursor_execute", count)
    return [text for text in seen if not text.startswith(("BEGIN", "COMMIT"))]


def test_intake_asks_what_lies_around_only_where_a_rule_wants_to_know(city):
    city.report()
    asked = statements(city, HOLE)
    plain = statements(city, replace(HOLE, category="N0101"))
    assert len(asked) == len(plain) + 1
    assert len(asked) <= 15


def test_the_facts_are_kept_for_those_who_ask_later(city):
    led(city)
    led(city)
    with city.store.read() as session:
        details = session.scalars(select(LogDetail.body))
        kept = [body["facts"] for body in details if "facts" in body]
        playbook = city.store.playbook(session)
        past = list(past_alerts(session, city.store.seal, MONDAY, playbook))
    assert kept == [{"open_nearby": 1, "earlier": [MONDAY.isoformat()]}]
    told = {each.lead: (each.facts.open_nearby, each.facts.earlier) for each in past}
    assert told == {"JTJ": (0, ()), "CGJ": (1, (MONDAY,))}


def test_whoever_accepts_gets_the_promises_of_the_lead_they_chose(city):
    files = read_folder(city.store.settings.playbook)
    rule = b"""rules:
  - id: asked-first
    when: {category: E0113}
    lead: the_street
    needs_person: true
    basis: assumed
  - id: water
    when: {category: E0113}
    lead: SWJ
    promises: {sign: 25 minutes}
    basis: assumed
"""
    files["rules.yaml"] = files["rules.yaml"].replace(b"rules:\n", rule, 1)
    version = keep_playbook(city.store, files, "", None)
    with city.store.write() as tx:
        activate(tx.session, version)
    city.store.forget_playbook()
    city.report()
    city.step(city.street, "accept", lead="SWJ")
    with city.store.read() as session:
        of_clock = select(Promise.limit).where(Promise.alert_id == city.alert_id)
        assert session.scalar(of_clock.where(Promise.clock == "sign")) == "25 minutes"


def asked_for_spots(session, deed):
    """The statements about pins that a deed sends, with their values."""
    heard = []

    def hear(_connection, _cursor, statement, values, *_rest: object):
        if "JOIN spot" in statement and statement.startswith("SELECT"):
            heard.append((statement, values))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    try:
        deed()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return heard


def test_what_lies_around_is_found_by_the_map_and_not_by_the_kind(city):
    if not city.store.is_sqlite:
        pytest.skip("PostgreSQL chooses by its figures, which a small city does not have")
    with city.store.write() as tx:
        [(statement, values)] = asked_for_spots(
            tx.session, lambda: alerts_nearby(tx.session, "E0113", (114.05, 22.54), 50, None)
        )
        connection = tx.session.connection()
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        assert "ix_spot_lat_lon" in str(plan.all())


def test_of_very_many_around_the_oldest_are_counted(city, monkeypatch):
    city.report()
    with later(minutes=5):
        city.report()
    monkeypatch.setattr(nearby, "_OPEN_AROUND", nearby._OPEN_AROUND.limit(1))  # noqa: SLF001
    with city.store.read() as session:
        [oldest] = alerts_nearby(session, "E0113", (HERE.lon, HERE.lat), 50, None).around
    assert oldest.reported_at == MONDAY
