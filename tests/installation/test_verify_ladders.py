"""A rung that was taken out, moved or put in behind the city's back is found, on every clock."""

import random
import uuid
from contextlib import suppress
from datetime import date, timedelta

import pytest
from paper_city import steps_from
from profiles import seeds
from sqlalchemy import delete, insert, select, update
from stage import HERE, MONDAY, City, later

from dispatch import clock
from dispatch.errors import Refused
from dispatch.installation.verify_store import verify_store
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.tables import Assignment, Promise, Rung
from dispatch.sweep.sweep_promises import sweep_promises

COLLAPSE = ReportedProblem("E0505", text="路面塌了一个大洞", position=HERE)
UNTIL = date(2026, 12, 20)


class Watched(City):
    """A city whose rungs somebody tampers with."""

    def differences(self):
        """What the ladders say; that a row is not as the key proves it is another check's find."""
        return [
            (each.code, each.params)
            for check in verify_store(self.store)
            if check.name != "rows"
            for each in check.differences
        ]

    def codes(self):
        return sorted({code for code, _ in self.differences()})

    def waiting(self, clock_name, action, unit=None):
        """The id of a pending rung of the alert at hand."""
        owed_by = [Promise.unit == unit] if unit else []
        found = (
            select(Rung.id)
            .join(Promise, Promise.id == Rung.promise_id)
            .where(Rung.alert_id == self.alert_id, Rung.state == "pending")
            .where(Promise.clock == clock_name, Rung.action == action, *owed_by)
            .order_by(Rung.due_at)
        )
        with self.store.read() as session:
            return session.scalars(found).first()

    def tampers(self, statement):
        with self.store.write() as tx:
            tx.session.execute(statement)

    def shifts(self, rung, by):
        with self.store.write() as tx:
            tx.session.get_one(Rung, rung).due_at += by

    def signed(self, report=None):
        self.report(*([report] if report else []))
        self.step(self.desk, "sign", to=self.handler.person_id)

    def moves(self, step, at=MONDAY, who=None, **values: object):
        with clock.at(at):
            self.step(who or self.desk, step, **values)


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield Watched(store)


def plain(city):
    city.signed()
    return "dispose", "notice"


def card(city):
    city.signed()
    return "dispose", "red_card"


def arrival(city):
    city.signed()
    return "arrive", "urge"


def first_words(city):
    city.signed()
    return "contact", "notice"


def unread(city):
    city.report()
    return "sign", "urge"


def support(city):
    city.report(COLLAPSE)
    return "arrive", "red_card", "JJDD"


def extended(city):
    city.signed()
    city.moves("extend", by=2, reason="等货")
    city.moves("grant_extension", who=city.district)
    return "dispose", "urge"


def undecided(city):
    city.signed()
    city.moves("extend", by=2, reason="等货")
    return "dispose", "undecided"


def went_on(city):
    city.report()
    city.moves("return", reason="不归我们", proposed="CGJ", clause="第3条")
    city.moves("rule", MONDAY + timedelta(days=2), city.district, verdict="rejected", reason="归")
    return "dispose", "notice"


def snoozed(city):
    city.signed()
    city.moves("snooze", clock="dispose", span="hour", reason="正在开会")
    return "dispose", "notice"


def snoozed_and_extended(city):
    snoozed(city)
    city.moves("extend", by=2, reason="等货")
    city.moves("refuse_extension", who=city.district, reason="不急")
    return "dispose", "notice"


def merged_and_taken_out(city):
    city.report()
    first = city.alert_id
    with later(days=1):
        city.report()
        second, city.alert_id = city.alert_id, first
        city.step(city.street, "merge", into=second)
    with later(days=1, hours=8):
        sweep_promises(city.store)
        city.step(city.street, "unmerge", reason="不是一处")
    city.alert_id = second
    return "dispose", "notice"


LIVES = (
    *(plain, card, arrival, first_words, unread, support, extended, undecided, went_on),
    *(snoozed, snoozed_and_extended, merged_and_taken_out),
)


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_a_rung_that_was_taken_out_moved_or_put_in_is_found(city, life):
    wanted = life(city)
    assert city.differences() == []
    rung = city.waiting(*wanted)
    city.shifts(rung, timedelta(minutes=1))
    [(code, told)] = city.differences()
    assert (code, told["clock"], told["action"]) == ("rung_moved", *wanted[:2])
    city.shifts(rung, -timedelta(minutes=1))
    put_in(city, rung)
    assert city.codes() == ["rung_surplus"]
    city.tampers(delete(Rung).where(Rung.id == "9" * 32))
    city.tampers(delete(Rung).where(Rung.id == rung))
    assert city.codes() == ["rung_missing"]


def put_in(city, rung, **other: object):
    """The same rung once more: somebody would be told twice."""
    with city.store.write() as tx:
        row = tx.session.execute(select(*Rung.__table__.columns).where(Rung.id == rung)).one()
        tx.session.execute(insert(Rung).values(**(row._asdict() | {"id": "9" * 32} | other)))


def resolved(city):
    city.signed(COLLAPSE)
    city.moves("release_support", who=city.street, unit="JJDD", reason="已通")
    city.moves("arrive", who=city.handler, position=HERE)
    city.moves("submit", who=city.handler, done="已回填", photos=["0" * 64])
    city.moves("confirm")
    city.moves("verify_ok", who=city.grid_worker, grade="good")


def test_the_closing_of_what_nobody_rated_is_watched_too(city):
    resolved(city)
    assert city.differences() == []
    rung = city.waiting("rate", "lapse")
    city.tampers(update(Rung).where(Rung.id == rung).values(due_at=MONDAY))
    assert city.codes() == ["rung_moved"]
    city.tampers(delete(Rung).where(Rung.id == rung))
    assert city.codes() == ["rung_missing"]


def test_the_end_of_a_suspension_is_watched_too(city):
    city.signed()
    city.moves("suspend", until=UNTIL, plan="到货后施工", reason="等材料")
    city.moves("grant_suspension", who=city.district)
    assert city.differences() == []
    rung = city.waiting("dispose", "resume")
    put_in(city, rung, due_at=MONDAY)
    assert city.codes() == ["rung_surplus"]
    city.tampers(delete(Rung).where(Rung.id == "9" * 32))
    city.shifts(rung, -timedelta(days=1))
    assert city.codes() == ["endless", "rung_surplus"]


def test_a_pause_that_is_over_ends_no_other_one(city):
    """Put off and taken up again, then handed back: nothing is to come of the first date."""
    city.signed()
    city.moves("suspend", until=UNTIL, plan="到货后施工", reason="等材料")
    city.moves("grant_suspension", who=city.district)
    end = city.waiting("dispose", "resume")
    city.moves("resume")
    city.moves("return", reason="不归我们", proposed="CGJ", clause="第3条", finding="雨水管")
    assert city.differences() == []
    city.tampers(update(Rung).where(Rung.id == end).values(state="pending"))
    assert city.codes() == ["rung_surplus"]


def test_a_clock_that_runs_has_no_end_of_a_pause(city):
    city.signed()
    put_in(city, city.waiting("dispose", "urge"), action="resume", level=0, to=["flood"])
    assert city.codes() == ["rung_surplus"]


def test_what_came_again_after_a_merge_was_taken_apart_outlives_a_pause(city):
    """It had fired for a due time that was not its own, and waits for its own since."""
    clock_name, action = merged_and_taken_out(city)
    waited = city.waiting(clock_name, action)
    with later(days=1, hours=8):
        city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
        city.step(city.district, "rule", verdict="rejected", reason="归")
    assert waited is not None
    assert city.waiting(clock_name, action) is not None
    assert city.differences() == []


def test_what_was_put_off_and_extended_comes_again_when_it_is_due_sooner(city):
    """The later time was the extension's; until when it was put off is still known."""
    city.report()
    first = city.alert_id
    with later(days=1):
        city.signed()
        city.step(city.desk, "snooze", clock="dispose", span="hour", reason="正在开会")
        city.step(city.desk, "extend", by=5, reason="等货")
        city.step(city.district, "grant_extension")
        second, city.alert_id = city.alert_id, first
        city.step(city.street, "merge", into=second)
        city.alert_id = second
        assert city.differences() == []
        with city.store.read() as session:
            reminder = session.get_one(Rung, city.waiting("dispose", "notice"))
            promise = session.get_one(Promise, reminder.promise_id)
            assert reminder.due_at < promise.due_at


# Lives at random


@pytest.mark.chaos
@pytest.mark.long
@pytest.mark.one_database(
    "rungs are recomputed from rows whose reading the lives above prove on both"
)
@pytest.mark.parametrize("seed", seeds(12))
def test_whatever_people_do_the_rungs_are_what_they_should_be(city, seed):
    chance = random.Random(seed)
    now = MONDAY
    city.alerts, city.hands, done = [], {}, set()
    for turn in range(60):
        now += timedelta(minutes=chance.choice((1, 30, 240, 900)))
        with clock.at(now):
            sweep_promises(city.store)
            if turn % 8 == 0:
                city.report(
                    chance.choice((ReportedProblem("E0113", text="坑", position=HERE), COLLAPSE))
                )
                city.alerts.append(city.alert_id)
            city.alert_id = chance.choice(city.alerts)
            done.add(tries(city, chance))
            if turn % 5 == 4:
                assert city.differences() == []
    with clock.at(now):
        assert city.differences() == []
    assert len(done) > 10


def tries(city, chance):
    """One step of those that the law allows here, by somebody who might; its name."""
    cast = [city.street, city.desk, city.handler, city.district, city.grid_worker, city.volunteer]
    possible = [step for step in steps_from(city.alert().status) if step.name not in QUIET]
    for step in sorted(
        possible, key=lambda step: chance.random() + (step.name in RARE and chance.random() < 0.75)
    ):
        for who in chance.sample(cast, len(cast)) + helpers(city):
            with suppress(Refused):
                city.step(who, step.name, **said(city, chance, step))
                return step.name
    return None


QUIET = ("decline", "withdraw", "confirm_void")
# What sends an alert about comes where nothing else can be done, or one time in four.
RARE = ("reassign", "merge", "void", "refuse_void", "return", "note", "urge")


def helpers(city):
    with city.store.read() as session:
        units = session.scalars(
            select(Assignment.unit)
            .where(Assignment.alert_id == city.alert_id, Assignment.to_at.is_(None))
            .order_by(Assignment.id)
        ).all()
    wanted = [(role, unit) for unit in units for role in ("department_dispatcher", "handler")]
    for each in wanted:
        if each not in city.hands:
            city.hands[each] = city.someone(*each)
    return [city.hands[each] for each in wanted]


def said(city, chance, step):
    """Something sensible for every field of a step."""
    others = [each for each in city.alerts if each != city.alert_id] or [str(uuid.uuid4())]
    answers = {
        "text": lambda _: "好的",
        "person": lambda _: city.handler.person_id,
        "choice": lambda field: chance.choice(field.choices),
        "grade": lambda _: "good",
        "yes_no": lambda _: chance.random() < 0.5,
        "unit": lambda _: chance.choice(("JTJ", "CGJ", "JJDD", "SWJ")),
        "alert": lambda _: chance.choice(others),
        "photos": lambda _: ["0" * 64],
        "position": lambda _: HERE,
        "number": lambda _: chance.choice((1, 2)),
        "date": lambda _: clock.now().date() + timedelta(days=chance.choice((1, 5))),
    }
    return {
        field.name: answers[field.kind](field) for field in step.fields if field.kind in answers
    }
