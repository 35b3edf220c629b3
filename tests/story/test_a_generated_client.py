"""A client that a public generator writes from the document reports an alert and signs it."""

import sys
import uuid
from importlib import import_module

import pytest
import server as servers
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

pytestmark = pytest.mark.long

PACKAGE = "somebody_elses_client"
# What the generator does not know as a file.
FILES = (
    "*/*",
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/heic",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


@pytest.fixture
def server(city, settings):
    """The people of the city at a real server; its clock runs."""
    city.volunteer(), city.department()
    with servers.running(settings.data_dir, database_url=settings.database_url) as running:
        yield running


@pytest.fixture
def client(server, tmp_path, monkeypatch):
    """The generated package, from the document as the server has it."""
    hints = ConfigFile(
        post_hooks=[], content_type_overrides=dict.fromkeys(FILES, "application/octet-stream")
    )
    config = Config.from_sources(
        hints,
        MetaType.NONE,
        document_source=f"{server.address}/api/v1/openapi.json",
        file_encoding="utf-8",
        overwrite=False,
        output_path=tmp_path / PACKAGE,
    )
    complaints = generate(config=config)
    assert not complaints, complaints
    monkeypatch.syspath_prepend(tmp_path)
    yield Client(server.address)
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


class Client:
    """The generated functions and models by their names, for one server."""

    def __init__(self, address):
        self.address = address
        self.models = import_module(f"{PACKAGE}.models")

    def asks(self, operation, person, alert_id, **options):
        called = import_module(f"{PACKAGE}.api.alerts.{operation}")
        client = import_module(f"{PACKAGE}.client")
        with client.AuthenticatedClient(self.address, person.token) as signed_in:
            return called.sync(alert_id, client=signed_in, **options)


def test_it_reports_an_alert_and_signs_it(city, client):
    alert_id, models = str(uuid.uuid4()), client.models
    hole = models.ReportBody(
        category="E0113",
        text="路面塌了一个坑，有半米宽",
        position=models.SentPosition(lon=114.0579, lat=22.5431),
        answers=models.ReportBodyAnswers.from_dict({"urgency": "disrupts"}),
    )
    receipt = client.asks("report_alert", city.volunteer(), alert_id, body=hole)
    assert (receipt.id, receipt.status.value, receipt.lead.id) == (alert_id, "dispatched", "JTJ")
    page = client.asks("read_alert", city.department(), alert_id)
    assert "sign" in [offer.step.value for offer in page.steps]
    signature = models.SignStep(step="sign", client_id=str(uuid.uuid4()), version=page.version)
    taken = client.asks("take_step", city.department(), alert_id, body=signature)
    assert (taken.status.value, taken.version) == ("signed", page.version + 1)
    late = models.SignStep(step="sign", client_id=str(uuid.uuid4()), version=page.version)
    refused = client.asks("take_step", city.department(), alert_id, body=late)
    assert (refused.status, refused.code.value) == (409, "version_conflict")
    assert client.asks("read_alert", city.volunteer(), alert_id).status.value == "signed"
