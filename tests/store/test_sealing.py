"""Links between reporters and alerts: numbered for each person, none like another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dispatch.domain.roles import Grant
from dispatch.store.sealing import alerts_of, link_reporter, reporter_of

HUA = "a person"
GRANT = Grant("volunteer", "futian")


def test_reports_of_one_person_at_the_same_moment_are_both_found(store):
    """Each takes the next number of the person's links."""
    together = threading.Barrier(4)

    def report(alert):
        together.wait()
        with store.write() as tx:
            link_reporter(tx.session, store.seal, alert, HUA, GRANT)

    alerts = [f"alert {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as several:
        list(several.map(report, alerts))
    with store.read() as session:
        assert sorted(alerts_of(session, store.seal, HUA)) == alerts


@pytest.mark.parametrize("reports", [0, 1, 63, 64, 65, 130, 400])
def test_however_many_reports_a_person_made_they_are_found_in_their_order(store, reports):
    alerts = [f"alert {number}" for number in range(reports)]
    with store.write() as tx:
        for alert in alerts:
            link_reporter(tx.session, store.seal, alert, HUA, GRANT)
    with store.read() as session:
        assert alerts_of(session, store.seal, HUA) == alerts


def test_nobody_finds_the_reports_of_another(store):
    with store.write() as tx:
        link_reporter(tx.session, store.seal, "alert", HUA, GRANT)
    with store.read() as session:
        assert alerts_of(session, store.seal, "somebody else") == []
        assert reporter_of(session, store.seal, "another alert") is None
        assert reporter_of(session, store.seal, "alert") == HUA


def test_what_lies_in_a_box_has_no_length(store):
    short, long = (
        store.seal.close("a"),
        store.seal.close(["b" * 36, "district_dispatcher", "c" * 64]),
    )
    assert len(short) == len(long)
    assert store.seal.open(short) == "a"
