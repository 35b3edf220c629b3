"""Words reach whom they are for: of what staff write, the reporter reads what is told, no more."""

import hashlib
import json
import uuid
from datetime import timedelta

from city import CIVIC_CENTRE
from hostile import sends
from moving import signed_hole

from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Grant

INSIDE, TOLD, AFTER_GRANT = "staff alone", "the reporter", "the reporter, once it is granted"
# Every free text of every step, written out: whom it is for.
AUDIENCE = {
    ("accept", "note"): INSIDE,
    ("decline", "where_instead"): TOLD,
    ("withdraw", "note"): TOLD,
    ("sign", "note"): INSIDE,
    ("assign", "note"): INSIDE,
    ("contact", "message"): TOLD,
    ("return", "reason"): INSIDE,
    ("return", "clause"): INSIDE,
    ("return", "finding"): INSIDE,
    ("rule", "reason"): INSIDE,
    ("reassign", "reason"): INSIDE,
    ("call_support", "reason"): INSIDE,
    ("release_support", "reason"): INSIDE,
    ("ask_release", "reason"): INSIDE,
    ("agree_release", "note"): INSIDE,
    ("refuse_release", "reason"): INSIDE,
    ("support_sign", "note"): INSIDE,
    ("support_assign", "note"): INSIDE,
    ("support_arrive", "reason"): INSIDE,
    ("support_finish", "done"): INSIDE,
    ("arrive", "reason"): INSIDE,
    ("note", "note"): INSIDE,
    ("submit", "done"): TOLD,
    ("send_back", "reason"): INSIDE,
    ("confirm", "note"): INSIDE,
    ("verify_ok", "reason"): INSIDE,
    ("verify_fail", "reason"): INSIDE,
    ("rate", "note"): TOLD,
    ("extend", "reason"): INSIDE,
    ("extend", "told"): AFTER_GRANT,
    ("grant_extension", "note"): INSIDE,
    ("refuse_extension", "reason"): INSIDE,
    ("suspend", "plan"): AFTER_GRANT,
    ("suspend", "reason"): INSIDE,
    ("grant_suspension", "note"): INSIDE,
    ("refuse_suspension", "reason"): INSIDE,
    ("resume", "note"): INSIDE,
    ("merge", "note"): INSIDE,
    ("unmerge", "reason"): INSIDE,
    ("urge", "note"): INSIDE,
    ("snooze", "reason"): INSIDE,
    ("escalate", "reason"): INSIDE,
    ("void", "reason"): INSIDE,
    ("confirm_void", "note"): INSIDE,
    ("refuse_void", "reason"): INSIDE,
    ("reopen", "reason"): INSIDE,
    ("correct", "reason"): INSIDE,
}
STAFF = ("street", "department", "district", "supervisor", "grid_worker", "handler")


def marked(step, field):
    """Words that nobody writes by chance, and that no mask touches."""
    return f"写在{step}的{field}里"


class Walk:
    """Takes steps with every free text filled in, and remembers which were taken on which alert."""

    def __init__(self, city, photo):
        self.city, self.photo = city, photo
        self.alerts, self.said = [], {}

    def reports(self, category="E0113", by=None, **said):
        alert = (by or self.city.volunteer()).reports(category, **said)
        self.alerts.append(alert)
        return alert

    def takes(self, person, step, alert, **fields):
        texts = [field.name for field in STEPS[step].fields if field.kind == "text"]
        wanted = {"photos": [hashlib.sha256(self.photo).hexdigest()]} | fields
        sent = {name: value for name, value in wanted.items() if name in names_of(step)}
        person.takes(step, alert, **sent | {name: marked(step, name) for name in texts})
        if "photos" in sent:
            person.sends_photo(alert, self.photo)
        self.said.setdefault(alert.id, set()).update((step, name) for name in texts)


def names_of(step):
    return {field.name for field in STEPS[step].fields}


def walked(city, photo):
    """Four alerts on which together every step with a free text was taken."""
    walk = Walk(city, photo)
    for part in (_much_work, _asked_for_time, _ends_early, _called_and_merged):
        part(city, walk)
    return walk


def _much_work(city, walk):
    """Returned, ruled, reassigned, worked on, sent back, reworked, not solved, solved, reopened."""
    alert = walk.reports()
    lead, street, district = city.department(), city.street(), city.district()
    handler, spot = city.handler(), {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1]}
    walk.takes(lead, "return", alert, proposed="CGJ")
    walk.takes(district, "rule", alert, verdict="rejected", lead="JTJ")
    walk.takes(street, "reassign", alert, lead="CGJ")
    walk.takes(street, "reassign", alert, lead="JTJ")
    walk.takes(lead, "sign", alert)
    walk.takes(lead, "assign", alert, to=handler.id)
    walk.takes(lead, "contact", alert)
    walk.takes(street, "note", alert)
    walk.takes(street, "correct", alert, severity="severity_2")
    walk.takes(lead, "snooze", alert, clock="dispose", span="half_hour")
    walk.takes(street, "escalate", alert, clock="dispose")
    walk.takes(street, "urge", alert)
    walk.takes(handler, "arrive", alert, position={**spot, "accuracy_m": 15})
    walk.takes(handler, "submit", alert)
    walk.takes(lead, "send_back", alert)
    walk.takes(handler, "submit", alert)
    walk.takes(lead, "confirm", alert)
    walk.takes(city.grid_worker(), "verify_fail", alert)
    walk.takes(handler, "arrive", alert, position={**spot, "accuracy_m": 15})
    walk.takes(handler, "submit", alert)
    walk.takes(lead, "confirm", alert)
    walk.takes(city.grid_worker(), "verify_ok", alert, grade="poor")
    walk.takes(city.volunteer(), "rate", alert, solved=True, grade="fair")
    walk.takes(street, "reopen", alert)


def _asked_for_time(city, walk):
    """More time and a suspension: asked, refused, asked again, granted."""
    alert = walk.reports()
    lead, district = city.department(), city.district()
    walk.takes(lead, "sign", alert)
    for decision in ("refuse_extension", "grant_extension"):
        walk.takes(lead, "extend", alert, by=1)
        walk.takes(district, decision, alert)
    until = (city.clock.now + timedelta(days=9)).date().isoformat()
    for decision in ("refuse_suspension", "grant_suspension"):
        walk.takes(lead, "suspend", alert, until=until)
        walk.takes(district, decision, alert)
    walk.takes(lead, "resume", alert)


def _ends_early(city, walk):
    """Accepted, voided after all; declined; withdrawn."""
    street, colleague = (
        city.street(),
        city.person("colleague", Grant("street_dispatcher", "street-futian")),
    )
    unsure = walk.reports("unsure", answers={})
    walk.takes(street, "accept", unsure, lead="JTJ", category="E0113")
    walk.takes(street, "void", unsure)
    walk.takes(colleague, "refuse_void", unsure)
    walk.takes(street, "void", unsure)
    walk.takes(colleague, "confirm_void", unsure)
    walk.takes(street, "decline", walk.reports("unsure", answers={}), reason="other_channel")
    walk.takes(city.volunteer(), "withdraw", walk.reports())


def _called_and_merged(city, walk):
    """A support that comes, one that is released; two alerts that were one for a while."""
    alert, lead = walk.reports(), city.department()
    desk, officer = (
        city.person("police desk", Grant("department_dispatcher", "JJDD")),
        city.person("officer", Grant("handler", "JJDD")),
    )
    walk.takes(lead, "sign", alert)
    walk.takes(lead, "call_support", alert, unit="JJDD", mode="required")
    walk.takes(desk, "support_sign", alert)
    walk.takes(desk, "support_assign", alert, to=officer.id)
    walk.takes(officer, "support_arrive", alert)
    walk.takes(officer, "support_finish", alert)
    walk.takes(lead, "call_support", alert, unit="SWJ", mode="required")
    for answer in ("refuse_release", "agree_release"):
        walk.takes(city.street(), "ask_release", alert, unit="SWJ")
        walk.takes(lead, answer, alert)
    walk.takes(lead, "call_support", alert, unit="SWJ", mode="required")
    walk.takes(lead, "release_support", alert, unit="SWJ")
    twin = walk.reports(by=city.person("neighbour"))
    walk.takes(city.street(), "merge", twin, into=alert.seen["number"])
    walk.takes(city.street(), "unmerge", twin)


def faces_of(person, alert):
    """Everything in which this person can read: pages, lists, tasks, board, reports, notices."""
    paths = (
        f"alerts/{alert.id}",
        f"alerts/{alert.seen['number']}",
        *("alerts?mine=1", "alerts", "tasks", "board", "notices", "session", "forms"),
        *("reports/overdue", "reports/overdue?format=csv", "reports/paused", "reports/volumes"),
    )
    return "".join(sends(person, "GET", f"/api/v1/{path}").get_data(as_text=True) for path in paths)


def test_the_table_of_audiences_names_every_free_text_of_every_step():
    texts = {
        (step.name, field.name)
        for step in STEPS.values()
        for field in step.fields
        if field.kind == "text"
    }
    assert texts == AUDIENCE.keys(), "Write into AUDIENCE whom a new free text is for"


def test_the_reporter_reads_what_is_told_on_no_face_more_and_staff_read_all(city, photo):
    walk = walked(city, photo)
    assert set().union(*walk.said.values()) == AUDIENCE.keys(), "Take these steps in the walk"
    for alert in walk.alerts:
        reporter = city.person("neighbour" if alert is walk.alerts[-1] else "volunteer")
        read = faces_of(reporter, alert)
        seen = json.dumps(city.supervisor().sees(alert), ensure_ascii=False)
        for words in walk.said[alert.id]:
            assert (marked(*words) in read) == (AUDIENCE[words] != INSIDE), words
            assert marked(*words) in seen, words


def test_how_often_the_offices_urge_each_other_is_no_story_for_the_reporter(city):
    hole = signed_hole(city)
    before = city.volunteer().sees(hole)["timeline"]
    for _ in range(3):
        city.clock.advance(hours=5)
        city.street().takes("urge", hole)
    assert city.volunteer().sees(hole)["timeline"] == before


def test_other_units_read_nothing_at_all(city, photo):
    walk = walked(city, photo)
    stranger = city.person("stranger", Grant("department_dispatcher", "SCJG"))
    neighbour = city.person("passer-by", Grant("volunteer", "street-futian"))
    for person in (stranger, neighbour):
        for alert in walk.alerts:
            assert "写在" not in faces_of(person, alert)


def test_a_plan_and_a_reason_are_told_when_they_are_granted_and_not_before(city):
    hole = signed_hole(city)
    inside, told, plan = "车坏了，人手也不够", "配件周三到货", "周三更换井盖"

    def read():
        return json.dumps(city.volunteer().sees(hole), ensure_ascii=False)

    city.department().takes("extend", hole, by=1, reason=inside, told=told)
    assert told not in read()
    assert city.district().sees(hole)["requests"][0]["words"] == [inside, told]
    city.district().takes("grant_extension", hole)
    assert told in read()
    city.department().takes("extend", hole, by=1, reason=inside, told="第二次的原因")
    city.district().takes("refuse_extension", hole, reason="够了")
    assert "第二次的原因" not in read()
    city.department().takes("suspend", hole, until="2026-12-24", plan=plan, reason=inside)
    assert plan not in read()
    city.district().takes("grant_suspension", hole)
    assert plan in read()
    assert city.volunteer().sees(hole)["suspension"]["words"] == [plan]
    assert inside not in read()


def test_the_form_says_beside_each_text_who_reads_it(city):
    hole = signed_hole(city)
    asked = {
        (offer["step"], field["name"]): field.get("audience")
        for offer in city.department().sees(hole)["steps"]
        for field in offer["fields"]
    }
    assert asked["contact", "message"] == "told"
    assert asked["extend", "reason"] == asked["note", "note"] == "inside"
    assert asked["extend", "told"] == asked["suspend", "plan"] == "told_once"
    assert asked["extend", "by"] is None
    [withdraw] = [
        offer
        for offer in city.volunteer().sees(city.volunteer().reports())["steps"]
        if offer["step"] == "withdraw"
    ]
    assert "audience" not in withdraw["fields"][0]


def test_the_reporter_reads_one_line_for_each_promise_that_was_missed(city):
    hole = city.volunteer().reports()
    city.person("other", Grant("department_dispatcher", "JTJ"))
    city.clock.advance(days=30)
    rungs = [code for code in hole.timeline() if code in {"remind", "notify", "card", "supervise"}]
    assert len(rungs) > 8
    story = city.volunteer().sees(hole)["timeline"]
    late = [
        (line["code"], line["codes"])
        for line in story
        if line["code"] not in {"report", "dispatch"}
    ]
    assert sorted(codes["clock"] for _, codes in late) == ["arrive", "dispose", "sign"]
    assert {code for code, _ in late} == {"missed"}
    assert [line["seq"] for line in story] == sorted(line["seq"] for line in story)
    [signing] = [line for line in story if line["codes"].get("clock") == "sign"]
    assert signing["sentence"] == "“签收”超过了承诺的时间，已催办"


def test_what_was_kept_in_time_is_no_line_however_often_somebody_was_reminded(city):
    hole = signed_hole(city)
    city.department().takes("contact", hole, message="师傅明天去看")
    city.handler().arrives(hole)
    city.clock.walk_to("2026-11-27T17:30:00+08:00")  # due on the next Monday
    assert "remind" in hole.timeline()
    codes = [line["code"] for line in city.volunteer().sees(hole)["timeline"]]
    assert codes == ["report", "dispatch", "sign", "contact", "arrive"]


def test_a_step_that_the_phone_sends_twice_answers_without_words_of_others(city):
    hole = signed_hole(city)
    city.street().takes("note", hole, note="这个报事人又来了，先放两天")
    body = {"step": "withdraw", "client_id": str(uuid.uuid4()), "version": hole.version}
    for _ in range(2):
        answer = sends(city.volunteer(), "POST", f"/api/v1/alerts/{hole.id}/steps", json=body)
        assert "先放两天" not in answer.get_data(as_text=True)


def test_whoever_follows_another_alert_reads_what_happened_to_it_and_no_words(city, photo):
    walk = Walk(city, photo)
    master, twin = walk.reports(), walk.reports(by=city.person("neighbour"))
    walk.takes(city.street(), "merge", twin, into=master.seen["number"])
    walk.takes(city.department(), "sign", master)
    walk.takes(city.department(), "contact", master)
    walk.takes(city.street(), "note", master)
    followed = city.person("neighbour").sees(twin)["merged"]["story"]
    assert [line["code"] for line in followed] == ["sign", "contact"]
    assert "写在" not in faces_of(city.person("neighbour"), twin)


def test_no_report_and_no_list_carries_words_for_anybody(city, photo):
    walk = walked(city, photo)
    city.clock.advance(days=30)
    for name in STAFF:
        for path in (
            "reports/overdue?format=csv",
            "reports/paused",
            "reports/volumes",
            "board",
            "tasks",
        ):
            said = sends(city.person(name), "GET", f"/api/v1/{path}").get_data(as_text=True)
            assert "写在" not in said, (name, path)
    assert walk.alerts
