"""Every address that can be read answers what is declared for it: no key more, and none less."""

import re

import pytest
from answers import check_answer
from city import CAST
from moving import BUSY, MONDAY_TEN

from dispatch.installation.keep_playbook import keep_playbook
from dispatch.installation.publish_playbook import Publication, publish_playbook
from dispatch.rules.book.loading import read_folder
from dispatch.shapes.routes import ROUTES

pytestmark = pytest.mark.both_databases

ONCE = """also:
  - id: one-hole-once
    label: {zh: 同一个坑不派两次, en: One hole is dispatched once}
    when: {category: E0113}
    merge: propose
"""
COLLAPSE = {"text": "路面塌了一个大洞，车过不去", "answers": {}}
PLAN = {"until": "2026-12-20", "plan": "十二月十八日到货", "reason": BUSY}
WRONG = {"reason": "不归我管", "proposed": "SWJ", "clause": "三定方案", "finding": "水管"}
READ = [route for route in ROUTES if route.method == "GET"]


@pytest.fixture
def city(city):
    """With a rule that proposes merges, on a Monday at ten."""
    files = read_folder(city.store.settings.playbook)
    files["rules.yaml"] = files["rules.yaml"].replace(b"also:\n", ONCE.encode(), 1)
    publish_playbook(city.store, Publication(keep_playbook(city.store, files, "", None)))
    city.clock.reads(MONDAY_TEN)
    return city


@pytest.fixture
def alerts(city, photo):
    """Asked to be extended, proposed for a merge, merged, helped, put off, returned, closed."""
    volunteer, department, street = city.volunteer(), city.department(), city.street()
    asked, proposed, merged = (volunteer.reports() for _ in range(3))
    department.signs(asked, to=city.handler())
    department.takes("contact", asked, message="已联系")
    department.takes("extend", asked, by=2, reason=BUSY)
    street.takes("merge", merged, into=asked.seen["number"])
    city.handler().arrives(asked)
    helped = volunteer.reports("E0505", **COLLAPSE)
    put_off, returned, closed = (volunteer.reports("E0505", **COLLAPSE) for _ in range(3))
    department.signs(put_off)
    department.takes("suspend", put_off, **PLAN)
    city.district().takes("grant_suspension", put_off)
    department.signs(returned)
    city.sends_first_response(returned)
    department.takes("return", returned, **WRONG)
    walk_through(city, closed, photo)
    city.clock.advance(hours=30)
    return asked, proposed, merged, helped, put_off, returned, closed


def walk_through(city, alert, photo):
    city.department().signs(alert, to=city.handler())
    city.handler().arrives(alert)
    city.handler().submits_with(alert, photo)
    for each in alert.now["helping"]:
        let_go = city.district() if each["mode"] == "first" else city.street()
        let_go.takes("release_support", alert, unit=each["unit"], reason="用不着了")
    city.department().confirms(alert)
    city.grid_worker().takes("verify_ok", alert, grade="good")
    city.volunteer().rates(alert)


def addresses(route, city, alerts):
    """The address of a route for everything that it can name."""
    names = {
        "{id}": [alert.id for alert in alerts] + [alerts[0].seen["number"]],
        "{name}": ["overdue", "paused", "volumes", "on-time"],
        "{kind}": ["csv", "xlsx"],
        "{tongue}": ["zh", "en"],
        "{sha256}": [each["sha256"] for each in alerts[-1].now["photos"]],
    }
    found = [route.path]
    for hole in re.findall(r"{\w+}", route.path):
        found = [path.replace(hole, name) for path in found for name in names[hole]]
    cursor = city.supervisor().asks("GET", "board")["cursor"]
    after = f"?after={cursor.rpartition('.')[0]}.1"
    return [path + (after if path == "board/changes" else "") for path in found]


def test_every_address_answers_what_is_declared(city, alerts):
    answered = {}
    for route in READ:
        for path in addresses(route, city, alerts):
            for name in CAST:
                answer = ask(city.person(name), path)
                check_answer(answer)
                answered.setdefault(route.path, set()).add(answer.status_code)
    silent = [path for path, statuses in answered.items() if 200 not in statuses]
    assert len(answered) == len(READ)
    assert not silent, f"nobody was answered at {silent}"


def ask(person, path):
    where = path if path.startswith("/") else f"/api/v1/{path}"
    return person.http.get(where, headers={"Authorization": f"Bearer {person.token}"})


def test_the_alerts_of_this_city_show_every_part_of_a_page(city, alerts):
    asked, proposed, merged, helped, put_off, _, closed = alerts
    assert asked.now["requests"][0]["kind"] == "extend"
    assert asked.now["followers"]
    assert asked.now["decision"]["considered"]
    assert proposed.now["same_problem"]
    assert merged.now["merged"]["story"]
    assert helped.now["helping"]
    assert put_off.now["suspension"]
    assert closed.now["photos"][0]["url"]
    assert closed.now["answers"] == []
    assert asked.now["answers"]
    assert city.street().sees(proposed)["steps"]
    assert city.handler().sees(asked)["ahead"]
    told = city.supervisor().asks("GET", "board/changes?after=" + behind(city))["changes"]
    assert {frozenset(each.keys() - {"cursor"}) for each in told} == {
        frozenset({"card"}),
        frozenset({"gone"}),
    }


def behind(city):
    epoch = city.supervisor().asks("GET", "board")["cursor"].rpartition(".")[0]
    return f"{epoch}.1"
