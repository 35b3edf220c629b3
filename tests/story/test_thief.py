"""Whoever takes the database away and not the key learns no more of reporters than by chance."""

import random
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stage import HOLE, City
from thief import best_guess, guesses, marks_in, steal

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.domain.roles import Grant
from dispatch.installation.people.add_person import add_person
from dispatch.installation.people.make_token import make_token
from dispatch.installation.people.note_visit import note_visit
from dispatch.intake.report_alert import report_alert
from dispatch.store.enrolment import NewPerson
from dispatch.store.people import TOKEN, authenticate
from dispatch.store.sealing import alerts_of

ALERTS, REPORTERS = 1000, 20
AT_ONCE = 20  # in one commit: enough to share its cost
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CHANCE = 0.02


class Phone:
    """A reporter's phone: its token, and by how much its clock is wrong."""

    def __init__(self, store, person, skew):
        self.store, self.person, self.skew = store, person, skew
        self.token = make_token(store, person)

    def opens(self):
        """Whoever asks is recognised, and the visit is noted."""
        with self.store.read() as session:
            seen = authenticate(session, self.store.seal, self.token, TOKEN, clock.wall())
        note_visit(self.store, seen)
        return seen.access


@pytest.fixture
def wall(monkeypatch):
    """The wall's clock goes with the city's, so that visits are of the hour of the report."""
    monkeypatch.setattr(clock, "wall", clock.now)


@pytest.fixture
def lived(store, wall):
    """1,000 alerts of 20 reporters over four days, in any order; by alert who reported it."""
    chance, city = random.Random(7), City(store)
    district = city.slug("futian")
    grants = [Grant("volunteer", district)] * 13 + [city.grid_worker.grants[0]] * 7
    people = [
        add_person(store, NewPerson(f"reporter {number}", (grant,)), city.organisation)
        for number, grant in enumerate(grants)
    ]
    phones = [Phone(store, each, timedelta(minutes=chance.randint(-40, 40))) for each in people]
    true = {}
    for first in range(0, ALERTS, AT_ONCE):
        with store.history():
            for number in range(first, first + AT_ONCE):
                phone = phones[number] if number < REPORTERS else chance.choice(phones)
                with clock.at(MONDAY + timedelta(minutes=6 * number)):
                    true[live(city, phone, chance)] = phone.person
    return true


def live(city, phone, chance):
    """Somebody opens the phone, now and then with a new token, and reports; half of the reports
    are withdrawn, the others signed.
    """
    if chance.random() < 0.1:
        phone.token = make_token(city.store, phone.person)
    who, alert_id = phone.opens(), str(uuid.UUID(int=chance.getrandbits(128), version=4))
    photo = f"{chance.getrandbits(256):064x}"
    seen = clock.now() + phone.skew
    report_alert(
        *(city.store, who, who.grants[0], alert_id),
        replace(HOLE, device_at=seen, photos=(photo,)),
    )
    step, by, at = chance.choice([("withdraw", who, seen), ("sign", city.desk, clock.now())])
    client_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    wish = StepCommand(step, client_id, {}, 1, device_at=at)
    take_step(city.store, by, city.organisation, alert_id, wish)
    return alert_id


def with_steps_as_before(store, loot, true):
    """One mark for all steps of a person."""
    rows = [
        row | {"mark": store.seal.ref("step", true[row["alert_id"]])}
        for row in loot["taken_step"]
        if "mark" in row
    ]
    return loot | {"taken_step": rows}


def with_links_as_before(store, loot, true):
    """One reference for all links from a person."""

    def before(row):
        sealed = store.seal.open(row["box"])
        of_person = isinstance(sealed, str)
        return row | ({"ref": store.seal.ref("person", true[sealed])} if of_person else {})

    return loot | {"sealed_link": [before(row) for row in loot["sealed_link"]]}


@pytest.mark.long
@pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.at_length)],  # some 40 s
    indirect=True,
)
def test_without_the_key_no_column_and_no_order_tells_which_alerts_have_one_reporter(store, lived):
    """And the same thief, shown the marks that were kept before, finds them all."""
    loot = steal(store)
    assert len(list(guesses(loot))) > 100
    found, told_from = best_guess(loot, lived)
    assert found <= CHANCE, told_from

    found, told_from = best_guess(with_links_as_before(store, loot, lived), lived)
    assert found > 0.99, told_from
    withdrawn = {row["alert_id"] for row in loot["taken_step"] if "mark" in row}
    some = {alert: person for alert, person in lived.items() if alert in withdrawn}
    assert best_guess(with_steps_as_before(store, loot, lived), some)[0] > 0.99

    marks = list(marks_in(loot))
    assert len(marks) > 6 * ALERTS
    assert len(set(marks)) == len(marks), "no two rows have the same mark"
    with store.read() as session:
        told = {p: set(alerts_of(session, store.seal, p)) for p in set(lived.values())}
        assert told == {p: {a for a, by in lived.items() if by == p} for p in told}
