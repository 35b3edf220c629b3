"""The end of the last loaded year, walked over: nothing is invented, and life goes on."""

import hashlib
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from calendars import NOTICE_2027, SHANGHAI
from click.testing import CliRunner
from sqlalchemy import select

from dispatch import clock
from dispatch.cli import main
from dispatch.installation.verify_store import verify_store
from dispatch.rules.proving.checks import check_playbook
from dispatch.store.tables import LogEntry, Notice, Promise
from dispatch.sweep.reapply_promises import due_time_changes


def due(alert, clock):
    """When a promise is due on a wall in Futian; None: nobody can say."""
    at = alert.promise(clock)["due_at"]
    if at is None:
        return None
    return f"{datetime.fromisoformat(at).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.fixture
def ask(city):
    """What the server says of itself."""
    return lambda: city.app.test_client().get("/readyz").json


@pytest.fixture
def load_year(store, settings, monkeypatch, tmp_path):
    """As an operator does, with the notice in a file, beside the running server."""
    monkeypatch.setenv("DISPATCH_ENV", "test")
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DISPATCH_PUBLISH_HANDS", "1")
    monkeypatch.setenv("DISPATCH_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def load(year, notice):
        file = tmp_path / f"{year}.yaml"
        file.write_text(notice, encoding="utf-8")
        ran = CliRunner().invoke(main, ["promises", "load-year", str(year), str(file)])
        clock.use_offset(store.city_offset)  # the command looked at the row by its own connection
        return ran

    return load


def told(store, code):
    with store.read() as session:
        return list(
            session.scalars(
                select(LogEntry.codes).where(LogEntry.code == code).order_by(LogEntry.seq)
            )
        )


def dates(store):
    """Every open promise that has a due time."""
    with store.read() as session:
        rows = select(Promise.id, Promise.due_at).where(
            Promise.state == "running", Promise.due_at.is_not(None)
        )
        return dict(session.execute(rows).all())


def codes(playbook, today):
    return {fault.code for fault in check_playbook(playbook, today)}


def nothing_differs(store):
    return [each for check in verify_store(store) for each in check.differences] == []


def test_45_days_before_the_end_everybody_is_warned_and_not_a_day_earlier(city, store, ask):
    city.clock.reads("2026-11-15T12:00:00+08:00")
    city.clock.walk_to("2026-11-16T12:00:00+08:00")
    playbook = store.playbook_at(None, 1)
    assert ask()["warnings"] == []
    assert told(store, "horizon") == []
    assert "calendar_ends" not in {
        fault.code for fault in check_playbook(playbook, date(2026, 11, 16))
    }

    city.clock.walk_to("2026-11-17T12:00:00+08:00")
    assert [each["code"] for each in ask()["warnings"]] == ["calendar_ends"]
    assert ask()["ready"]
    assert ask()["calendar_days"] == 44
    assert "calendar_ends" in codes(playbook, date(2026, 11, 17))
    city.clock.walk_to("2026-11-20T12:00:00+08:00")
    assert told(store, "horizon") == [{"calendar": "shenzhen", "last": "2026-12-31"}]


@pytest.mark.both_databases
@pytest.mark.long
def test_over_the_end_of_the_year_and_on_again(city, store, photo, ask, load_year):
    """Clocks of every unit stand open while the last loaded year ends."""
    open_ones = before_the_end(city, photo)
    nothing_is_invented(open_ones, store)
    into_the_new_year(city, open_ones, photo)
    warned = {each["code"] for each in ask()["warnings"]}
    assert {"calendar_ends", "promises_undated"} <= warned
    assert nothing_differs(store)

    dated = dates(store)
    loaded = load_year(2027, NOTICE_2027)
    assert loaded.exit_code == 0, loaded.output
    store.forget_playbook()
    assert dated.items() <= dates(store).items()  # nothing that had a due time moves
    assert due_time_changes(store) == []
    as_on_paper(open_ones)
    assert "promises_undated" not in {each["code"] for each in ask()["warnings"]}
    assert nothing_differs(store)

    life_goes_on(city, open_ones, photo)
    assert nothing_differs(store)
    and_the_next_year_ends(city, store)
    assert load_year(2029, NOTICE_2027.replace("2027", "2029")).exit_code == 1
    assert nothing_differs(store)


def before_the_end(city, photo):
    city.clock.reads("2026-12-21T10:00:00+08:00")
    late, kerb, done = (city.volunteer().reports() for _ in range(3))
    for each in (late, kerb, done):
        city.department().signs(each, city.handler())
        city.handler().arrives(each)
    city.handler().submits_with(done, photo)
    city.department().confirms(done)
    city.clock.walk_to("2026-12-30T16:00:00+08:00")
    city.grid_worker().verifies(done)
    gone_wrong = [hashlib.sha256(photo).hexdigest()]
    city.handler().submits_with(kerb, photo)
    city.department().confirms(kerb)
    city.grid_worker().takes("verify_fail", kerb, reason="又松了", photos=gone_wrong)
    hole = city.volunteer().reports()
    lamp = city.volunteer().reports("P0186", answers={})
    city.clock.walk_to("2026-12-31T23:30:00+08:00")
    cover = city.volunteer().reports("P0101", answers={"urgency": "danger"})
    return SimpleNamespace(late=late, kerb=kerb, done=done, hole=hole, lamp=lamp, cover=cover)


def nothing_is_invented(them, store):
    """What the calendar reaches is dated; days and hours need none; the rest waits, and says so."""
    assert due(them.late, "dispose") == "2026-12-28 18:00"
    assert due(them.hole, "sign") == "2026-12-31 18:00"
    assert due(them.lamp, "sign") == "2026-12-31 11:00"
    assert due(them.done, "rate") == "2027-01-06 16:00"
    assert due(them.cover, "dispose") == "2027-01-01 01:30"
    undated = [(them.hole, "arrive"), (them.hole, "dispose"), (them.lamp, "dispose")]
    assert [due(*each) for each in undated] == [None] * 3
    assert {alert.promise(clock)["flag"] for alert, clock in undated} == {"calendar_ends"}
    assert {"clock": "dispose", "calendar": "shenzhen"} in told(store, "calendar_ends")
    with store.read() as session:
        desks = select(Notice.to_ref).where(
            Notice.code == "calendar_ends", Notice.alert_id == them.hole.id
        )
        assert list(session.scalars(desks)) == ["district"]


def into_the_new_year(city, them, photo):
    """Without a calendar every step can be taken, and still nobody invents anything."""
    city.clock.walk_to("2027-01-04T10:00:00+08:00")
    assert them.cover.now["card"] == "red"
    them.new = city.volunteer().reports()
    assert them.new.status == "dispatched"
    assert [due(them.new, clock) for clock in ("sign", "arrive", "dispose")] == [None] * 3
    city.department().signs(them.hole, city.handler())
    said = {"reason": "不归我们", "proposed": "SWJ", "clause": "第3条", "finding": "在绿化带内"}
    city.department().takes("return", them.hole, **said)
    city.handler().arrives(them.kerb)
    city.handler().submits_with(them.kerb, photo)
    city.department().confirms(them.kerb)
    city.clock.walk_to("2027-01-04T11:00:00+08:00")
    city.district().takes("rule", them.hole, verdict="rejected", reason="应由你单位办理")
    seen = [hashlib.sha256(photo).hexdigest()]
    city.grid_worker().takes("verify_fail", them.kerb, reason="还是松的", photos=seen)
    city.street().takes("reassign", them.lamp, lead="JTJ", reason="道路照明")
    city.street().takes("urge", them.new)
    assert city.supervisor().asks("GET", "reports/overdue")["rows"]
    undated = [(them.hole, "dispose"), (them.kerb, "dispose"), (them.lamp, "sign")]
    assert [due(*each) for each in undated] == [None] * 3


def as_on_paper(them):
    assert due(them.hole, "sign") == "2027-01-05 18:00"
    # Five work days from 30 December: 31, 4, 5, 6, 7; and the hour in which it was returned.
    assert due(them.hole, "dispose") == "2027-01-08 10:00"
    # Five from 4 January: 5, 6, 7, 8, and Sunday the 10th, which is worked.
    assert due(them.new, "dispose") == due(them.kerb, "dispose") == "2027-01-10 18:00"


def life_goes_on(city, them, photo):
    """What is late is late, nobody rated in seven days, and rework goes by the new calendar."""
    city.clock.walk_to("2027-01-11T09:30:00+08:00")
    assert them.done.status == "closed"
    assert "card" in them.new.timeline()
    assert due(city.volunteer().reports(), "dispose") == "2027-01-18 18:00"
    city.handler().submits_with(them.late, photo)
    city.department().confirms(them.late)
    city.clock.walk_to("2027-01-11T10:05:00+08:00")
    seen = [hashlib.sha256(photo).hexdigest()]
    city.grid_worker().takes("verify_fail", them.late, reason="没有压实", photos=seen)
    # Promised were 41 office hours; a quarter is left, because all of them are overdrawn.
    assert due(them.late, "dispose") == "2027-01-12 15:20"


def and_the_next_year_ends(city, store):
    city.clock.jump(days=310)
    city.clock.walk_to("2027-11-18T12:00:00+08:00")
    assert told(store, "horizon")[-1] == {"calendar": "shenzhen", "last": "2027-12-31"}
    city.clock.walk_to("2027-12-31T17:00:00+08:00")
    last = city.volunteer().reports()
    city.clock.walk_to("2028-01-05T10:00:00+08:00")
    assert [due(last, clock) for clock in ("sign", "arrive", "dispose")] == [None] * 3
    assert last.status == "dispatched"
