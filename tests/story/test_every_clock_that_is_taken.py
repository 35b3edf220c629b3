"""What becomes of each clock that a step takes from somebody, before and after its due time."""

from collections import defaultdict

import endings
import pytest
from city import refused
from moving import differences
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Promise

# A hole in the road: signed by Tuesday 18:00, on site by Wednesday 18:00, the reporter contacted 24
# hours after signing, disposed by Monday the 30th at 18:00. A collapsed road: signed by 10:10, on
# site by 10:30, disposed by 12:00, by the lead and by the police; the street of the place (`here`)
# is called for the first response by limits of its own; a ruling by 16:00.
MONDAY_TEN = "2026-11-23T10:00:00+08:00"
WHEN = {
    "mon-10:05": "2026-11-23T10:05:00+08:00",
    "mon-10:20": "2026-11-23T10:20:00+08:00",
    "mon-11:00": "2026-11-23T11:00:00+08:00",
    "mon-11:40": "2026-11-23T11:40:00+08:00",
    "mon-13:00": "2026-11-23T13:00:00+08:00",
    "tue-12:00": "2026-11-24T12:00:00+08:00",
    "tue-19:00": "2026-11-24T19:00:00+08:00",
    "next-tue": "2026-12-01T10:00:00+08:00",
}

RETURN = {"reason": "属排水设施", "proposed": "SWJ", "clause": "职责清单第 7 条"}
FOUND = {"finding": "现场是排水井"}
PLAN = {"until": "2026-12-20", "plan": "等管材到货后施工", "reason": "等管材"}


def reports(city):
    return city.volunteer().reports()


def reports_collapse(city):
    return city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})


def reports_first(city):
    """With somebody of the street there: before, nobody returns what endangers lives."""
    collapse = reports_collapse(city)
    city.sends_first_response(collapse)
    return collapse


def collapse_signed(city):
    collapse = reports_collapse(city)
    city.department().signs(collapse, to=city.handler())
    return collapse


def police_signed(city):
    collapse = collapse_signed(city)
    police = city.person("police", Grant("department_dispatcher", "JJDD"))
    police.takes("support_sign", collapse)
    return collapse


def reports_unsure(city):
    return city.volunteer().reports("unsure", text="路上一堆石子", answers={})


def signed(city):
    hole = reports(city)
    city.department().signs(hole, to=city.handler())
    return hole


def on_site(city):
    hole = signed(city)
    city.handler().arrives(hole)
    return hole


def returned(city):
    hole = reports(city)
    city.department().takes("return", hole, **RETURN)
    return hole


def collapse_returned(city):
    collapse = reports_first(city)
    city.department().takes("return", collapse, **RETURN)
    return collapse


def suspended(city):
    hole = signed(city)
    city.department().takes("suspend", hole, **PLAN)
    city.district().takes("grant_suspension", hole)
    return hole


def asked_for_more(city):
    hole = signed(city)
    city.department().takes("extend", hole, by=2, reason="等管材")
    return hole


def verifying(city):
    hole = on_site(city)
    city.handler().submits(hole, photos=["0" * 64])
    city.department().confirms(hole)
    return hole


def resolved(city):
    hole = verifying(city)
    city.grid_worker().verifies(hole)
    return hole


def reassign(city, alert):
    city.street().takes("reassign", alert, lead="ZJJ", reason="属住建职责")


def correct(city, alert):
    """Spilt stones, which CGJ clears by a shorter limit."""
    city.street().takes("correct", alert, category="E0114", reason="是遗撒，路面没坏")


def send_back(city, alert):
    city.department().takes("return", alert, **RETURN, **FOUND)


def uphold(city, alert):
    city.district().takes("rule", alert, verdict="upheld", lead=RETURN["proposed"], reason="属排水")


def reject(city, alert):
    city.district().takes("rule", alert, verdict="rejected", reason="仍属道路")


def join(city, alert):
    city.district().takes("rule", alert, verdict="joint", lead=RETURN["proposed"], reason="一起办")


def release(city, alert):
    city.street().takes("release_support", alert, unit="JJDD", reason="不用来了")


# What happened by Monday ten, the step, when it is taken, and what became of the clocks to sign, to
# contact, to arrive and to dispose of the lead (JTJ); then of the date that the reporter was told
# (`overall`), and of whoever else owed something, in the same order, or by the clock's name.
# m met · x missed · o ended, neither · r running · p paused · - never owed; or: ended, running
# anew. A step that is added and takes clocks away adds its rows.
TAKEN = """
reports            withdraw   mon-11:00  o/-/o/o      overall=o
reports            withdraw   tue-19:00  x/-/o/o      overall=o
reports            withdraw   next-tue   x/-/x/x      overall=x
reports            decline    mon-11:00  o/-/o/o      overall=o
reports            decline    tue-19:00  x/-/o/o      overall=o
reports            decline    next-tue   x/-/x/x      overall=x
reports            merge      mon-11:00  o/-/o/o      overall=o
reports            merge      tue-19:00  x/-/o/o      overall=o
reports            merge      next-tue   x/-/x/x      overall=x
reports            void       mon-11:00  o/-/o/o      overall=o
reports            void       tue-19:00  x/-/o/o      overall=o
reports            void       next-tue   x/-/x/x      overall=x
reports            reassign   mon-11:00  o/-/o/o      overall=r  ZJJ=r/-/r/r
reports            reassign   tue-19:00  x/-/o/o      overall=r  ZJJ=r/-/r/r
reports            reassign   next-tue   x/-/x/x      overall=r  ZJJ=r/-/r/r
reports            send_back  mon-11:00  o/-/o/p      overall=r  ruling=r
signed             merge      mon-11:00  m/o/o/o      overall=o
signed             merge      tue-12:00  m/x/o/o      overall=o
signed             merge      next-tue   m/x/x/x      overall=x
signed             void       mon-11:00  m/o/o/o      overall=o
signed             void       tue-12:00  m/x/o/o      overall=o
signed             void       next-tue   m/x/x/x      overall=x
signed             reassign   mon-11:00  m/o/o/o      overall=r  ZJJ=r/-/r/r
signed             reassign   tue-12:00  m/x/o/o      overall=r  ZJJ=r/-/r/r
signed             reassign   next-tue   m/x/x/x      overall=r  ZJJ=r/-/r/r
signed             send_back  mon-11:00  m/o/o/p      overall=r  ruling=r
signed             send_back  tue-12:00  m/x/o/p      overall=r  ruling=r
reports            correct    mon-11:00  o/-/o/o      overall=or  CGJ=r/-/r/r
reports            correct    next-tue   x/-/x/x      overall=r  CGJ=r/-/r/r
signed             correct    mon-11:00  m/o/o/o      overall=or  CGJ=r/-/r/r
signed             correct    next-tue   m/x/x/x      overall=r  CGJ=r/-/r/r
on_site            void       mon-11:00  m/o/m/o      overall=o
on_site            void       next-tue   m/o/m/x      overall=x
on_site            reassign   mon-11:00  m/o/m/o      overall=r  ZJJ=r/-/r/r
on_site            reassign   next-tue   m/o/m/x      overall=r  ZJJ=r/-/r/r
returned           uphold     mon-11:00  o/-/o/o      overall=r  SWJ=r/-/r/r  ruling=m
returned           uphold     next-tue   o/-/o/o      overall=r  SWJ=r/-/r/r  ruling=x
returned           reject     mon-11:00  or/-/or/r    overall=r  ruling=m
returned           reject     next-tue   or/-/or/r    overall=r  ruling=x
returned           join       mon-11:00  or/-/or/r    overall=r  SWJ=r/-/r/r  ruling=m
returned           join       next-tue   or/-/or/r    overall=r  SWJ=r/-/r/r  ruling=x
returned           void       mon-11:00  o/-/o/o      overall=o  ruling=o
returned           void       next-tue   o/-/o/o      overall=x  ruling=x
suspended          void       mon-11:00  m/o/o/o      overall=o
suspended          void       next-tue   m/o/o/o      overall=o
asked_for_more     reassign   next-tue   m/x/x/o      overall=r  ZJJ=r/-/r/r
asked_for_more     void       next-tue   m/x/x/o      overall=o
reports_unsure     withdraw   mon-10:05  -            accept=o
reports_unsure     withdraw   mon-11:00  -            accept=x
reports_unsure     decline    mon-10:05  -            accept=m
reports_unsure     decline    mon-11:00  -            accept=x
reports_unsure     merge      mon-10:05  -            accept=o
reports_unsure     merge      mon-11:00  -            accept=x
reports_unsure     void       mon-10:05  -            accept=o
reports_unsure     void       mon-11:00  -            accept=x
verifying          void       mon-11:00  m/o/m/m      overall=m  verify=o
verifying          void       next-tue   m/o/m/m      overall=m  verify=x
resolved           void       mon-11:00  m/o/m/m      overall=m  verify=m  rate=o
collapse_signed    release    mon-10:05  m/r/r/r      overall=r  JJDD=o/-/o/o  here=r/-/r/r
collapse_signed    release    mon-10:20  m/r/r/r      overall=r  JJDD=x/-/o/o  here=r/-/r/r
collapse_signed    release    mon-13:00  m/r/r/r      overall=r  JJDD=x/-/x/x  here=r/-/r/r
police_signed      release    mon-10:05  m/r/r/r      overall=r  JJDD=m/-/o/o  here=r/-/r/r
police_signed      release    mon-13:00  m/r/r/r      overall=r  JJDD=m/-/x/x  here=r/-/r/r
reports_collapse reassign mon-13:00 x/-/x/x overall=r ZJJ=r/-/r/r JJDD=r/-/r/r here=r/-/r/r
reports_collapse   void       mon-10:05  o/-/o/o      overall=o  JJDD=o/-/o/o  here=o/-/o/o
reports_collapse   void       mon-13:00  x/-/x/x      overall=x  JJDD=x/-/x/x  here=x/-/x/x
reports_first send_back mon-10:05 o/-/o/r overall=r ruling=r JJDD=r/-/r/r here=m/-/m/r
collapse_returned reject mon-10:20 or/-/or/r overall=r ruling=m JJDD=r/-/r/r here=m/-/m/r
collapse_returned reject mon-11:40 or/-/or/or overall=r ruling=m JJDD=r/-/r/r here=m/-/m/r
collapse_returned reject mon-13:00 or/-/or/xr overall=r ruling=m JJDD=r/-/r/r here=m/-/m/r
collapse_returned uphold mon-10:20 o/-/o/o overall=r ruling=m SWJ=r/-/r/r JJDD=r/-/r/r here=m/-/m/r
collapse_returned uphold mon-13:00 o/-/o/x overall=r ruling=m SWJ=r/-/r/r JJDD=r/-/r/r here=m/-/m/r
"""
IN_ORDER = ("sign", "contact", "arrive", "dispose")
LETTERS = {"met": "m", "missed": "x", "ended": "o", "running": "r", "paused": "p"}


@pytest.mark.parametrize(
    "line", TAKEN.strip().splitlines(), ids=lambda line: "-".join(line.split()[:3])
)
def test_what_a_step_takes_away_is_missed_after_its_due_time_and_neutral_before(city, line):
    before, step, when, lead, *others = line.split()
    city.clock.reads(MONDAY_TEN)
    city.person("neighbour", Grant("volunteer", "street-futian"))
    alert = globals()[before](city)
    city.clock.walk_to(WHEN[when])
    alert.seen = alert.now
    deed = vars(endings).get(step) or globals()[step]
    deed(city, alert)
    written = dict(each.split("=") for each in others) | ({"JTJ": lead} if lead != "-" else {})
    written = {{"here": "street-futian"}.get(whose, whose): it for whose, it in written.items()}
    assert outcomes(city, alert) == written
    assert differences(city) == []


def outcomes(city, alert):
    """What became of the clocks: by unit those that a lead or a support owes, else by clock."""
    with city.store.read() as session:
        mine = select(Promise).where(Promise.alert_id == alert.id)
        rows = session.scalars(mine.order_by(Promise.started_at, Promise.id)).all()
    found = defaultdict(lambda: dict.fromkeys(IN_ORDER, ""))
    for each in rows:
        whose = each.unit if each.clock in IN_ORDER else each.clock
        found[whose][each.clock] = found[whose].get(each.clock, "") + LETTERS[each.state]
    return {
        whose: "/".join(clocks[each] or "-" for each in IN_ORDER)
        if whose not in clocks
        else clocks[whose]
        for whose, clocks in found.items()
    }


@pytest.mark.parametrize(
    ("before", "when"),
    [(reports, "tue-19:00"), (reports, "next-tue"), (signed, "tue-19:00"), (signed, "next-tue")],
)
def test_what_is_late_cannot_be_returned_any_more(city, before, when):
    city.clock.reads(MONDAY_TEN)
    hole = before(city)
    city.clock.walk_to(WHEN[when])
    with refused("return_too_late"):
        send_back(city, hole)
    assert "return" not in city.department().may(hole)
