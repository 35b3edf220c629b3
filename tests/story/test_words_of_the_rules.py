"""What the rules say to a reporter arrives; whom a report is about never gets hold of it."""

from types import SimpleNamespace

import pytest
from city import City, refused
from sqlalchemy import select

from dispatch.app import create_app
from dispatch.domain.roles import Grant
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version
from dispatch.store.tables import Alert, Notice

RULES = """\
  - id: lead-roads-first
    when: {category: E0113}
    lead: JTJ
    basis: assumed
    notice: {zh: 请绕行，不要靠近, en: Please keep away}
  - id: lead-noise
    when: {category: E0501}
    lead: CGJ
    needs_person: true
    basis: assumed
    notice: {zh: 街道会先来看, en: The street comes to see first}
  - id: noise-for-transport
    when: {category: E0501}
    lead: JTJ
    basis: assumed
    notice: {zh: 已请交通部门到场, en: Transport was asked to come}
"""
ALSO = """\
  - id: everybody
    when: {category: [E0113, E0501]}
    tags: [told]
    notice: {zh: 有危险请先打 110, en: In danger call 110 first}
"""
COMPLAINT = "N1302"
ORDINARY = {"urgency": "ordinary"}


@pytest.fixture
def city(store, settings):
    files = read_folder(settings.playbook)
    text = files["rules.yaml"].decode()
    text = text.replace("rules:\n", "rules:\n" + RULES, 1).replace("also:\n", "also:\n" + ALSO, 1)
    with store.write() as deed:
        publish_version(deed.session, files | {"rules.yaml": text.encode()}, "first", deed.now)
    return City(create_app(settings, store), store)


@pytest.fixture
def cast(city):
    roles = ("volunteer", "street", "district", "handler", "grid_worker")
    return SimpleNamespace(**{role: getattr(city, role)() for role in roles})


def sent_to_the_reporter(city, alert):
    with city.store.read() as session:
        mine = select(Notice).where(Notice.to_kind == "reporter", Notice.to_ref == alert.id)
        return [(row.code, row.params) for row in session.scalars(mine)]


def test_a_reporter_reads_in_the_receipt_what_the_rules_say(cast):
    alert = cast.volunteer.reports("E0113")
    assert alert.seen["notices"] == ["请绕行，不要靠近", "有危险请先打 110"]
    again = cast.volunteer.sends_report(alert.id, "E0113")
    assert again["notices"] == alert.seen["notices"]
    assert cast.volunteer.sees(alert)["notices"] == alert.seen["notices"]
    english = cast.volunteer.asks("GET", f"alerts/{alert.id}", headers={"Accept-Language": "en"})
    assert english["notices"] == ["Please keep away", "In danger call 110 first"]


def test_the_one_message_of_the_dispatch_carries_the_words(city, cast):
    alert = cast.volunteer.reports("E0113")
    texts = [{"zh": "请绕行，不要靠近", "en": "Please keep away"}]
    texts += [{"zh": "有危险请先打 110", "en": "In danger call 110 first"}]
    assert sent_to_the_reporter(city, alert) == [("dispatched", {"texts": texts})]


def test_when_the_street_accepts_the_words_of_that_decision_count(city, cast):
    alert = cast.volunteer.reports("E0501", answers=ORDINARY)
    assert alert.status == "reported"
    assert alert.seen["notices"] == ["街道会先来看", "有危险请先打 110"]
    assert sent_to_the_reporter(city, alert) == []
    cast.street.accepts(alert, "JTJ")
    told = ["已请交通部门到场", "有危险请先打 110"]
    assert cast.volunteer.sees(alert)["notices"] == told
    [(code, params)] = sent_to_the_reporter(city, alert)
    assert (code, [each["zh"] for each in params["texts"]]) == ("dispatched", told)
    assert cast.volunteer.sends_report(alert.id, "E0501", answers=ORDINARY)["notices"] == told


def test_where_no_rule_says_anything_nothing_is_said(cast):
    alert = cast.volunteer.reports("P0201")
    assert alert.seen["notices"] == cast.volunteer.sees(alert)["notices"] == []


def about(cast, unit):
    return cast.volunteer.reports(COMPLAINT, answers={"unit": unit}, text="办事态度不好")


def test_whom_a_complaint_is_about_is_chosen_and_not_written_down(cast):
    with refused("invalid") as told:
        cast.volunteer.reports(COMPLAINT, answers={"unit": "城管局"}, text="办事态度不好")
    assert told.faults == {("answers.unit", "unknown_value")}
    [form] = [
        each
        for each in cast.volunteer.asks("GET", "forms")["categories"]
        if each["code"] == COMPLAINT
    ]
    known = {each["id"] for each in form["fields"][0]["choices"]}
    assert {"JTJ", "CGJ", "street-futian"} <= known
    assert not {"futian", "grid-futian-1-1"} & known
    assert cast.volunteer.sees(about(cast, "CGJ"))["answers"][0]["value_label"].endswith("局")


def test_a_complaint_comes_to_its_unit_on_no_way(city, cast):
    complaint, deputy = about(cast, "JTJ"), cast.district
    for barred in ("JTJ", "street-futian"):
        with refused("invalid"):
            deputy.takes("reassign", complaint, lead=barred, reason="换一家")
    deputy.takes("reassign", complaint, lead="CGJ", reason="换一家")
    cgj = city.person("cgj", Grant("department_dispatcher", "CGJ"))
    with refused("invalid") as told:
        cgj.takes("return", complaint, reason="not_our_duty", proposed="JTJ", clause="第三条")
    assert told.faults == {("proposed", "cannot_be_named")}
    cgj.takes("return", complaint, reason="not_our_duty", proposed="SWJ", clause="第三条")
    for verdict in ("upheld", "joint"):
        with refused("invalid"):
            deputy.takes("rule", complaint, verdict=verdict, lead="JTJ", reason="请贵局办理")
    deputy.takes("rule", complaint, verdict="rejected", reason="是贵局的事")


def test_no_street_accepts_a_complaint_for_its_unit_or_for_itself(cast):
    complaint = about(cast, "XFJ")
    assert complaint.status == "reported"
    for barred in ("XFJ", "street-futian"):
        with refused("invalid") as told:
            cast.street.accepts(complaint, barred)
        assert told.faults == {("lead", "cannot_be_named")}
    cast.street.accepts(complaint, "CGJ")


def test_a_district_that_leads_gives_a_complaint_to_nobody_of_the_unit(cast):
    complaint = about(cast, "JTJ")
    cast.district.takes("reassign", complaint, lead="futian", reason="由区里办")
    for somebody in ("JTJ", cast.handler.id):
        with refused("invalid") as told:
            cast.district.takes("sign", complaint, to=somebody)
        assert told.faults == {("to", "not_a_hand")}
    cast.district.takes("sign", complaint)


def test_a_complaint_about_the_street_of_the_place_is_the_districts(city, cast):
    complaint = about(cast, "street-futian")
    for somebody in (cast.street, cast.grid_worker):
        with refused("not_found"):
            somebody.sees(complaint)
    assert "decline" in cast.district.may(complaint)
    with city.store.read() as session:
        row = session.get(Alert, complaint.id)
        assert (row.street, row.community, row.grid) == (None, None, None)
        desks = select(Notice.to_ref).where(
            Notice.alert_id == complaint.id, Notice.to_kind == "desk"
        )
        assert "street-futian" not in set(session.scalars(desks))
