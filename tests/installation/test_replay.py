"""Another system's requests live through our city once more, at their own times."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from boston import TODAY, Boston, sample
from sqlalchemy import func, select
from stage import City

from dispatch import clock
from dispatch.deeds.record_outcome import record_outcome
from dispatch.errors import Refused
from dispatch.installation.replay.replay_outcome import replay_outcome
from dispatch.store.log import Event
from dispatch.store.log_checks import chain_breaks
from dispatch.store.replays import replayed_source
from dispatch.store.tables import Alert, LogEntry, Notice, Person, Rung, SealedLink
from dispatch.sweep.sweep_promises import sweep_promises


@pytest.fixture
def boston(store):
    return Boston(store)


def changed(row, **cells: str):
    return row | cells


def test_all_of_the_sample_goes_in_and_as_many_are_closed_as_were_closed_there(boston):
    rows = sample()
    boston.replay(rows)
    outcome = replay_outcome(boston.store, boston.requests)
    there = Counter(row["CASE_STATUS"] for row in rows)
    assert boston.refused == []
    assert (outcome.closed, outcome.open) == (there["Closed"], there["Open"])
    assert outcome.agreement.same == len(rows)
    assert outcome.agreement.units["PWDx"] == (84, 84)
    assert outcome.agreement.same_by_category < len(rows)
    with boston.store.read() as session:
        assert list(chain_breaks(session, boston.store.seal.log_key)) == []


def test_each_request_is_opened_and_closed_at_its_own_time(boston):
    boston.replay(sample(20))
    by_id = {request.external_id: request for request in boston.requests}
    for alert in boston.alerts():
        request = by_id[alert.external_id]
        assert (alert.reported_at, alert.closed_at) == (request.opened_at, request.closed_at)
    times = [row.at for row in boston.log() if row.alert_id]
    assert times == sorted(times)
    assert max(times) < TODAY - timedelta(days=3650)


def test_what_is_due_on_the_way_fires_at_its_very_moment_until_the_request_is_closed(boston):
    boston.replay(sample(40))
    fired = boston.log("remind", "notify", "card")
    assert len(fired) > 100
    assert {row.codes["late_s"] for row in fired} == {0}
    assert all(row.at == datetime.fromisoformat(row.codes["due_at"]) for row in fired)
    closed = {alert.id: alert.closed_at for alert in boston.alerts() if alert.closed_at}
    assert [row.seq for row in fired if row.at > closed.get(row.alert_id, TODAY)] == []
    with boston.store.read() as session:
        waiting = select(func.count()).select_from(Rung).where(Rung.state == "pending")
        assert session.scalar(waiting.where(Rung.alert_id.in_(closed))) == 0


def test_a_request_closed_in_time_met_its_promise_and_a_late_one_missed_it(boston):
    boston.replay(sample(40))
    outcomes = Counter()
    for _id, _status, _lead, _card, closed_at, clock_name, state, due_at, *_ in boston.history():
        if clock_name == "dispose" and closed_at:
            outcomes[state] += 1
            assert state == ("met" if closed_at <= due_at else "missed")
        elif clock_name == "sign" and closed_at:
            assert state == "ended"
    assert set(outcomes) == {"met", "missed"}


def test_nobody_is_told_of_what_happened_long_ago(boston):
    boston.replay(sample(20))
    with boston.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
        assert session.scalar(select(func.count()).select_from(SealedLink)) == 0
        assert [person.is_service for person in session.scalars(select(Person))] == [True]


def test_a_second_run_changes_nothing(boston):
    rows = sample(40)
    boston.replay(rows)
    before = boston.log()[-1].hash
    boston.replay(rows)
    assert boston.log()[-1].hash == before
    assert boston.refused == []


def test_begun_again_after_any_interruption_it_comes_to_the_same_end(boston, store):
    rows = sample(60)
    done = []

    def pull_the_plug(moments):
        done.append(moments)
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            boston.replay(rows, pull_the_plug)
    halfway = {alert.status for alert in boston.alerts()}
    assert halfway == {"dispatched", "closed"}
    boston.replay(rows)
    assert len(boston.alerts()) == len(rows)
    fired = Counter((row.alert_id, *_name(row.codes)) for row in boston.log("remind", "notify"))
    assert set(fired.values()) == {1}
    closed = sum(row["CASE_STATUS"] == "Closed" for row in rows)
    assert sum(alert.status == "closed" for alert in boston.alerts()) == closed


def _name(codes):
    return codes["clock"], codes["level"], codes["turn"]


def test_a_server_beside_a_replay_leaves_what_is_due_in_history_to_it(boston, store):
    rows, fired = sample(20), []

    def sweep_in_the_present(_moments):
        if not fired:
            fired.append(sweep_promises(store))

    boston.replay(rows, sweep_in_the_present)
    assert fired == [0]
    assert {row.codes["late_s"] for row in boston.log("remind", "notify", "card")} == {0}
    left = sweep_promises(store)
    assert left > 0, "what is still open belongs to the present once the replay is done"


def test_what_a_killed_replay_left_is_the_presents_after_ten_minutes(boston, store):
    def pull_the_plug(_moments):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        boston.replay(sample(60), pull_the_plug)
    with store.read() as session:
        wall = clock.wall()
        assert replayed_source(session, wall) == "boston311"
        assert replayed_source(session, wall + timedelta(minutes=11)) is None


def test_what_was_open_in_an_earlier_file_is_closed_by_a_later_one(boston):
    [row] = [each for each in sample(20) if each["CASE_STATUS"] == "Closed"][:1]
    boston.replay([changed(row, CASE_STATUS="Open", CLOSED_DT="")])
    assert [alert.status for alert in boston.alerts()] == ["dispatched"]
    boston.replay([row])
    assert [alert.status for alert in boston.alerts()] == ["closed"]


def test_another_report_under_a_known_number_is_refused_and_closes_nothing(boston):
    row = changed(sample(1)[0], CASE_STATUS="Open", CLOSED_DT="")
    closed = changed(row, CASE_STATUS="Closed", CLOSED_DT="03/01/2015 10:00:00 AM")
    boston.replay([row, changed(closed, CASE_TITLE="Another one")])
    assert boston.refused == [(row["CASE_ENQUIRY_ID"], "alert_exists")]
    assert [alert.status for alert in boston.alerts()] == ["dispatched"]


def test_a_place_on_another_continent_is_refused_and_the_others_go_in(boston):
    far, *others = sample(5)
    boston.replay([changed(far, LATITUDE="22.54", LONGITUDE="114.05"), *others])
    assert boston.refused == [(far["CASE_ENQUIRY_ID"], "place_implausible")]
    assert len(boston.alerts()) == 4


def test_only_the_importing_service_records_an_outcome(store):
    city = City(store)
    city.report()
    with pytest.raises(Refused, match="forbidden_step"):
        record_outcome(store, city.district, city.alert_id)
    assert city.alert().status == "dispatched"


def test_a_person_may_not_be_called_like_the_service(boston):
    boston.replay(sample(1))
    with boston.store.write() as tx:
        [service] = tx.session.scalars(select(Person))
        service.is_service = False
    with pytest.raises(Refused, match="name_taken"):
        boston.replay(sample(2))


def test_a_deed_of_history_that_is_refused_leaves_nothing_of_itself(store):
    city = City(store)
    city.report()
    with store.history():
        with pytest.raises(Refused):
            _void_without_right(store, city.alert_id)
        with store.write() as deed:
            deed.record(Event("note", alert_id=city.alert_id))
    assert city.alert().status == "dispatched"
    with store.read() as session:
        codes = session.scalars(select(LogEntry.code).order_by(LogEntry.seq.desc()))
        assert [*codes][:2] == ["note", "dispatch"]


def _void_without_right(store, alert_id):
    with store.write() as deed:
        deed.session.get(Alert, alert_id).status = "voided"
        deed.record(Event("void", alert_id=alert_id))
        raise Refused("forbidden")
