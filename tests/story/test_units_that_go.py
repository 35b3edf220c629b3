"""Back past a split: who takes over is said with the publication, and nothing loses its name."""

from collections import defaultdict

import pytest
from city import refused
from click.testing import CliRunner
from sqlalchemy import select

from dispatch import clock
from dispatch.cli import main
from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.installation.verify_store import verify_store
from dispatch.rules.book.loading import read_folder
from dispatch.store.tables import Notice, Promise

# The transport bureau is split, and parklets are a kind of their own.
WEST = "  JTJ-WEST:\n    label: {zh: 交通局西片, en: Transport West}\n    kind: department\n"
PARKLET = """
  X0009:
    label: {zh: 街角小憩点损坏, en: Broken parklet}
    group: safety-hazards
    icon: other
    form:
      urgency: {required: true}
      seats: {kind: number, label: {zh: 坏了几个座, en: Broken seats}}
    limits: [{severity: 3, promises: {sign: 2 work_hours, dispose: 2 work_days}, basis: assumed}]
"""
STAGE = """
  X0010:
    label: {zh: 露天舞台损坏, en: Broken stage}
    group: safety-hazards
    icon: other
    form: {urgency: {required: true}}
    limits: [{severity: 3, promises: {sign: 2 work_hours}, basis: assumed}]
"""
TO_THE_WEST = """
  - id: west-leads
    label: {zh: 西片先接, en: The west takes it}
    when: {category: [E0113, X0009]}
    lead: JTJ-WEST
    basis: assumed
"""


def split(store):
    files = {name: text.decode() for name, text in read_folder(store.settings.playbook).items()}
    for file, heading, more in (
        ("departments.yaml", "  JTJ:\n", WEST + "  JTJ:\n"),
        ("categories.yaml", "\ncategories:\n", "\ncategories:" + PARKLET + STAGE.lstrip("\n")),
        ("rules.yaml", "\nrules:\n", "\nrules:\n" + TO_THE_WEST.lstrip("\n")),
    ):
        assert heading in files[file], (file, heading)
        files[file] = files[file].replace(heading, more, 1)
    return {name: text.encode() for name, text in files.items()}


@pytest.fixture
def city(city):
    version = keep_playbook(city.store, split(city.store), "split", None)
    publish_playbook(city.store, Publication(version, override="cases follow"))
    with city.store.read() as session:
        city.organisation = city.store.playbook(session).organisation
    return city


def back(city, **heirs: str):
    taken_over = {gone.replace("_", "-"): heir for gone, heir in heirs.items()}
    publish_playbook(city.store, Publication(1, heirs=taken_over))


def west(city, role="department_dispatcher"):
    return city.person(f"west {role}", Grant(role, "JTJ-WEST"))


def test_back_past_a_split_is_refused_with_the_list_and_what_to_add(city):
    hole = city.volunteer().reports()
    west(city)
    with pytest.raises(Refused, match="playbook_in_use") as refusal:
        back(city)
    [fault] = refusal.value.faults
    said = {"people": 1, "alerts": 1, "numbers": hole.seen["number"]}
    assert (fault.field, dict(fault.params)) == ("JTJ-WEST", said)
    assert refusal.value.params["how"] == "--hand-over JTJ-WEST=JTJ"


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


TUESDAY = "2026-12-01T10:00:00+08:00"  # E0113 is signed by 11-24, reached by 11-25, done by 11-30


def clocks_of(city, alert):
    """By unit and clock, what became of each, in order."""
    found = defaultdict(list)
    with city.store.read() as session:
        mine = select(Promise).where(Promise.alert_id == alert.id, Promise.unit.is_not(None))
        for row in session.scalars(mine.order_by(Promise.started_at, Promise.id)):
            found[row.unit, row.clock].append(row.state)
    return {key: "/".join(states) for key, states in found.items()}


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]


def on_time(city):
    rows = city.supervisor().asks("GET", "reports/on-time?by=department")["rows"]
    return {row["department"]: (row["kept"], row["due"]) for row in rows}


def late_units(city):
    rows = city.supervisor().asks("GET", "reports/overdue?by=department")["rows"]
    return [row["department"] for row in rows]


def test_what_was_late_stays_with_the_unit_that_goes_and_the_heir_owes_whole_limits(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    told = hole.now["told"]["due_at"]
    west(city)
    city.clock.walk_to(TUESDAY)
    assert late_units(city) == ["JTJ-WEST"]
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole) == {
        **{("JTJ-WEST", clock): "missed" for clock in ("sign", "arrive", "dispose")},
        **{("JTJ", clock): "running" for clock in ("sign", "arrive", "dispose")},
    }
    due = {clock: hole.promise(clock)["due_at"] for clock in ("sign", "arrive", "dispose")}
    assert due == {
        "sign": "2026-12-02T10:00:00Z",
        "arrive": "2026-12-03T10:00:00Z",
        "dispose": "2026-12-08T10:00:00Z",
    }
    assert (hole.now["told"]["due_at"], hole.now["card"]) == (told, None)
    assert (late_units(city), on_time(city)) == ([], {"JTJ-WEST": (0, 1)})
    assert differences(city) == []


def test_what_is_not_late_goes_on_beside_what_begins_anew(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole, to=west(city, "handler"))
    city.clock.walk_to("2026-11-27T10:00:00+08:00")
    dispose = hole.promise("dispose")["due_at"]
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole) == {
        ("JTJ-WEST", "sign"): "met",
        ("JTJ-WEST", "contact"): "missed",
        ("JTJ-WEST", "arrive"): "missed",
        ("JTJ", "contact"): "running",
        ("JTJ", "arrive"): "running",
        ("JTJ", "dispose"): "running",
    }
    assert hole.promise("dispose")["due_at"] == dispose
    assert hole.promise("arrive")["due_at"] == "2026-12-01T10:00:00Z"
    assert differences(city) == []


def test_what_stands_late_stands_on_with_the_heir_and_goes_on_by_itself(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole, to=west(city, "handler"))
    city.clock.walk_to("2026-11-26T10:00:00+08:00")
    plan = {"until": "2026-12-04", "plan": "等管材到货", "reason": "等管材"}
    desk.takes("suspend", hole, **plan)
    city.district().takes("grant_suspension", hole)
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole)["JTJ-WEST", "arrive"] == "missed"
    assert clocks_of(city, hole)["JTJ", "arrive"] == "paused"
    assert differences(city) == []
    city.clock.walk_to("2026-12-04T09:00:00+08:00")
    assert hole.status == "signed"
    assert clocks_of(city, hole)["JTJ", "arrive"] == "running"
    assert hole.promise("arrive")["due_at"] > "2026-12-04"
    assert differences(city) == []


def test_what_waits_for_the_district_s_word_is_late_with_nobody_and_goes_on(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk, crew = city.volunteer().reports(), west(city), west(city, "handler")
    desk.signs(hole, to=crew)
    desk.takes("contact", hole, message="今天到")
    crew.arrives(hole)
    desk.takes("extend", hole, by=2, reason="等管材")
    city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole)["JTJ", "dispose"] == "running"
    hole.seen |= {"version": hole.now["version"]}
    city.district().takes("grant_extension", hole)
    assert hole.promise("dispose")["due_at"] == "2026-12-02T10:00:00Z"
    assert differences(city) == []


def test_an_heir_that_helped_late_has_missed_it_when_it_leads(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole)
    desk.takes("call_support", hole, unit="JTJ", mode="required", reason="要封路")
    city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    found = clocks_of(city, hole)
    assert {clock: found["JTJ", clock] for clock in ("sign", "arrive", "dispose")} == {
        "sign": "missed",
        "arrive": "missed/running",
        "dispose": "missed/running",
    }
    assert on_time(city) == {"JTJ-WEST": (0, 1), "JTJ": (0, 1)}
    assert differences(city) == []


@pytest.mark.parametrize(
    ("when", "state"), [("2026-11-23T12:00:00+08:00", "ended"), (TUESDAY, "missed")]
)
def test_a_unit_that_helps_where_its_heir_leads_leaves_what_it_was_late_with(city, when, state):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.street().takes("reassign", hole, lead="JTJ", reason="归本局")
    city.department().signs(hole)
    city.department().takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    city.clock.walk_to(when)
    back(city, JTJ_WEST="JTJ")
    helped = {
        clock: found for (unit, clock), found in clocks_of(city, hole).items() if unit == "JTJ-WEST"
    }
    assert {found.split("/")[-1] for found in helped.values()} == {state}
    assert (hole.now["lead"], hole.helping()) == ("JTJ", {})
    assert differences(city) == []


@pytest.mark.parametrize("late", [False, True])
def test_a_late_helper_is_followed_by_an_heir_with_whole_limits(city, late):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    west(city)
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    city.person("cgj", Grant("department_dispatcher", "CGJ")).signs(hole)
    city.person("cgj").takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    if late:
        city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    found = clocks_of(city, hole)
    begun = ("sign", "arrive", "dispose")  # it led before, and was late with nothing then
    assert {found["JTJ-WEST", each] for each in begun} == {"ended/missed" if late else "ended"}
    assert {found["JTJ", each] for each in begun} == {"running"}
    assert hole.helping() == {"JTJ": "to_sign"}
    assert differences(city) == []


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
