"""One problem, reported twice: the second goes on in the first, and for a day can be taken out."""

from datetime import datetime, timedelta

import pytest
from city import CIVIC_CENTRE, refused
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.installation.verify_store import verify_store
from dispatch.rules.book.loading import read_folder
from dispatch.store.tables import Notice

# Spilled gravel: a work hour to sign, two to arrive, four to dispose.
GRAVEL = {"text": "渣土车撒了一路", "answers": {}}
TEN = "2026-11-23T10:00:00+08:00"


def gravel(person, **said):
    return person.reports("E0114", **GRAVEL | said)


@pytest.fixture
def monday(city):
    city.clock.reads(TEN)


@pytest.fixture
def twins(city, monday):
    """A master of ten o'clock and the same problem, reported by somebody else at half past."""
    master = gravel(city.volunteer())
    city.clock.jump(minutes=30)
    city.person("third", Grant("volunteer", "street-futian"))
    return master, gravel(city.person("neighbour"))


def merged(city, alert, into):
    city.street().takes("merge", alert, into=into.seen["number"])


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]


def due(alert, clock="dispose"):
    return datetime.fromisoformat(alert.promise(clock)["due_at"])


def told(alert):
    """The date that the reporter was told."""
    return datetime.fromisoformat(alert.now["told"]["due_at"])


def late_in_lists(city):
    return {each["id"] for each in city.district().asks("GET", "alerts?overdue=1")["alerts"]}


def test_the_second_goes_on_in_the_first_and_its_clocks_end_neutral(city, twins):
    master, twin = twins
    before = due(master)
    merged(city, twin, master)
    assert twin.status == "merged"
    assert {each["state"] for each in twin.now["promises"]} == {"ended"}
    assert due(master) == before  # it was due earlier already
    assert twin.timeline()[-1] == "merge"
    assert master.timeline()[-1] == "merged_in"
    assert differences(city) == []


def test_the_master_keeps_the_earlier_due_times(city, twins):
    early, late = twins
    sign, dispose = due(early, "sign"), due(early)
    merged(city, early, late)
    assert (due(late, "sign"), due(late)) == (sign, dispose)
    assert "处置" in late.now["timeline"][-1]["sentence"]
    assert differences(city) == []


@pytest.mark.parametrize("lead", ["CGJ", "ZJJ"])
def test_a_unit_inherits_no_clock_of_another_but_the_reporter_keeps_the_date(city, twins, lead):
    early, _ = twins
    own = [due(early, clock) for clock in ("sign", "arrive", "dispose")]
    city.clock.walk_to((told(early) + timedelta(hours=1)).isoformat())
    fresh = gravel(city.person("third"))
    if lead != fresh.now["lead"]:
        city.street().takes("reassign", fresh, lead=lead, reason="归你们")
    before = [due(fresh, clock) for clock in ("sign", "arrive", "dispose")]
    merged(city, early, fresh)
    is_same = lead == "CGJ"
    assert [due(fresh, clock) for clock in ("sign", "arrive", "dispose")] == (
        own if is_same else before
    )
    assert told(fresh) == told(early)
    clocks = "到场、处置、承诺办结、签收" if is_same else "承诺办结"
    assert f"已并入本件，{clocks}按较早的时限计" in fresh.now["timeline"][-1]["sentence"]
    city.clock.advance(minutes=1)
    assert fresh.id in late_in_lists(city)
    boss = city.supervisor()
    late = {row["id"] for row in boss.asks("GET", f"reports/overdue?department={lead}")["rows"]}
    assert (fresh.id in late) is is_same
    [card] = [each["card"] for each in boss.asks("GET", "board")["cards"] if each["id"] == fresh.id]
    assert (card is not None) is is_same
    assert differences(city) == []
    city.street().takes("unmerge", early, reason="不是一处")
    assert [due(fresh, clock) for clock in ("sign", "arrive", "dispose")] == before
    assert told(fresh) > city.clock.now
    assert fresh.id not in late_in_lists(city)
    assert differences(city) == []


def test_the_rungs_of_a_merged_alert_never_fire_and_the_masters_fire_by_its_new_time(city, twins):
    early, late = twins
    dispose = due(early)
    merged(city, early, late)
    city.clock.walk_to((dispose + timedelta(seconds=1)).isoformat())
    assert not {"remind", "notify", "card"} & set(early.timeline())
    cards = [each for each in late.now["timeline"] if each["code"] == "card"]
    assert dispose.isoformat() in {each["codes"]["due_at"] for each in cards}
    assert differences(city) == []


def test_unmerge_gives_the_master_its_own_times_back(city, twins):
    early, late = twins
    before = due(late, "sign"), due(late, "arrive"), due(late)
    city.person("lead", Grant("department_dispatcher", early.now["lead"])).signs(early)
    merged(city, early, late)
    assert due(late) < before[2]
    city.street().takes("unmerge", early, reason="一个在桥上，一个在桥下")
    assert (due(late, "sign"), due(late, "arrive"), due(late)) == before
    assert early.status == "reported"
    assert early.promise("accept")["state"] == "running"
    assert early.now["lead"] is None
    assert late.timeline()[-1] == "merged_out"
    assert differences(city) == []
    city.street().accepts(early, lead="CGJ")
    assert early.status == "dispatched"
    assert differences(city) == []


def test_a_card_that_came_only_of_the_merge_goes_with_it_and_comes_again_in_its_own_time(
    city, twins
):
    early, late = twins
    own = due(late)
    hurried = due(early)
    merged(city, early, late)
    city.clock.walk_to((hurried + timedelta(seconds=1)).isoformat())
    assert late.promise("dispose")["card"] == "yellow"
    city.street().takes("unmerge", early, reason="不是一处")
    dispose = late.promise("dispose")
    assert (dispose["due_at"], dispose["card"]) == (own.isoformat().replace("+00:00", "Z"), None)
    city.clock.walk_to((own + timedelta(seconds=1)).isoformat())
    assert late.promise("dispose")["card"] == "yellow"
    assert differences(city) == []


def test_a_pause_of_the_master_moves_what_it_took_over(city, twins):
    early, late = twins
    hurried = due(early)
    merged(city, early, late)
    lead = city.person("lead", Grant("department_dispatcher", late.now["lead"]))
    asked = {"reason": "不归本单位", "clause": "第 7 条", "proposed": "JTJ"}
    lead.takes("return", late, **asked)
    assert late.promise("dispose")["due_at"] is None
    city.clock.jump(minutes=30)
    city.district().takes("rule", late, verdict="rejected", reason="归你们")
    assert due(late) - hurried == timedelta(minutes=30)
    assert differences(city) == []


@pytest.mark.parametrize("undone", [False, True])
def test_a_master_that_is_put_off_until_a_date_still_goes_on_by_itself(city, twins, undone):
    early, late = twins
    lead = city.person("lead", Grant("department_dispatcher", late.now["lead"]))
    lead.signs(late)
    if undone:
        merged(city, early, late)
    lead.takes("suspend", late, until="2026-11-26", plan="等吊车", reason="吊车周四到")
    city.district().takes("grant_suspension", late)
    if undone:
        city.street().takes("unmerge", early, reason="不是一处")
    else:
        merged(city, early, late)
    assert differences(city) == []
    city.clock.walk_to("2026-11-26T00:00:01+08:00")
    assert late.status == "signed"
    assert differences(city) == []


def test_what_nobody_accepted_yet_is_disposed_by_the_time_of_what_was_merged_into_it(city, twins):
    early, _ = twins
    promised = due(early)
    city.clock.walk_to((promised + timedelta(hours=1)).isoformat())
    assert early.promise("dispose")["card"]
    unsure = city.person("third").reports("unsure", text="路上一堆石子", answers={})
    merged(city, early, unsure)
    unsure.seen = unsure.now
    city.street().accepts(unsure, lead="CGJ")
    assert told(unsure) == promised
    assert due(unsure, "sign") > promised
    assert due(unsure) > city.clock.now  # the unit has its whole limit
    city.clock.advance(minutes=1)
    assert unsure.promise("dispose")["card"] is None
    assert unsure.id in late_in_lists(city)
    assert differences(city) == []
    city.street().takes("unmerge", early, reason="不是一处")
    assert told(unsure) > city.clock.now
    assert unsure.id not in late_in_lists(city)
    assert differences(city) == []


def test_what_was_merged_and_taken_out_again_is_still_owed_when_it_was(city, twins):
    early, late = twins
    promised = due(early)
    for _ in range(2):
        merged(city, early, late)
        city.street().takes("unmerge", early, reason="不是一处")
        city.street().accepts(early, lead="CGJ")
        assert due(early) == told(early) == promised
        assert differences(city) == []
    city.clock.walk_to((promised + timedelta(seconds=1)).isoformat())
    assert early.promise("dispose")["card"] == "yellow"
    assert differences(city) == []


def test_merged_taken_out_and_merged_again_in_one_instant_it_is_merged(city, twins):
    early, late = twins
    promised = due(early)
    for _ in range(2):
        merged(city, early, late)
        assert due(late) == promised
        city.street().takes("unmerge", early, reason="不是一处")
        assert due(late) == promised + timedelta(minutes=30)
        city.street().accepts(early, lead="CGJ")
    assert differences(city) == []


def test_what_was_called_for_by_hand_comes_no_second_time_when_the_merge_is_undone(city, twins):
    early, late = twins
    merged(city, early, late)
    city.street().takes("escalate", late, clock="dispose", reason="先提醒")
    city.street().takes("unmerge", early, reason="不是一处")
    city.clock.walk_to(late.promise("dispose")["due_at"])
    levels = [
        each["codes"]["level"]
        for each in late.now["timeline"]
        if each["codes"].get("clock") == "dispose" and each["code"] in {"remind", "notify"}
    ]
    assert levels == sorted(set(levels))
    assert levels[0] == 1


def test_for_a_day_it_can_be_undone_and_no_longer(city, twins):
    early, late = twins
    merged(city, late, early)
    city.clock.jump(hours=23, minutes=59)
    assert "unmerge" in city.street().may(late)
    city.clock.jump(minutes=1)
    assert "unmerge" in city.street().may(late)
    city.clock.jump(seconds=1)
    assert "unmerge" not in city.street().may(late)
    with refused("unmerge_late"):
        city.street().takes("unmerge", late, reason="不是一处")


def test_into_what_an_alert_cannot_be_merged(city, twins, photo):
    master, twin = twins
    street = city.street()
    with refused("merge_itself"):
        merged(city, twin, twin)
    with refused("invalid") as refusal:
        street.takes("merge", twin, into="440304-20261123-99999-0")
    assert refusal.faults == {("into", "unknown_alert")}
    elsewhere = gravel(city.volunteer(), at=(114.0242, 22.5310))
    assert elsewhere.now["street"] != "street-futian"
    with refused("invalid") as refusal:
        merged(city, twin, elsewhere)  # of another street: not there for this one
    assert refusal.faults == {("into", "unknown_alert")}
    third = gravel(city.volunteer())
    merged(city, third, master)
    with refused("merge_closed"):
        merged(city, twin, third)
    with refused("step_conflict"):
        merged(city, third, twin)


def test_nothing_about_a_home_or_about_a_unit_is_merged(city, monday):
    one, other = (city.volunteer().reports("N0201", text="楼上漏水", answers={}) for _ in range(2))
    assert "merge" not in city.street().may(one)
    with refused("merge_private"):
        merged(city, one, other)
    with refused("merge_private"):
        merged(city, gravel(city.volunteer()), other)


def test_only_the_street_merges(city, twins):
    master, twin = twins
    for person in (city.district(), city.supervisor(), city.grid_worker()):
        with refused("forbidden_step"):
            person.takes("merge", twin, into=master.seen["number"])


def test_the_reporter_follows_the_master_and_learns_nothing_of_the_other_reporter(
    city, twins, photo
):
    master, twin = twins
    merged(city, twin, master)
    lead = city.person("lead", Grant("department_dispatcher", master.now["lead"]))
    hand = city.person("hand", Grant("handler", master.now["lead"]))
    lead.signs(master, to=hand)
    lead.takes("note", master, note="报案人说他住在三栋")
    neighbour = city.person("neighbour")
    seen = neighbour.sees(twin)["merged"]
    assert (seen["number"], seen["status"], seen["id"]) == (
        master.seen["number"],
        "signed",
        None,
    )
    assert {each["clock"] for each in seen["promises"]} >= {"dispose"}
    assert [each["code"] for each in seen["story"]] == ["sign"]
    hand.arrives(master)
    hand.submits_with(master, photo)
    lead.confirms(master)
    city.grid_worker().verifies(master)
    city.volunteer().takes("rate", master, solved=True, note="我是老王，谢谢")
    seen = neighbour.sees(twin)
    assert [each["code"] for each in seen["merged"]["story"]] == [
        *("sign", "arrive", "submit", "confirm", "verify_ok"),
    ]
    told = str(seen)
    for secret in ("老王", "三栋", master.id, hand.id, "渣土车撒了一路，"):
        assert secret not in told
    assert seen["steps"] == []  # the master's reporter rates


def test_the_merged_ones_reporter_is_told_of_the_outcome(city, twins, photo):
    master, twin = twins
    merged(city, twin, master)
    lead = city.person("lead", Grant("department_dispatcher", master.now["lead"]))
    hand = city.person("hand", Grant("handler", master.now["lead"]))
    lead.signs(master, to=hand)
    hand.arrives(master)
    hand.submits_with(master, photo)
    lead.confirms(master)
    city.grid_worker().verifies(master)
    assert notices(city, twin) == ["dispatched", "merged", "master_resolved"]


def notices(city, alert):
    with city.store.read() as session:
        rows = select(Notice.code).where(Notice.to_kind == "reporter", Notice.to_ref == alert.id)
        return list(session.scalars(rows.order_by(Notice.created_at, Notice.id)))


def test_whom_others_follow_does_not_withdraw(city, twins):
    master, twin = twins
    merged(city, twin, master)
    assert "withdraw" not in city.volunteer().may(master)
    with refused("others_follow"):
        city.volunteer().takes("withdraw", master)


def test_staff_find_the_way_from_one_to_the_other(city, twins):
    master, twin = twins
    merged(city, twin, master)
    street = city.street()
    assert [each["number"] for each in street.sees(master)["followers"]] == [twin.seen["number"]]
    assert street.sees(twin)["merged"]["id"] == master.id
    assert city.volunteer().sees(master)["followers"] == []


def test_a_merged_one_into_which_others_were_merged_takes_them_along(city, twins):
    early, late = twins
    city.clock.jump(minutes=20)
    third = gravel(city.volunteer())
    own = due(third)
    merged(city, early, late)
    hurried = due(late)
    merged(city, late, third)
    assert due(third) == hurried
    assert city.volunteer().sees(early)["merged"]["number"] == third.seen["number"]
    city.street().takes("unmerge", late, reason="不是一处")
    assert due(third) == own
    assert city.volunteer().sees(early)["merged"]["number"] == late.seen["number"]
    assert differences(city) == []


def test_the_street_is_offered_what_lies_near(city, twins):
    master, twin = twins
    gravel(city.volunteer(), at=(CIVIC_CENTRE[0] + 0.004, CIVIC_CENTRE[1]))
    [step] = [each for each in city.street().sees(twin)["steps"] if each["step"] == "merge"]
    [into] = [each for each in step["fields"] if each["name"] == "into"]
    assert [each["id"] for each in into["choices"]] == [master.seen["number"]]
    assert "相距 0 米，30 分钟前上报，待签收" in into["choices"][0]["label"]


def test_the_volunteer_reads_at_once_into_which_one_a_rule_merged_it_and_what_that_promises(
    city, monday
):
    files = read_folder(city.store.settings.playbook)
    assert files["rules.yaml"].count(b"merge: propose") == 1
    files["rules.yaml"] = files["rules.yaml"].replace(b"merge: propose", b"merge: auto")
    publish_playbook(city.store, Publication(keep_playbook(city.store, files, "", None)))
    first = gravel(city.volunteer())
    neighbour = city.person("neighbour")
    second = gravel(neighbour)
    assert (second.seen["status"], second.seen["lead"], second.seen["promises"]) == (
        *("merged", None),
        [],
    )
    into = second.seen["merged_into"]
    assert into["number"] == first.seen["number"]
    assert into["lead"] == first.seen["lead"]
    assert into["promises"] == sorted(first.seen["promises"], key=lambda each: each["clock"])
    assert first.seen["number"] in second.seen["reason"]
    again = neighbour.sends_report(second.id, "E0114", **GRAVEL)
    assert again == second.seen
    assert neighbour.sees(second)["merged"]["number"] == first.seen["number"]
    assert notices(city, second) == ["merged"]
    assert differences(city) == []
