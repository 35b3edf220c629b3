"""One alert walks through every room of the house, step by step, without HTTP."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from stage import HERE, HOLE, MONDAY, City, later

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.reading import Position
from dispatch.errors import Refused
from dispatch.intake.report_alert import report_alert
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import Alert, Assignment, LogEntry, Promise, Rung


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield City(store)


def test_a_hole_in_the_road_walks_to_its_end(city):
    receipt = city.report()
    assert (receipt.status, receipt.lead) == ("dispatched", "JTJ")
    assert city.running() == ["arrive", "dispose", "sign"]

    assert city.step(city.desk, "sign", to=city.handler.person_id)["status"] == "signed"
    assert city.running() == ["arrive", "contact", "dispose"]
    assert city.step(city.handler, "contact", message="今天下午去看")["version"] == 2
    assert city.running() == ["arrive", "dispose"]

    assert city.step(city.handler, "arrive", position=HERE)["status"] == "on_site"
    assert city.step(city.handler, "submit", done="补好了", photos=["0" * 64])["version"] == 4
    assert city.step(city.desk, "confirm")["status"] == "verifying"
    assert city.running() == ["verify"]

    assert city.step(city.grid_worker, "verify_ok")["status"] == "resolved"
    assert city.step(city.volunteer, "rate", solved=True)["status"] == "closed"
    assert city.running() == []
    assert {state for _clock, state in city.promises()} == {"met"}


def test_the_promises_of_the_lead_belong_to_its_assignment_and_no_others(city):
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    city.step(city.handler, "contact", message="今天下午去看")
    city.step(city.handler, "arrive", position=HERE)
    city.step(city.handler, "submit", done="补好了", photos=["0" * 64])
    city.step(city.desk, "confirm")
    with city.store.read() as session:
        [lead] = session.scalars(select(Assignment.id).where(Assignment.kind == "lead"))
        owned = dict(session.execute(select(Promise.clock, Promise.assignment_id)).all())
    assert (owned.pop("verify"), owned.pop("overall")) == (None, None)
    assert owned == dict.fromkeys(("sign", "contact", "arrive", "dispose"), lead)


def test_whoever_reported_is_nowhere_in_the_log_by_name_role_or_unit_also_where_staff_reported(
    city,
):
    city.report(by=city.grid_worker)
    city.step(city.grid_worker, "withdraw")
    with city.store.read() as session:
        taken = select(LogEntry).where(LogEntry.code != "dispatch").order_by(LogEntry.seq)
        rows = session.scalars(taken).all()
        told = [(each.code, each.role, each.unit, each.actor) for each in rows]
        marks = {each.mark for each in rows} | {session.get_one(Alert, city.alert_id).reporter_ref}
    assert told == [("report", "volunteer", None, None), ("withdraw", "volunteer", None, None)]
    assert len(marks) == 3, "no two are alike"


def test_what_staff_do_as_staff_looks_the_same_whether_they_reported_it_or_not(city):
    """A mark in place of the id, beside role and unit, would say: one of them reported it."""
    for reporter in (city.grid_worker, city.volunteer):
        city.report(by=reporter)
        city.step(city.grid_worker, "note", note="补充：坑边有积水")
    with city.store.read() as session:
        rows = session.scalars(select(LogEntry).where(LogEntry.code == "note")).all()
        told = {(each.role, each.unit, each.actor, each.mark) for each in rows}
    grant = city.grid_worker.grants[0]
    assert told == {(grant.role, grant.unit, city.grid_worker.person_id, None)}


def test_the_log_tells_the_walk_in_order_and_its_chain_holds(city):
    city.report()
    city.step(city.desk, "sign")
    with city.store.read() as session:
        rows = session.execute(
            select(LogEntry.code, LogEntry.from_status, LogEntry.to_status, LogEntry.unit)
            .where(LogEntry.alert_id == city.alert_id)
            .order_by(LogEntry.seq)
        )
        assert [tuple(row) for row in rows][1:] == [
            ("dispatch", "reported", "dispatched", None),
            ("sign", "dispatched", "signed", "JTJ"),
        ]
        assert list(chain_breaks(session, city.store.seal.log_key)) == []


def test_signing_too_late_is_missed_and_cancels_every_rung_that_waits(city):
    city.report()
    with later(days=3):
        city.step(city.desk, "sign")
    assert ("sign", "missed") in city.promises()
    with city.store.read() as session:
        waiting = session.scalars(
            select(Rung.state)
            .join(Promise, Promise.id == Rung.promise_id)
            .where(Promise.clock == "sign", Promise.alert_id == city.alert_id)
        )
        assert set(waiting) == {"cancelled"}


def test_a_department_cannot_step_on_what_another_has_changed_meanwhile(city):
    city.report()
    city.step(city.desk, "sign")
    with pytest.raises(Refused) as refused:
        city.step(city.desk, "sign", version=1)
    assert refused.value.code == "version_conflict"
    assert (refused.value.params["unit"], refused.value.params["step"]) == ("JTJ", "sign")


def test_the_same_step_again_is_the_same_step(city):
    city.report()
    wish = StepCommand("sign", str(uuid.uuid4()), {}, 1)
    first = take_step(city.store, city.desk, city.organisation, city.alert_id, wish)
    again = take_step(city.store, city.desk, city.organisation, city.alert_id, wish)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.answer == again.answer
    assert city.alert().version == 2


def test_a_queued_step_may_follow_the_persons_own_step_before(city):
    city.report()
    sign = StepCommand("sign", str(uuid.uuid4()), {}, 1)
    take_step(city.store, city.desk, city.organisation, city.alert_id, sign)
    assign = StepCommand(
        "assign", str(uuid.uuid4()), {"to": city.handler.person_id}, after=sign.client_id
    )
    taken = take_step(city.store, city.desk, city.organisation, city.alert_id, assign)
    assert taken.answer["handler"] == city.handler.person_id


def test_a_queued_step_after_a_step_of_another_alert_is_a_conflict(city):
    city.report()
    sign = StepCommand("sign", str(uuid.uuid4()), {}, 1)
    take_step(city.store, city.desk, city.organisation, city.alert_id, sign)
    city.report()
    city.step(city.desk, "sign")  # so that both stand at the same version
    elsewhere = StepCommand(
        "assign", str(uuid.uuid4()), {"to": city.handler.person_id}, after=sign.client_id
    )
    with pytest.raises(Refused, match="version_conflict"):
        take_step(city.store, city.desk, city.organisation, city.alert_id, elsewhere)
    assert city.alert().handler is None


def test_the_first_dispatch_time_stays(city):
    city.report()
    assert city.alert().dispatched_at == MONDAY
    with later(hours=2):
        city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
        city.step(city.district, "rule", verdict="upheld", lead="CGJ", reason="归城管")
    alert = city.alert()
    assert (alert.status, alert.lead, alert.dispatched_at) == ("dispatched", "CGJ", MONDAY)


def test_what_a_person_accepts_was_dispatched_then(city):
    city.report(ReportedProblem("unsure", text="路上一堆石子", position=HERE))
    assert (city.alert().status, city.alert().dispatched_at) == ("reported", None)
    with later(hours=2):
        city.step(city.street, "accept", lead="CGJ", category="E0113")
    assert city.alert().dispatched_at == MONDAY + timedelta(hours=2)


@pytest.mark.parametrize(
    ("verdict", "lead", "due"),
    [
        # a day and two office hours past Monday's close: Wednesday 11:00
        ("rejected", "JTJ", datetime(2026, 12, 2, 3, 0, tzinfo=UTC)),
        # five work days after Tuesday's receipt
        ("upheld", "CGJ", datetime(2026, 12, 1, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_return_rests_the_dispose_clock_until_the_ruling(city, verdict, lead, due):
    city.report()
    told = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert due_of(city, "dispose") == told
    city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
    assert city.running() == ["ruling"]
    assert ("dispose", "paused") in city.promises()
    with later(days=1, hours=2):
        city.step(city.district, "rule", verdict=verdict, lead="CGJ", reason="见职责清单")
        assert city.alert().lead == lead
        assert city.running() == ["arrive", "dispose", "sign"]
    assert (due_of(city, "dispose"), due_of(city, "overall")) == (due, told)


def due_of(city, clock_name):
    with city.store.read() as session:
        return session.scalar(
            select(Promise.due_at).where(
                Promise.alert_id == city.alert_id,
                Promise.clock == clock_name,
                Promise.state == "running",
            )
        )


def test_a_unit_returns_once_and_an_alert_twice(city):
    city.report()
    ask = {"reason": "不归我们", "proposed": "CGJ", "clause": "第3条"}
    city.step(city.desk, "return", **ask)
    city.step(city.district, "rule", verdict="rejected", reason="归你们")
    with pytest.raises(Refused, match="return_limit"):
        city.step(city.desk, "return", **ask)


def test_after_two_returns_by_different_units_the_third_keeps_the_alert(city):
    city.report()
    units = ("JTJ", "CGJ", "SWJ")
    desks = [city.someone("department_dispatcher", unit) for unit in units]
    ask = {"reason": "不归我们", "clause": "第3条"}
    for desk, proposed in zip(desks, units[1:], strict=False):
        city.step(desk, "return", proposed=proposed, **ask)
        city.step(city.district, "rule", verdict="upheld", lead=proposed, reason="有道理")
    assert city.alert().lead == "SWJ"
    with pytest.raises(Refused, match="return_limit"):
        city.step(desks[-1], "return", proposed="JTJ", **ask)


def test_rework_goes_on_with_what_was_left_but_at_least_a_quarter(city):
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    city.step(city.handler, "arrive", position=HERE)
    with later(days=20):
        city.step(city.handler, "submit", done="补好了", photos=["0" * 64])
        city.step(city.desk, "confirm")
        city.step(city.grid_worker, "verify_fail", reason="没补平", photos=["1" * 64])
        assert city.alert().status == "signed"
        with city.store.read() as session:
            budget = session.scalar(
                select(Promise.budget_s).where(
                    Promise.alert_id == city.alert_id,
                    Promise.clock == "dispose",
                    Promise.state == "running",
                )
            )
    # 6 hours left of that Monday and five days of 7 hours: a quarter of 41 hours
    assert budget == 41 * 3600 // 4


def test_a_second_rework_goes_on_with_what_the_first_left(city):
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    for day in (20, 20.1):
        with later(days=day):
            city.step(city.handler, "arrive", position=HERE)
            city.step(city.handler, "submit", done="补好了", photos=["0" * 64])
            city.step(city.desk, "confirm")
            city.step(city.grid_worker, "verify_fail", reason="没补平", photos=["1" * 64])
    with city.store.read() as session:
        mine = (Promise.alert_id == city.alert_id, Promise.clock == "dispose")
        budgets = select(Promise.budget_s).where(*mine).order_by(Promise.started_at, Promise.id)
        assert list(session.scalars(budgets)) == [None, 41 * 3600 // 4, 41 * 3600 // 4]


def test_far_away_is_no_arrival_unless_photo_and_reason_tell_why(city):
    city.report()
    city.step(city.desk, "sign", to=city.handler.person_id)
    far = Position(114.03, 22.55, 10.0, "wgs84")
    with pytest.raises(Refused, match="too_far_away"):
        city.step(city.handler, "arrive", position=far)
    city.step(city.handler, "arrive", position=far, photos=["2" * 64], reason="封路，从另一头进")
    assert city.alert().status == "on_site"


def test_strangers_do_not_even_learn_that_an_alert_exists(city):
    city.report()
    stranger = city.someone("department_dispatcher", "JYJ")
    with pytest.raises(Refused, match="not_found"):
        city.step(stranger, "sign")


def test_who_may_see_but_not_act_is_told_whose_turn_it_is(city):
    city.report()
    with pytest.raises(Refused, match="forbidden_step"):
        city.step(city.street, "sign")


def test_the_same_report_again_is_the_same_alert_and_another_body_is_refused(city):
    first = city.report()
    again = report_alert(city.store, city.volunteer, city.volunteer.grants[0], city.alert_id, HOLE)
    assert (again.is_new, again.number, again.promises) == (False, first.number, first.promises)
    other = ReportedProblem("P0201", text="另一件", position=HERE)
    with pytest.raises(Refused, match="alert_exists"):
        report_alert(city.store, city.volunteer, city.volunteer.grants[0], city.alert_id, other)
    with pytest.raises(Refused, match="alert_exists"):
        report_alert(city.store, city.street, city.street.grants[0], city.alert_id, HOLE)


def test_a_report_from_another_continent_is_implausible(city):
    with pytest.raises(Refused, match="place_implausible"):
        city.report(
            ReportedProblem("P0201", text="哪里", position=Position(0.0, 0.0, 5.0, "wgs84"))
        )
