"""Snapshot and changes never drift: what a console holds is what the city holds."""

import random

import pytest
from desk import LABELS, Console, counted, eyes_of
from profiles import seeds

from dispatch.domain.law.statuses import OPEN, STATUSES
from dispatch.errors import Refused
from dispatch.feed.board import WIDEST_GAP, changes_after, snapshot
from dispatch.installation.initialise import initialise
from dispatch.rules.book.loading import read_folder
from dispatch.store.installation_facts import begin_epoch, epoch

DISTRICT = eyes_of("district_dispatcher@district")
ROADS = eyes_of("department_dispatcher@roads")
WATER = eyes_of("department_dispatcher@water")


def board(store, scope):
    with store.read() as session:
        return snapshot(session, scope, LABELS)


def changes(store, scope, cursor):
    with store.read() as session:
        return changes_after(session, scope, cursor)


def refusal(store, scope, cursor):
    with pytest.raises(Refused) as refused:
        changes(store, scope, cursor)
    return refused.value.code


def ids(answer):
    return {card["id"] for card in answer["cards"]}


def test_the_board_holds_every_open_alert_that_one_sees_and_no_other(desk, store):
    open_here = {desk.report(lead="roads", status=status) for status in OPEN}
    desk.report(lead="water")
    for status in STATUSES.keys() - OPEN:
        desk.report(lead="roads", status=status)
    answer = board(store, ROADS)
    assert ids(answer) == open_here
    assert answer["labels"] == LABELS
    assert answer["now"].endswith("Z")


def test_ones_own_reports_are_not_on_the_live_board(desk, store):
    desk.report()
    assert board(store, eyes_of("volunteer@futian"))["cards"] == []


def test_boards_and_changes_cost_the_same_statements_for_one_and_for_many(desk, store):
    cursor = board(store, ROADS)["cursor"]
    costs = []
    for count in (1, 30):
        for _ in range(count):
            desk.report(supports=("water",))
        with counted() as of_board:
            board(store, ROADS)
        with counted() as of_changes:
            changes(store, ROADS, cursor)
        costs.append((len(of_board), len(of_changes)))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_nothing_happened_is_no_change(desk, store):
    desk.report()
    cursor = board(store, ROADS)["cursor"]
    desk.chatter(rows=2)
    answer = changes(store, ROADS, cursor)
    assert answer["changes"] == []
    assert answer["cursor"] != cursor


def test_an_alert_that_changed_twice_is_told_once_as_it_stands(desk, store):
    alert = desk.report()
    cursor = board(store, ROADS)["cursor"]
    desk.change(alert, status="signed")
    desk.change(alert, status="on_site")
    answer = changes(store, ROADS, cursor)
    [change] = answer["changes"]
    assert change["card"]["status"] == "on_site"
    assert change["cursor"] == answer["cursor"]


def test_changes_come_in_the_order_of_the_log(desk, store):
    first, second = desk.report(), desk.report()
    cursor = board(store, ROADS)["cursor"]
    desk.change(first)
    desk.change(second)
    desk.change(first)
    answer = changes(store, ROADS, cursor)
    assert [change["card"]["id"] for change in answer["changes"]] == [second, first]


def test_what_is_taken_away_or_ended_is_gone(desk, store):
    taken, ended, foreign = desk.report(), desk.report(), desk.report(lead="water")
    cursor = board(store, ROADS)["cursor"]
    desk.pass_to(taken, lead="water")
    desk.change(ended, status="closed")
    desk.change(foreign, status="closed")
    gone = [change.get("gone") for change in changes(store, ROADS, cursor)["changes"]]
    assert gone == [taken, ended]


@pytest.mark.parametrize("written", ["", "12", "first", "first.", "first.x", ".1", "a b.1", "1.-1"])
def test_a_malformed_cursor_is_named(desk, store, written):
    assert refusal(store, ROADS, written) == "bad_cursor"


def test_a_cursor_of_another_log_needs_a_new_board(desk, store):
    cursor = board(store, ROADS)["cursor"]
    with store.write() as deed:
        begin_epoch(deed.session)
    assert refusal(store, ROADS, cursor) == "gap_too_wide"


def test_a_city_begins_its_log_once(store):
    """A repeated `init` throws nobody back to a new board."""
    files = read_folder(store.settings.playbook)
    initialise(store, files)
    with store.read() as session:
        begun = epoch(session)
    initialise(store, files)
    with store.read() as session:
        assert epoch(session) == begun != "0"


def test_a_cursor_ahead_of_the_log_needs_a_new_board(desk, store):
    epoch, _, seq = board(store, ROADS)["cursor"].rpartition(".")
    assert refusal(store, ROADS, f"{epoch}.{int(seq) + 1}") == "gap_too_wide"


def test_a_cursor_held_with_other_eyes_needs_a_new_board(desk, store):
    """Rights that came or went change the board without a line in the log."""
    assert refusal(store, WATER, board(store, ROADS)["cursor"]) == "gap_too_wide"


def test_a_gap_of_five_thousand_is_bridged_and_one_more_is_not(desk, store):
    alert = desk.report()
    cursor = board(store, ROADS)["cursor"]
    desk.change(alert, status="signed")
    desk.chatter(rows=WIDEST_GAP - 1)
    assert [change["card"]["id"] for change in changes(store, ROADS, cursor)["changes"]] == [alert]
    desk.chatter(rows=1)
    assert refusal(store, ROADS, cursor) == "gap_too_wide"


@pytest.mark.chaos
@pytest.mark.parametrize("seed", seeds(12))
def test_snapshot_and_changes_lead_to_the_same_board(desk, store, seed):
    chance = random.Random(seed)
    consoles = {scope: Console() for scope in (DISTRICT, ROADS, WATER)}
    for scope, console in consoles.items():
        console.hold(board(store, scope))
    alerts = [desk.report() for _ in range(5)]
    for _ in range(40):
        _anything(chance, desk, alerts)
        scope = chance.choice(list(consoles))
        consoles[scope].catch_up(changes(store, scope, consoles[scope].cursor))
    for scope, console in consoles.items():
        console.catch_up(changes(store, scope, console.cursor))
        assert list(console.cards.values()) == unordered(board(store, scope)["cards"], console)


def _anything(chance, desk, alerts):
    alert = chance.choice(alerts)
    deeds = (
        lambda: alerts.append(desk.report(lead=chance.choice(["roads", "water"]))),
        lambda: desk.change(alert, status=chance.choice(sorted(STATUSES))),
        lambda: desk.pass_to(alert, lead=chance.choice(["roads", "water", "futian"])),
        lambda: desk.chatter(rows=1),
    )
    chance.choice(deeds)()


def unordered(cards, console):
    """The snapshot's cards in the order in which the console came to hold them."""
    assert {card["id"] for card in cards} == console.cards.keys()
    return sorted(cards, key=lambda card: list(console.cards).index(card["id"]))
