"""Whoever asks for what is not theirs stands in the audit trail, once a route and hour."""

from datetime import timedelta

import pytest
from city import RefusedByCity, refused
from sqlalchemy import select

from dispatch import clock
from dispatch.blueprints import refused_access
from dispatch.domain.roles import Grant
from dispatch.errors import PROBLEMS
from dispatch.store.audit import ACCESS_REFUSED
from dispatch.store.marks import is_about, to_the_day
from dispatch.store.tables import AuditEntry
from dispatch.translations import catalogue

pytestmark = pytest.mark.both_databases
STEPS = "POST /api/v1/alerts/<alert_id>/steps"
# Refusals of 403 that are none of access: of commands, of plain http, of a page that grew old, and
# what is told before anybody has the rights of their roles.
ELSEWHERE = {"csrf_missing", "https_required", "second_factor_needed", "acting_as_whom"}
ELSEWHERE |= {"of_system_admin", "of_security_admin", "of_auditor"}


@pytest.fixture
def wall(monkeypatch):
    """Half past the hour, until the test moves it."""
    at = [clock.wall().replace(minute=30)]
    monkeypatch.setattr(clock, "wall", lambda: at[0])

    def move(**by):
        at[0] += timedelta(**by)

    return move


def told(store):
    with store.read() as session:
        rows = select(AuditEntry).where(AuditEntry.code == ACCESS_REFUSED)
        return session.scalars(rows.order_by(AuditEntry.seq)).all()


def looks(person, path):
    shown = {"Authorization": f"Bearer {person.token}"}
    return person.http.get(path, headers=shown)


def test_a_step_that_is_somebody_elses_is_told_with_who_wanted_it(city, store):
    alert = city.volunteer().reports()
    with refused("forbidden_step"):
        city.supervisor().takes("sign", alert)
    [row] = told(store)
    assert (row.actor, row.address) == (city.supervisor().id, "127.0.0.1")
    assert row.codes == {"refused": "forbidden_step", "route": STEPS, "step": "sign"}


def test_pages_and_files_that_are_not_theirs_are_told(city, store):
    for path in ("/audit", "/api/v1/audit.csv", "/reports/overdue", "/api/v1/reports/overdue.csv"):
        assert looks(city.handler(), path).status_code == 403, path
    assert [row.codes["route"] for row in told(store)] == [
        "GET /audit",
        "GET /api/v1/audit.csv",
        "GET /reports/overdue",
        "GET /api/v1/reports/<name>.<any(csv, xlsx):kind>",
    ]
    assert {row.actor for row in told(store)} == {city.handler().id}


def test_a_flood_of_them_is_one_row_an_hour_for_each_person_and_route(city, store, wall):
    for _ in range(30):
        looks(city.handler(), "/audit")
        looks(city.street(), "/audit")
    looks(city.handler(), "/api/v1/audit.csv")
    assert len(told(store)) == 3
    wall(minutes=29)
    looks(city.handler(), "/audit")
    assert len(told(store)) == 3
    wall(minutes=1)
    looks(city.handler(), "/audit")
    assert len(told(store)) == 4


def test_of_a_volunteer_it_tells_the_day_and_names_nobody(city, store):
    alert = city.volunteer().reports()
    with refused("forbidden_step"):
        city.volunteer().takes("sign", alert)
    [row] = told(store)
    assert (row.actor, row.person, row.address, row.alert_id) == (None, None, None, None)
    assert row.at == to_the_day(row.at)
    assert is_about(store.seal, row.mark, city.volunteer().id)


def test_that_somebody_may_not_verify_their_own_report_tells_nobody_who_reported(
    city, store, photo
):
    """A grid worker who reports is told as a volunteer; the trail must not know better."""
    pothole = city.grid_worker().reports()
    if pothole.seen["lead"] is None:
        city.street().accepts(pothole)
    city.department().signs(pothole, to=city.handler())
    city.handler().arrives(pothole)
    city.handler().submits_with(pothole, photo)
    city.department().confirms(pothole)
    with refused("own_report"):
        city.grid_worker().verifies(pothole)
    assert told(store) == []
    with refused("forbidden_step"):
        city.grid_worker().takes("sign", pothole)
    [row] = told(store)
    assert (row.actor, row.alert_id) == (city.grid_worker().id, None)
    assert pothole.id not in str(vars(row))


def test_a_step_on_an_alert_that_one_does_not_see_is_told(city, store):
    alert = city.volunteer().reports()
    stranger = city.person("elsewhere", Grant("street_dispatcher", "street-shatou"))
    with refused("not_found"):
        stranger.takes("note", alert, note="看看")
    [row] = told(store)
    assert (row.actor, row.codes["refused"]) == (stranger.id, "not_found")


def test_whoever_tries_one_alert_after_the_other_is_told_and_a_single_slip_is_not(city, store):
    handler = city.handler()
    for number in range(19):
        looks(handler, f"/api/v1/alerts/1123-{number:05}-0")
    assert told(store) == []
    looks(handler, "/api/v1/alerts/1123-00099-0")
    looks(handler, "/api/v1/alerts/1123-00100-0")
    [row] = told(store)
    assert (row.actor, row.codes["refused"], row.codes["times"]) == (handler.id, "not_found", 20)


def test_what_a_console_asks_by_itself_makes_no_row(city, store):
    """The board of somebody who lost the role while the console was open."""
    admin = city.person("admin")
    for path in ("board", "board/changes?after=x"):
        with refused("forbidden"):
            admin.asks("GET", path)
    assert told(store) == []


def test_the_answer_stands_where_the_note_cannot_be_written(city, store, monkeypatch):
    def is_busy(*_: object):
        raise refused_access.Refused("busy")

    monkeypatch.setattr(refused_access, "note_refusal", is_busy)
    alert = city.volunteer().reports()
    with refused("forbidden_step"):
        city.supervisor().takes("sign", alert)


def test_whoever_is_not_signed_in_makes_no_row(city, store):
    for path in ("/audit", "/api/v1/board", "/metrics"):
        city.stranger().http.get(path)
    with pytest.raises(RefusedByCity):
        city.stranger().asks("GET", "alerts")
    assert told(store) == []


def test_an_auditor_reads_it_in_words(city):
    alert = city.volunteer().reports()
    with refused("forbidden_step"):
        city.supervisor().takes("sign", alert)
    page = looks(city.auditor(), "/audit?code=access_refused").text.partition("</form>")[2]
    for said in ("越权访问被拒绝", "不该由本人办理", "签收", "POST /api/v1/alerts"):
        assert said in page


def test_every_refusal_of_access_has_words_for_the_auditor():
    noted = {code for code, problem in PROBLEMS.items() if problem.status == 403}
    wanted = (noted - ELSEWHERE - {"own_report"}) | {"admins_apart", "not_found"}
    for language in ("zh_Hans_CN", "en"):
        begins = "pages.audit.refused."
        words = {key for key in catalogue(language) if key.startswith(begins)}
        assert words == {begins + code for code in wanted}
