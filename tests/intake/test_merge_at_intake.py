"""The rules find the same problem nearby: they propose a merge, or make it as it comes in."""

import threading
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from stage import HERE, HOLE, MONDAY, City, later

from dispatch import clock
from dispatch.domain.reading import Position
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.installation.verify_store import verify_store
from dispatch.intake.report_alert import report_alert
from dispatch.rules.book.loading import read_folder
from dispatch.store.tables import Alert, LogEntry, Promise
from dispatch.views.alert_page import alert_page
from dispatch.views.reader import Reader

RULES = """also:
  - id: one-hole-once
    label: {zh: 同一个坑不派两次, en: One hole is dispatched once}
    when: {category: [E0113, N0201]}
    merge: MODE
  - id: one-manhole-once
    when: {category: P0103}
    merge: MODE
"""
MANHOLE = replace(HOLE, category="P0103", answers={"urgency": "danger"})
STREET_LAMP = replace(HOLE, category="P0204")


def city_with(store, mode, first_of_all=b"rules:\n"):
    city = City(store)
    files = read_folder(store.settings.playbook)
    rules = RULES.replace("MODE", mode).encode()
    files["rules.yaml"] = files["rules.yaml"].replace(b"also:\n", rules, 1)
    files["rules.yaml"] = files["rules.yaml"].replace(b"rules:\n", first_of_all, 1)
    no_place = b"  plausible_km: 50\n  default_points: [{lon: 114.0500, lat: 22.5400}]\n"
    files["district.yaml"] = files["district.yaml"].replace(b"  plausible_km: 50\n", no_place)
    publish_playbook(store, Publication(keep_playbook(store, files, "", None)))
    return city


@pytest.fixture
def proposing(store):
    with clock.at(MONDAY):
        yield city_with(store, "propose")


@pytest.fixture
def merging(store):
    with clock.at(MONDAY):
        yield city_with(store, "auto")


def at(lon, lat):
    return replace(HOLE, position=Position(lon, lat, 20.0, "wgs84"))


def shown(city, who=None):
    with city.store.read() as session:
        playbook, seal = city.store.playbook(session), city.store.seal
        someone, calendars = who or city.street, city.store.calendars(session)
        reader = Reader(someone, city.organisation, playbook, seal, "en", clock.now(), calendars)
        return alert_page(session, reader, city.alert_id)


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]


def test_a_proposal_is_kept_and_shown_to_the_street_with_the_merge_step_filled_in(proposing):
    first = proposing.report()
    with later(hours=3):
        second = proposing.report(at(HERE.lon, HERE.lat - 0.0003))
        assert (second.status, second.merged_into) == ("dispatched", None)
        told = shown(proposing)
        assert told["same_problem"]["number"] == first.number
        assert told["same_problem"]["sentence"] == (
            "The rule “One hole is dispatched once” proposes to merge it into "
            f"{first.number}: 33 m away, reported 3 h ago"
        )
        [merge] = [each for each in told["steps"] if each["step"] == "merge"]
        assert merge["fields"][0]["proposed"] == first.number
        proposing.step(proposing.street, "merge", into=merge["fields"][0]["proposed"])
        assert proposing.alert().status == "merged"
        assert shown(proposing)["same_problem"] is None
    assert differences(proposing) == []


def test_no_proposal_stands_once_the_other_is_done_or_for_those_who_do_not_see_it(proposing):
    proposing.report()
    first = proposing.alert_id
    proposing.report()
    assert shown(proposing)["same_problem"] is not None
    assert shown(proposing, proposing.volunteer)["same_problem"] is None
    with proposing.store.write() as tx:
        tx.session.get_one(Alert, first).status = "verifying"
    assert shown(proposing)["same_problem"] is None


def put_off(city):
    city.step(city.desk, "sign")
    soon = (clock.now() + timedelta(days=20)).date()
    city.step(city.desk, "suspend", until=soon, plan="等定制井盖", reason="没有备件")
    city.step(city.district, "grant_suspension")


def test_what_is_put_off_until_a_date_takes_in_nothing_fresh(proposing):
    """A fresh problem must not wait for the date of another."""
    proposing.report()
    put_off(proposing)
    fresh = proposing.report()
    assert (fresh.status, fresh.merged_into) == ("dispatched", None)
    told = shown(proposing)
    assert told["same_problem"] is None
    [merge] = [each for each in told["steps"] if each["step"] == "merge"]
    assert merge["fields"][0]["choices"] == []


def test_no_proposal_stands_once_the_other_is_put_off(proposing):
    proposing.report()
    first = proposing.alert_id
    proposing.report()
    second = proposing.alert_id
    assert shown(proposing)["same_problem"] is not None
    proposing.alert_id = first
    put_off(proposing)
    proposing.alert_id = second
    assert shown(proposing)["same_problem"] is None


def test_nothing_is_merged_by_itself_into_what_is_put_off(merging):
    merging.report()
    put_off(merging)
    assert merging.report().merged_into is None


def test_at_once_it_goes_on_in_the_first_and_the_receipt_says_where_and_until_when(merging):
    first = merging.report()
    second = merging.report()
    assert (second.status, second.lead, second.promises) == ("merged", None, ())
    into = second.merged_into
    assert (into.number, into.status, into.lead) == (first.number, "dispatched", first.lead)
    assert dict(into.promises) == dict(first.promises)
    again = report_alert(
        merging.store, merging.volunteer, merging.volunteer.grants[0], merging.alert_id, HOLE
    )
    assert again == replace(second, is_new=False)
    row = merging.alert()
    assert (row.status, row.lead, row.dispatched_at) == ("merged", None, None)
    assert merging.promises() == []
    assert differences(merging) == []


def test_the_log_says_by_which_rule_and_in_whose_name(merging):
    merging.report()
    merging.report()
    told = [(each["code"], each["role"]) for each in shown(merging)["timeline"]]
    assert told == [("report", "volunteer"), ("dispatch", None), ("merge", "system")]
    sentence = shown(merging)["timeline"][-1]["sentence"]
    assert sentence.startswith("By the rule “One hole is dispatched once” the same problem as")
    assert shown(merging)["decision"]["lead"] == "JTJ"


def test_the_earlier_due_time_of_the_new_one_counts_for_the_first(merging):
    merging.report(replace(HOLE, answers={"urgency": "ordinary"}))
    first = merging.alert_id
    merging.report(replace(HOLE, answers={"urgency": "disrupts"}))
    with merging.store.read() as session:
        mine = (Promise.alert_id == first, Promise.clock == "dispose")
        due = session.scalars(select(Promise.due_at).where(*mine)).one()
        policy = session.get_one(Alert, merging.alert_id).policy["promises"]["dispose"]
        assert policy["limit"]
    assert due is not None
    assert differences(merging) == []


UNSURE = b"""rules:
  - id: how-bad-nobody-knows
    when: {category: E0113, answer: {urgency: ordinary}}
    lead: JTJ
    needs_person: true
"""


@pytest.fixture
def waiting(store):
    """Nobody accepted the first yet: the rules left it to the street, unlike the second."""
    with clock.at(MONDAY):
        city = city_with(store, "auto", first_of_all=UNSURE)
        first = city.report(replace(HOLE, answers={"urgency": "ordinary"}))
        assert first.status == "reported"
        yield city, first.id


def due_of(city, alert, clock_name="dispose"):
    with city.store.read() as session:
        mine = (Promise.alert_id == alert, Promise.clock == clock_name, Promise.state == "running")
        return session.scalar(select(Promise.due_at).where(*mine))


def test_merged_into_one_that_nobody_accepted_it_is_told_by_when_it_will_be_done(waiting):
    city, first = waiting
    second = city.report()
    assert dict(second.merged_into.promises).keys() == {"accept", "dispose"}
    promised = dict(second.merged_into.promises)["dispose"]
    again = report_alert(city.store, city.volunteer, city.volunteer.grants[0], city.alert_id, HOLE)
    assert again == replace(second, is_new=False)
    followed = {each["clock"]: each for each in shown(city, city.volunteer)["merged"]["promises"]}
    assert followed["dispose"]["due_at"] == promised.isoformat().replace("+00:00", "Z")
    assert followed["dispose"]["course"]["given_s"] > 0
    follower, city.alert_id = city.alert_id, first
    assert shown(city)["timeline"][-1]["sentence"].endswith("counts for: Promised to the reporter")
    with later(days=3):
        city.step(city.street, "accept", lead="JTJ")
        assert due_of(city, first, "overall") == promised
        assert due_of(city, first) > promised  # the unit has its whole limit
    assert differences(city) == []
    city.alert_id = follower
    assert shown(city, city.volunteer)["merged"]["promises"][-1]["clock"] == "dispose"


def test_taken_out_before_anybody_accepted_it_takes_its_promise_along(waiting):
    city, first = waiting
    promised = dict(city.report().merged_into.promises)["dispose"]
    second = city.alert_id
    with later(hours=20):
        city.step(city.street, "unmerge", reason="两个坑")
    with later(days=3):
        for each in (first, second):
            city.alert_id = each
            city.step(city.street, "accept", lead="JTJ")
        assert due_of(city, second, "overall") == promised
        assert due_of(city, first, "overall") > promised
    assert differences(city) == []


def test_where_life_is_in_danger_a_person_decides(merging):
    merging.report(MANHOLE)
    assert merging.report(MANHOLE).status == "dispatched"
    assert shown(merging)["same_problem"] is not None


def test_nothing_about_a_home_is_proposed_or_merged(merging):
    home = replace(HOLE, category="N0201", answers={})
    merging.report(home)
    assert merging.report(home).status != "merged"
    assert shown(merging)["same_problem"] is None


def test_a_default_point_another_place_another_kind_and_what_is_done_are_no_twins(merging):
    merging.report()
    first = merging.alert_id
    assert merging.report(at(HERE.lon, HERE.lat + 0.0006)).status == "dispatched"
    assert merging.report(STREET_LAMP).status == "dispatched"
    nowhere = at(114.05, 22.54)
    assert [merging.report(nowhere).status for _ in range(2)] == ["dispatched"] * 2
    with merging.store.write() as tx:
        tx.session.get_one(Alert, first).status = "submitted"
    assert merging.report().status == "dispatched"


def test_the_street_takes_apart_what_a_rule_merged(merging):
    merging.report()
    merging.report()
    merging.step(merging.street, "unmerge", reason="两个坑")
    assert merging.alert().status == "reported"
    assert merging.running() == ["accept"]
    merging.step(merging.street, "accept", lead="JTJ")
    assert merging.running() == ["arrive", "dispose", "sign"]
    assert differences(merging) == []


def test_of_many_at_the_same_moment_each_is_merged_or_dispatched_and_none_is_lost(merging):
    merging.report()
    start, told = threading.Barrier(6), []

    def report():
        with clock.at(MONDAY):
            start.wait()
            who = merging.volunteer
            receipt = report_alert(merging.store, who, who.grants[0], str(uuid.uuid4()), HOLE)
            told.append(receipt.status)

    crowd = [threading.Thread(target=report) for _ in range(6)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert told == ["merged"] * 6
    with merging.store.read() as session:
        rows = session.scalars(select(LogEntry.code).where(LogEntry.code == "merged_in")).all()
    assert len(rows) == 6
    assert differences(merging) == []


@pytest.mark.parametrize(("mode", "most"), [("propose", 15), ("auto", 22)])
def test_intake_stays_cheap(store, mode, most):
    with clock.at(MONDAY):
        city = city_with(store, mode)
        city.report()
        said = []

        def count(_connection, _cursor, statement, _parameters, _context, _many):
            said.append(statement)

        engine = store._engines.write  # noqa: SLF001 - what intake sends
        event.listen(engine, "before_cursor_execute", count)
        city.report()
        event.remove(engine, "before_cursor_execute", count)
    said = [each for each in said if not each.startswith(("BEGIN", "COMMIT"))]
    assert len(said) <= most, "\n".join(said)


@pytest.mark.parametrize("private", [{"household": True}, {"about_unit": "JTJ"}])
def test_what_came_in_as_private_is_never_followed_though_its_kind_is_private_no_more(
    merging, private
):
    first = merging.report()
    with merging.store.write() as tx:
        for name, value in private.items():
            setattr(tx.session.get_one(Alert, first.id), name, value)
    second = merging.report(at(HERE.lon, HERE.lat - 0.0003))
    assert (second.status, second.merged_into) == ("dispatched", None)
    told = shown(merging)
    assert told["same_problem"] is None
    [merge] = [each for each in told["steps"] if each["step"] == "merge"]
    assert [field["choices"] for field in merge["fields"] if field["name"] == "into"] == [[]]
