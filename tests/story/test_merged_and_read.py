"""What people read of an alert that was merged into another, and who is told."""

import pytest
from city import CIVIC_CENTRE, refused
from gravel import GRAVEL, due, gravel, merged
from moving import differences
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.rules.book.loading import read_folder
from dispatch.store.tables import Notice


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


@pytest.mark.both_databases
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


def test_where_to_go_instead_is_read_by_whoever_was_merged_as_well(city, twins):
    master, twin = twins
    city.street().takes("merge", twin, into=master.seen["number"])
    city.street().takes("decline", master, reason="other_channel", where_instead="请拨 12345")
    last = city.person("neighbour").sees(twin)["merged"]["story"][-1]
    assert (last["code"], last["words"]) == ("decline", ["请拨 12345"])


def test_what_was_said_to_the_other_reporter_alone_is_not_read(city, twins):
    master, twin = twins
    city.street().takes("merge", twin, into=master.seen["number"])
    lead = city.person("lead", Grant("department_dispatcher", master.now["lead"]))
    lead.signs(master, to=city.person("hand", Grant("handler", master.now["lead"])))
    lead.takes("contact", master, message="您好，明天上午到您家门口")
    story = city.person("neighbour").sees(twin)["merged"]["story"]
    assert {line["code"]: line["words"] for line in story}["contact"] == []
