"""What a request costs the database, counted: it shall not grow with what the city holds."""

import hashlib

import pytest
from counted import counted
from hostile import REPORT, puts, sends, steps

from dispatch.domain.roles import Grant

pytestmark = pytest.mark.both_databases


def most(city):
    """What a report may cost: PostgreSQL is asked for the log's lock besides."""
    return 15 if city.store.is_sqlite else 16


def test_a_report_with_photos_costs_few_statements(city):
    digests = [hashlib.sha256(bytes([n])).hexdigest() for n in range(3)]
    puts(city.volunteer(), REPORT)  # what is asked once a process is asked by now
    with counted() as said:
        assert puts(city.volunteer(), REPORT | {"photos": digests}).status_code == 201
    assert len(said) <= most(city), "\n".join(said)


def test_a_report_that_calls_supports_in_costs_no_more(city):
    body = REPORT | {"category": "E0505", "answers": {}}
    puts(city.volunteer(), body)
    with counted() as said:
        digests = [hashlib.sha256(bytes([n])).hexdigest() for n in range(3)]
        answer = puts(city.volunteer(), body | {"photos": digests})
    assert answer.status_code == 201
    assert len(said) <= most(city), "\n".join(said)
    assert city.supervisor().asks("GET", f"alerts/{answer.json['id']}")["helping"]


def test_a_page_of_a_hundred_costs_at_most_ten_whatever_it_holds(city):
    for number in range(100):
        category = ("E0113", "P0201", "N0201")[number % 3]
        answers = {"urgency": "disrupts"} if category == "E0113" else {}
        body = REPORT | {"category": category, "answers": answers}
        assert puts(city.volunteer(), body).status_code in {200, 201, 422}
    for alert in sends(city.supervisor(), "GET", "/api/v1/alerts?limit=20").json["alerts"]:
        lead = city.person(
            f"desk of {alert['lead']}", Grant("department_dispatcher", alert["lead"])
        )
        step = {"step": "sign", "client_id": alert["id"], "version": 1}
        assert steps(lead, alert["id"], step).status_code == 201
    for name in ("supervisor", "department", "volunteer", "street", "handler"):
        person = city.person(name)
        sends(person, "GET", "/api/v1/alerts?limit=1")
        with counted() as said:
            answer = sends(person, "GET", "/api/v1/alerts?limit=100")
        assert answer.status_code == 200
        assert len(said) <= 10, (name, len(answer.json["alerts"]), "\n".join(said))
    assert len(sends(city.supervisor(), "GET", "/api/v1/alerts?limit=100").json["alerts"]) >= 60


def test_one_alert_costs_no_more_after_a_long_life(city):
    alert = city.volunteer().reports()
    city.department().sees(alert)
    with counted() as young:
        city.department().sees(alert)
    city.department().signs(alert, to=city.handler())
    city.handler().arrives(alert)
    for number in range(30):
        city.department().takes("note", alert, note=f"第 {number} 次联系")
    with counted() as old:
        city.department().sees(alert)
    assert len(young) <= 15, "\n".join(young)
    assert len(old) <= len(young) + 2, "\n".join(old)
    with counted() as said:
        city.handler().submits(alert, photos=[hashlib.sha256(b"x").hexdigest()])
    assert len(said) <= 40, "\n".join(said)
