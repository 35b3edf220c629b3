"""The relay tells what was committed, in order, once, and only to those who may hear."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Semaphore

import orjson
import pytest
from answers import check
from desk import LABELS, Console, eyes_of, seq_of

from dispatch import clock
from dispatch.feed import relay as relay_module
from dispatch.feed.board import changes_after, snapshot
from dispatch.feed.consoles import Consoles
from dispatch.feed.periodic_thread import PeriodicThread
from dispatch.feed.relay import ROWS_AT_ONCE, Relay
from dispatch.shapes.board import BoardChange, BoardComplete

SCOPES = {
    "district": eyes_of("district_dispatcher@district"),
    "roads": eyes_of("department_dispatcher@roads"),
    "water": eyes_of("department_dispatcher@water"),
}


class Room:
    """Consoles of the district, roads and water in one room with the relay."""

    def __init__(self, store):
        self.store = store
        self.consoles = Consoles()
        self.cut = set()
        self.said = {name: [] for name in SCOPES}
        self.relay = Relay(store, self.consoles, self.speak)
        self._names = {self.consoles.join(name, s.topics()): name for name, s in SCOPES.items()}
        self.relay.relay_commits()

    def speak(self, group, event, message):
        if self._names[group] in self.cut:
            raise OSError("the line is cut")
        check({"change": BoardChange, "complete": BoardComplete}[event], orjson.dumps(message))
        self.said[self._names[group]].append((event, message))

    def changes(self, name):
        return [message for event, message in self.said[name] if event == "change"]

    def board(self, name):
        with self.store.read() as session:
            return snapshot(session, SCOPES[name], LABELS)


@pytest.fixture
def room(desk, store):
    return Room(store)


def seqs(messages, key="cursor"):
    return [seq_of(message[key]) for message in messages]


def test_what_happened_before_is_not_told(desk, store):
    desk.report()
    assert Room(store).said["district"] == []


def test_a_change_is_told_to_those_who_see_it(desk, room):
    alert = desk.report(lead="roads")
    room.relay.relay_commits()
    [message] = room.changes("roads")
    assert message["card"] == room.board("roads")["cards"][0]
    assert message["cursor"] == message["complete"] == room.board("roads")["cursor"]
    assert room.said["water"] == []
    desk.pass_to(alert, lead="water")
    room.relay.relay_commits()
    assert room.changes("roads")[-1]["gone"] == alert
    assert room.changes("water")[-1]["card"]["lead"] == "water"


def test_a_burst_is_told_once_for_each_alert_as_it_stands(desk, room):
    first, second = desk.report(), desk.report()
    desk.change(first, status="signed")
    room.relay.relay_commits()
    told = [(message["card"]["id"], message["card"]["status"]) for message in room.changes("roads")]
    assert told == [(second, "dispatched"), (first, "signed")]


def test_only_the_last_of_a_stretch_says_complete(desk, room):
    """Between them an alert may have changed that is told later."""
    before = seq_of(room.board("district")["cursor"])
    first = desk.report()
    desk.report()
    desk.change(first)
    room.relay.relay_commits()
    assert seqs(room.changes("district"), "complete") == [before, before + 3]


def test_a_console_that_hears_nothing_learns_how_far_it_is_complete(desk, room, monkeypatch):
    desk.report(lead="roads")
    room.relay.relay_commits()
    assert room.said["water"] == []
    later = clock.wall() + timedelta(minutes=1)
    monkeypatch.setattr(relay_module.clock, "wall", lambda: later)
    room.relay.relay_commits()
    assert room.said["water"] == [("complete", {"complete": room.board("water")["cursor"]})]
    room.relay.relay_commits()
    assert len(room.said["water"]) == 1


def test_a_long_backlog_is_told_stretch_by_stretch(desk, room):
    first = desk.report()
    desk.chatter(rows=ROWS_AT_ONCE)
    desk.change(first)
    room.relay.relay_commits()
    assert len(room.changes("roads")) == 2
    assert seqs(room.changes("roads"))[-1] == seq_of(room.board("roads")["cursor"])


def test_a_group_that_cannot_be_told_spoils_nobody_elses_news(desk, room, caplog):
    before = room.board("roads")["cursor"]
    room.cut.add("roads")
    desk.report(lead="roads")
    room.relay.relay_commits()
    assert "a group of consoles could not be told" in caplog.text
    assert len(room.changes("district")) == 1
    room.cut.clear()
    desk.report(lead="roads")
    room.relay.relay_commits()
    assert [message["complete"] for message in room.changes("roads")] == [before]


def test_a_failed_round_is_logged_and_the_next_one_tells(caplog):
    told, failures = Event(), [OSError("the database is away")]

    def deed():
        if failures:
            raise failures.pop()
        told.set()

    rounds = PeriodicThread(deed, name="relay", every=0.01)
    rounds.start()
    assert told.wait(5)
    rounds.stop()
    assert "relay failed" in caplog.text


def test_whoever_wakes_a_thread_need_not_wait_for_its_round():
    done = Semaphore(0)
    rounds = PeriodicThread(done.release, name="relay", every=3600)
    rounds.start()
    assert done.acquire(timeout=10), "the first round comes at once"
    rounds.wake()
    assert done.acquire(timeout=10), "and the woken one soon"
    rounds.stop()


def test_eight_writers_are_told_in_the_order_of_their_commits(desk, store, room):
    """Real threads; the relay runs as in the product; consoles end as the city stands."""
    consoles = {name: Console() for name in SCOPES}
    for name, console in consoles.items():
        console.hold(room.board(name))
    telling = PeriodicThread(room.relay.relay_commits, name="relay", every=0.05)
    store.on_commit(telling.wake)
    telling.start()
    try:
        with ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda number: _busy_hour(desk, number), range(8)))
    finally:
        telling.stop()
    room.relay.relay_commits()
    for name, console in consoles.items():
        heard = seqs(room.changes(name))
        assert heard == sorted(set(heard)), f"{name} heard out of order or twice"
        for message in room.changes(name):
            console.hear(message)
        assert console.cards == {card["id"]: card for card in room.board(name)["cards"]}


def _busy_hour(desk, number):
    for turn in range(5):
        alert = desk.report(lead=("roads", "water")[(number + turn) % 2])
        desk.change(alert, status="signed")
        desk.pass_to(alert, lead=("roads", "water")[turn % 2])
        if turn == 3:
            desk.change(alert, status="closed")


def test_a_console_that_was_cut_off_catches_up_without_gaps_or_doubles(desk, store, room):
    console = Console()
    console.hold(room.board("roads"))
    alerts = [desk.report() for _ in range(20)]
    room.relay.relay_commits()
    for message in room.changes("roads")[:10]:  # then the line is cut
        console.hear(message)
    for alert in alerts[::2]:
        desk.change(alert, status="closed")
    with store.read() as session:
        console.catch_up(changes_after(session, SCOPES["roads"], console.cursor))
    for message in room.changes("roads"):  # and what was under way comes late
        console.hear(message)
    assert console.cards == {card["id"]: card for card in room.board("roads")["cards"]}


# Nobody listens


@pytest.fixture
def empty(store):
    """A room that everybody has left."""
    room = Room(store)
    for name in SCOPES:
        room.consoles.leave(name)
    room.relay.relay_commits()
    return room


def test_while_nobody_listens_nobody_looks_at_the_log(desk, empty, monkeypatch):
    desk.report()
    monkeypatch.setattr(relay_module, "last_seq", None)  # whoever asks fails
    empty.relay.relay_commits()


def test_whoever_joins_an_empty_room_misses_nothing_from_then_on(desk, empty):
    desk.report(lead="roads")
    empty.consoles.join("district", SCOPES["district"].topics())
    empty.relay.start_listening()
    before = empty.board("district")
    later = desk.report(lead="roads")
    empty.relay.relay_commits()
    [message] = empty.changes("district")
    assert message["card"]["id"] == later
    assert seq_of(message["cursor"]) > seq_of(before["cursor"])
