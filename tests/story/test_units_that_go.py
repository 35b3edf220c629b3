"""Back past a split: who takes over is said with the publication, and nothing loses its name."""

import pytest
from city import refused
from click.testing import CliRunner
from moving import differences
from splitting import back, split_city, west
from sqlalchemy import select, update

from dispatch import clock
from dispatch.cli import main
from dispatch.domain.numbers import short
from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Alert, Notice


@pytest.fixture
def city(city):
    return split_city(city)


def test_back_past_a_split_is_refused_with_the_list_and_what_to_add(city):
    hole = city.volunteer().reports()
    west(city)
    with pytest.raises(Refused, match="playbook_in_use") as refusal:
        back(city)
    [fault] = refusal.value.faults
    said = {"people": 1, "alerts": 1, "numbers": hole.seen["number"]}
    assert (fault.field, dict(fault.params)) == ("JTJ-WEST", said)
    assert refusal.value.params["how"] == "--hand-over JTJ-WEST=JTJ"


@pytest.mark.both_databases
def test_whoever_takes_over_has_people_alerts_and_clocks_and_is_told(city, photo):
    hole, desk, crew = city.volunteer().reports(), west(city), west(city, "handler")
    desk.signs(hole, to=crew)
    before = {clock: hole.promise(clock) for clock in ("contact", "arrive", "dispose")}
    back(city, JTJ_WEST="JTJ")
    assert hole.now["lead"] == "JTJ"
    after = {clock: hole.promise(clock) for clock in before}
    assert {clock: each["due_at"] for clock, each in after.items()} == {
        clock: each["due_at"] for clock, each in before.items()
    }
    assert {each["unit"] for each in after.values()} == {"JTJ"}
    assert hole.promise("sign")["unit"] == "JTJ-WEST"  # what was kept stays whose it was
    assert "交通局西片已撤并，由市交通运输局福田管理局接办" in sentences(hole)
    assert told(city, "JTJ") == ["handed_over"]
    with refused("version_conflict") as refusal:
        desk.takes("assign", hole, to=crew.id)
    assert refusal.problem["detail"].startswith("系统刚刚已办理“原单位撤并，移交接办单位”")
    hole.seen |= {"version": hole.now["version"]}
    crew.arrives(hole)
    crew.submits_with(hole, photo)
    desk.confirms(hole)  # the same people, at their new desk
    city.grid_worker().takes("verify_ok", hole, grade="good")
    city.volunteer().rates(hole)
    assert hole.status == "closed"
    assert [check.name for check in verify_store(city.store) if check.differences] == []


def sentences(alert):
    return [entry["sentence"] for entry in alert.now["timeline"]]


def told(city, desk):
    with city.store.read() as session:
        rows = select(Notice.code).where(Notice.to_ref == desk, Notice.code == "handed_over")
        return list(session.scalars(rows))


def test_nobody_leads_and_helps_at_once(city):
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole)
    desk.takes("call_support", hole, unit="JTJ", mode="required", reason="要封路")
    back(city, JTJ_WEST="JTJ")
    assert (hole.now["lead"], hole.helping()) == ("JTJ", {})
    assert {each["state"] for each in hole.now["promises"] if each["support"]} <= {"ended"}
    assert [check.name for check in verify_store(city.store) if check.differences] == []


def test_who_is_asked_to_release_a_unit_that_goes_is_asked_about_its_heir(city):
    hole = city.volunteer().reports()
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    desk = city.person("cgj", Grant("department_dispatcher", "CGJ"))
    desk.signs(hole)
    city.street().takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    desk.takes("ask_release", hole, unit="JTJ-WEST", reason="不用来了")
    back(city, JTJ_WEST="JTJ")
    hole.seen |= {"version": hole.now["version"]}
    city.street().takes("agree_release", hole)
    assert hole.helping() == {}
    assert differences(city) == []


def test_a_unit_that_helps_is_followed_by_its_heir(city):
    hole, desk = city.volunteer().reports(), west(city)
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    city.person("cgj", Grant("department_dispatcher", "CGJ")).signs(hole)
    city.person("cgj").takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    back(city, JTJ_WEST="JTJ")
    assert hole.helping() == {"JTJ": "to_sign"}
    assert hole.promise_of("JTJ", "sign")["state"] == "running"
    hole.seen |= {"version": hole.now["version"]}
    desk.takes("support_sign", hole)
    assert [check.name for check in verify_store(city.store) if check.differences] == []


@pytest.mark.parametrize(
    ("gone", "heir", "wrong"),
    [
        ("JTJ-WEST", "JTJ-EAST", "JTJ-EAST"),
        ("CGJ", "JTJ", "CGJ"),
        ("JTJ-WEST", "JTJ-WEST", "JTJ-WEST"),
    ],
)
def test_only_what_goes_is_handed_over_and_only_to_what_stays(city, gone, heir, wrong):
    with pytest.raises(Refused, match="invalid") as refusal:
        publish_playbook(city.store, Publication(1, heirs={gone: heir}))
    assert refusal.value.faults[0].params["value"] == wrong


def test_a_role_that_the_heir_cannot_have_stops_it_all(city):
    west(city)
    with pytest.raises(Refused, match="invalid"):
        back(city, JTJ_WEST="street-futian")
    with city.store.read() as session:
        assert "JTJ-WEST" in city.store.playbook(session).units


def test_a_kind_that_went_goes_on_and_keeps_its_name_and_its_answers(city, photo):
    answers = {"urgency": "disrupts", "seats": 3}
    bench = city.volunteer().reports("X0009", answers=answers)
    west(city), west(city, "handler")
    back(city, JTJ_WEST="JTJ")
    for person in (city.volunteer(), city.street(), west(city)):
        shown = person.sees(bench)
        assert {each["label"] for each in shown["answers"]} >= {"坏了几个座"}
    labels = city.street().asks("GET", "board")["labels"]
    assert labels["former"]["categories"]["X0009"]["zh"] == "街角小憩点损坏"
    assert labels["former"]["units"]["JTJ-WEST"]["zh"] == "交通局西片"
    assert "X0009" not in labels["categories"]
    forms = city.volunteer().asks("GET", "forms")
    assert "X0009" not in {each["code"] for each in forms["categories"]}
    assert forms["former"]["categories"]["X0009"] == labels["former"]["categories"]["X0009"]
    city.clock.advance(days=9)
    late = city.supervisor().asks("GET", "reports/overdue")["rows"]
    assert {(row["category"], row["category_label"]) for row in late} == {
        ("X0009", "街角小憩点损坏")
    }
    bench.seen |= {"version": bench.now["version"]}
    west(city).signs(bench, to=west(city, "handler"))
    west(city, "handler").arrives(bench)
    west(city, "handler").submits_with(bench, photo)
    west(city).confirms(bench)
    city.grid_worker().takes("verify_ok", bench, grade="good")
    city.volunteer().rates(bench)
    assert bench.status == "closed"


def test_a_kind_that_went_can_still_be_accepted(city):
    stage = city.volunteer().reports("X0010", answers={"urgency": "danger"})
    assert stage.status == "reported"
    back(city)
    city.street().accepts(stage, "JTJ")
    city.department().signs(stage)
    assert (stage.status, stage.now["category"]) == ("signed", "X0010")


@pytest.fixture
def command(city, settings, monkeypatch):
    """The operator's terminal, beside the running server."""
    for name in ("env", "data_dir", "database_url", "publish_hands"):
        monkeypatch.setenv(f"DISPATCH_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def run(*words: str):
        ran = CliRunner().invoke(main, ["playbook", "publish", "1", *words])
        clock.use_offset(city.store.city_offset)
        return ran

    return run


@pytest.mark.both_databases
def test_the_operator_reads_what_to_add_and_which_kinds_go_on(city, command):
    hole = city.volunteer().reports()
    bench = city.volunteer().reports("X0009", answers={"urgency": "disrupts"})
    alone = command()
    assert alone.exit_code == 1
    assert "写明人员和事项由谁接：--hand-over JTJ-WEST=JTJ" in alone.stderr
    assert hole.seen["number"] in alone.stderr
    done = command("--hand-over", "JTJ-WEST=JTJ")
    assert done.exit_code == 0
    assert "“街角小憩点损坏”（X0009）这一类，仍有 1 件在办" in done.output
    assert bench.seen["number"] in done.output
    assert command("--hand-over", "JTJ-WEST").exit_code == 2


def test_what_comes_again_is_no_longer_former(city):
    back(city)
    publish_playbook(city.store, Publication(2, override="cases follow"))
    assert "former" not in city.street().asks("GET", "board")["labels"]


def test_a_complaint_is_never_handed_over_to_whom_it_is_about(city):
    hole = city.volunteer().reports(about_unit="JTJ")
    with city.store.write() as tx:  # as decided before the bureau was split
        tx.session.execute(update(Alert).where(Alert.id == hole.id).values(lead="JTJ-WEST"))
    with pytest.raises(Refused, match="invalid") as refusal:
        back(city, JTJ_WEST="JTJ")
    [fault] = refusal.value.faults
    named = {"value": "JTJ", "alerts": 1, "numbers": short(hole.seen["number"])}
    assert (fault.code, dict(fault.params)) == ("heir_complained_about", named)
    city.street().takes("reassign", hole, lead="ZJJ", reason="投诉的就是交通局")
    back(city, JTJ_WEST="JTJ")
    assert hole.now["lead"] == "ZJJ"


def test_whoever_takes_over_a_unit_answers_for_complaints_about_it(city):
    hole = city.volunteer().reports(about_unit="JTJ-WEST")
    assert hole.now["lead"] == "JTJ"  # another unit than the one complained about
    with pytest.raises(Refused, match="invalid") as refusal:
        back(city, JTJ_WEST="JTJ")
    assert [fault.code for fault in refusal.value.faults] == ["heir_complained_about"]
    city.street().takes("reassign", hole, lead="ZJJ", reason="投诉的就是交通局")
    back(city, JTJ_WEST="JTJ")
    with refused("invalid") as refusal:
        city.district().takes("reassign", hole, lead="JTJ", reason="属道路")
    assert refusal.faults == {("lead", "cannot_be_named")}
