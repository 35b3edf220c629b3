"""The ladder in people's hands: escalated now, snoozed, answered; supervised, nobody there."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from stage import MONDAY, City

from dispatch import clock
from dispatch.deeds.machinery.supervision import open_supervision
from dispatch.errors import Refused
from dispatch.store.playbooks import files_of, publish_version
from dispatch.store.tables import LogEntry, Notice, Person, Promise, RoleGrant, Rung
from dispatch.sweep.sweep_promises import sweep_promises

REMINDER = datetime(2026, 11, 24, 7, 24, tzinfo=UTC)
SIGN_DUE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DISPOSE_REMINDER = datetime(2026, 11, 27, 8, 48, tzinfo=UTC)
LEADER = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)  # 150 % of the 13 work hours
RED = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)


class Ladder(City):
    """A city that can be asked what its rungs did."""

    def rungs(self, clock_name="sign"):
        with self.store.read() as session:
            rows = session.scalars(
                select(Rung)
                .join(Promise)
                .where(Promise.clock == clock_name, Rung.alert_id == self.alert_id)
                .order_by(Rung.level, Rung.turn)
            )
            return [(rung.action, rung.state) for rung in rows]

    def told(self, *codes: str):
        with self.store.read() as session:
            rows = select(LogEntry).where(LogEntry.code.in_(codes)).order_by(LogEntry.seq)
            return [row.codes for row in session.scalars(rows)]

    def notices(self, code):
        with self.store.read() as session:
            rows = select(Notice).where(Notice.code == code)
            return list(session.scalars(rows.order_by(Notice.created_at, Notice.id)))

    def sweep_at(self, instant):
        with clock.at(instant):
            return sweep_promises(self.store)

    def due_at(self, clock_name="sign"):
        with self.store.read() as session:
            return session.scalar(select(Promise.due_at).where(Promise.clock == clock_name))

    def publish(self, file, old, new):
        with self.store.write() as tx:
            files = files_of(tx.session, 1)
            written = files[file].decode()
            assert old in written
            files[file] = written.replace(old, new, 1).encode()
            publish_version(tx.session, files, "another", tx.now)
        self.store.forget_playbook()


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = Ladder(store)
        city.supervisor = city.someone("supervisor", "futian")
        city.report()
        yield city


# Escalate now, snooze


def test_who_escalates_now_takes_the_next_step_and_the_automatic_one_does_not_follow(city):
    city.step(city.street, "escalate", clock="sign", reason="水位在涨")
    assert city.rungs()[0] == ("notice", "fired")
    assert len(city.told("remind")) == 1
    city.sweep_at(REMINDER)
    assert len(city.told("remind")) == 1
    assert [row["clock"] for row in city.told("escalate")] == ["sign"]


def test_escalating_again_takes_the_step_after_and_never_a_card(city):
    for _ in range(3):
        city.step(city.street, "escalate", clock="sign", reason="急")
    states = [state for _, state in city.rungs()]
    assert states == ["fired", "fired", "fired", "pending", "pending", "pending"]
    with pytest.raises(Refused, match="no_step_left"):
        city.step(city.street, "escalate", clock="sign", reason="急")
    assert city.alert().card is None


@pytest.mark.parametrize("name", ["verify", "contact"])
def test_a_clock_that_does_not_run_has_no_next_step(city, name):
    with pytest.raises(Refused, match="no_step_left"):
        city.step(city.street, "escalate", clock=name, reason="急")


def test_a_snoozed_reminder_comes_later_and_the_promise_does_not_move(city):
    due_at = city.due_at()
    city.step(city.desk, "snooze", clock="sign", span="hour", reason="正在开会")
    assert city.sweep_at(REMINDER) == 0
    assert city.sweep_at(REMINDER + timedelta(hours=1)) == 1
    assert city.due_at() == due_at
    assert city.sweep_at(SIGN_DUE) == 2  # urged and carded on time


def test_snoozing_has_a_limit_that_the_ladder_sets(city):
    city.step(city.desk, "snooze", clock="sign", span="hour", reason="正在开会")
    with pytest.raises(Refused, match="snooze_limit"):
        city.step(city.desk, "snooze", clock="sign", span="four_hours", reason="还在开会")


def test_where_the_ladder_allows_none_nothing_is_snoozed(city):
    city.publish("ladders.yaml", "    snooze_minutes: 240", "    snooze_minutes: 0")
    city.report()
    with pytest.raises(Refused, match="snooze_limit"):
        city.step(city.desk, "snooze", clock="sign", span="half_hour", reason="正在开会")


def test_an_urge_cannot_be_snoozed(city):
    city.sweep_at(REMINDER)
    with pytest.raises(Refused, match="no_step_left"):
        city.step(city.desk, "snooze", clock="sign", span="half_hour", reason="正在开会")


# Who is told


def test_the_leader_reads_what_was_tried_when_and_who_did_not_answer(city):
    for instant in (REMINDER, SIGN_DUE, LEADER):
        city.sweep_at(instant)
    assert leader_reads(city) == [
        ["notice", REMINDER.isoformat(), "lead", "handler"],
        ["urge", SIGN_DUE.isoformat(), "lead", "street"],
        ["yellow_card", SIGN_DUE.isoformat()],
    ]


def test_after_an_outage_the_leader_reads_what_went_out_and_not_what_was_overtaken(city):
    city.sweep_at(LEADER)
    assert leader_reads(city) == [["yellow_card", LEADER.isoformat()]]


def leader_reads(city):
    """What was tried before, as the leader's notice about signing names it."""
    [notice] = [each for each in city.notices("notify") if each.to_ref == "district"]
    assert (notice.params["clock"], notice.params["unit"]) == ("sign", "JTJ")
    return notice.params["tried"]


def test_a_desk_that_nobody_holds_hands_up_at_once(city):
    with city.store.write() as tx:
        gone = update(Person).where(Person.id.in_([city.desk.person_id]))
        tx.session.execute(gone.values(disabled_at=clock.wall()))
    city.sweep_at(REMINDER)
    [row] = city.told("remind")
    assert "lead" in row["no_recipient"]
    assert row["to"] == ["district"]


def test_where_nobody_leads_the_district_the_supervisors_hear_and_nobody_at_all_is_told_as_missed(
    city,
):
    for who, to in ((city.district, ["JTJ", "supervisor"]), (city.supervisor, ["JTJ", "district"])):
        with city.store.write() as tx:
            gone = update(Person).where(Person.id == who.person_id)
            tx.session.execute(gone.values(disabled_at=clock.wall()))
        city.report()
        city.sweep_at(LEADER)
        row = [row for row in city.told("notify") if row["clock"] == "sign"][-1]
        assert (row["to"], row["no_recipient"]) == (to, ["district"])


def _leaves(tx, person):
    tx.session.execute(update(Person).where(Person.id == person).values(disabled_at=clock.wall()))


def _moves_to_another_department(tx, person):
    mine = update(RoleGrant).where(RoleGrant.person_id == person)
    tx.session.execute(mine.values(unit="CGJ"))


@pytest.mark.parametrize("go", [_leaves, _moves_to_another_department])
def test_a_handler_who_left_is_not_told_the_desk_is(city, go):
    told = _the_handler_is_reminded(city)
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    with city.store.write() as tx:
        go(tx, city.handler.person_id)
    city.sweep_at(DISPOSE_REMINDER)
    assert _persons_reminded(city) == told
    assert city.told("remind")[-1]["no_recipient"] == ["handler"]


def _the_handler_is_reminded(city):
    city.step(city.desk, "sign", to=city.handler.person_id)
    city.sweep_at(DISPOSE_REMINDER)
    told = _persons_reminded(city)
    assert told == [city.handler.person_id]
    return told


def _persons_reminded(city):
    return [each.to_ref for each in city.notices("remind") if each.to_kind == "person"]


def test_who_acts_stops_the_rest_for_everybody(city):
    city.sweep_at(REMINDER)
    with clock.at(REMINDER):
        city.step(city.desk, "sign")
        city.step(city.desk, "contact", message="今天下午去看")
    assert {state for _, state in city.rungs()[1:]} == {"cancelled"}
    city.sweep_at(LEADER)
    assert city.told("notify") == []


# Supervision, severity, repeats


def test_the_red_card_opens_supervision_once_with_a_number(city):
    city.sweep_at(SIGN_DUE)
    assert city.alert().supervised_at is None
    city.sweep_at(RED)
    assert city.alert().card == "red"
    assert city.alert().supervision == "2026-1"
    assert {row["number"] for row in city.told("supervise")} == {"2026-1"}
    assert len(city.told("supervise")) == 1
    assert {each.to_ref for each in city.notices("supervise")} == {"JTJ", "supervisor"}


def test_supervision_that_is_open_is_not_opened_again(city):
    city.sweep_at(RED)
    with city.store.write() as tx:
        alert = tx.session.get_one(type(city.alert()), city.alert_id)
        assert not open_supervision(city.store, tx, alert, "dispose", "system")


def test_numbers_of_supervision_begin_anew_each_year(city):
    city.sweep_at(RED)
    city.report()
    with clock.at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)), city.store.write() as tx:
        alert = tx.session.get_one(type(city.alert()), city.alert_id)
        assert open_supervision(city.store, tx, alert, "dispose", "system")
        assert alert.supervision == "2027-1"


def test_a_rung_raises_severity_and_stops_at_the_worst(city):
    with city.store.write() as tx:
        tx.session.execute(
            update(Rung).where(Rung.action == "notice").values(action="raise_severity")
        )
    before = city.alert().severity
    city.sweep_at(REMINDER)
    assert city.alert().severity == before - 1
    with city.store.write() as tx:
        tx.session.execute(update(type(city.alert())).values(severity=1))
        tx.session.execute(
            update(Rung).where(Rung.action == "urge").values(action="raise_severity")
        )
    city.sweep_at(SIGN_DUE)
    assert city.alert().severity == 1


def test_a_rung_that_repeats_fires_exactly_as_often_as_it_says(city):
    city.publish(
        "ladders.yaml",
        "{at: due, do: urge, to: [lead, street]}",
        "{at: due, do: urge, to: [lead, street], repeat: 2, every: 1 hours}",
    )
    city.report()
    for hour in range(10):
        city.sweep_at(SIGN_DUE + timedelta(hours=hour))
    urged = [row for row in city.told("notify") if row["clock"] == "sign" and row["level"] == 2]
    assert [row["turn"] for row in urged] == [0, 0, 1, 2]  # the first alert's once, then thrice
