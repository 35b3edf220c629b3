"""Two people merge two alerts into each other at the same moment: one of them is right."""

import threading
import uuid

import pytest
from stage import MONDAY, City

from dispatch import clock
from dispatch.deeds.machinery.take_step import StepCommand, take_step
from dispatch.errors import Refused
from dispatch.installation.verify_store import verify_store
from dispatch.store.alerts import alert_by_id, locked_alert


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield City(store)


def test_two_merges_that_cross_each_other_wait_and_never_for_each_other(city):
    for _ in range(6):
        told = _cross(city)
        assert sorted(told) == ["merge_closed", "merged"]
    assert [each for check in verify_store(city.store) for each in check.differences] == []


def _cross(city):
    pair = [_reported(city), _reported(city)]
    start, told = threading.Barrier(3), []

    def merge(mine, other):
        wish = StepCommand("merge", str(uuid.uuid4()), {"into": other}, 1)
        with clock.at(MONDAY):
            start.wait()
            try:
                take_step(city.store, city.street, city.organisation, mine, wish)
                told.append("merged")
            except Refused as refused:
                told.append(refused.code)

    crossing = [threading.Thread(target=merge, args=way) for way in (pair, pair[::-1])]
    with city.store.write() as tx:  # both wait for the same lock, and go on at once
        locked_alert(tx.session, *sorted(pair))
        for each in crossing:
            each.start()
        start.wait()
        threading.Event().wait(0.2)
    for each in crossing:
        each.join()
    with city.store.read() as session:
        stand = sorted(alert_by_id(session, each).status for each in pair)
    assert stand == ["dispatched", "merged"]
    return told


def _reported(city):
    city.report()
    return city.alert_id
